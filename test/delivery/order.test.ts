import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Posted } from '../../src/feature/sender.ts';
import type { Clock } from '../../src/clock.ts';
import { createPace } from '../../src/delivery/pace.ts';
import { deliverOne } from '../../src/delivery/deliver-one.ts';
import { claimDue } from '../../src/delivery/claim.ts';
import { randomIds } from '../../src/ids.ts';
import { accepted, createSink, gate, openBench, type Bench } from './bench.ts';
import { brief, noteKind, postNote, readDeliveries } from './posting.ts';
import { waitFor } from '../helpers/patient.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe('what goes before what', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(() => bench.close());
  const says = (name: string): void => void bench.notes.texts.set(name, `note ${name}.`);
  const sent = (): string[] => bench.sink.posts.map(({ text }) => /note ([^.]+)\./.exec(text)?.[1] ?? '?');

  it('an escalation overtakes a hundred digests that wait for the same person, and those taken in hand already', async () => {
    const first = gate<Posted>();
    bench.sink.answer = async ({ id }) => (id === 'm1' ? first.promise : accepted(id));
    for (let count = 0; count < 100; count += 1) {
      says(`digest ${count}`);
      await postNote(bench, `digest ${count}`, { priority: 'digest' });
    }
    const engine = bench.engine();
    await waitFor(() => expect(bench.sink.posts).toHaveLength(1));
    says('escalation');
    await postNote(bench, 'escalation', { priority: 'escalation' });
    await bench.clock.pause(500);
    first.open(accepted('m1'));
    await engine.idle();
    expect(sent()[1]).toBe('escalation');
    expect(sent()).toHaveLength(101);
  });

  it('an escalation waits for no slow platform: it is sent beside everything that is under way', async () => {
    const slow = gate<undefined>();
    const people = ['maya', 'jon', 'sara', 'dana', 'bea', 'otto', 'keisha', 'li', 'tom'];
    bench.sink.answer = async ({ id, text }) => {
      if (!text.includes('escalation')) await slow.promise;
      return accepted(id);
    };
    for (const person of people) {
      for (const name of ['a', 'b', 'c']) {
        says(`${name} for ${person}`);
        await postNote(bench, `${name} for ${person}`, { to: { person } });
      }
    }
    const engine = bench.engine();
    await waitFor(() => expect(bench.sink.posts).toHaveLength(8));
    says('escalation');
    await postNote(bench, 'escalation', { to: { person: 'anil' }, priority: 'escalation' });
    await waitFor(() => expect(sent()).toContain('escalation'));
    slow.open(undefined);
    await engine.idle();
    expect(sent()).toHaveLength(28);
  });

  it('one destination and subject keep their order, whatever the card and how urgent the first was', async () => {
    says('one');
    bench.sink.answer = async ({ id }) =>
      id === 'm1' ? { ok: false, code: 'service_unavailable', unknown: false } : accepted(id);
    const engine = bench.engine();
    await postNote(bench, 'one', { key: 'escalation', priority: 'escalation' });
    await engine.idle();
    bench.clock.advance(1);
    await postNote(bench, 'one', { key: 'its end', kind: 'notes.other' });
    await engine.idle();
    expect((await readDeliveries(bench.store, 'notes.other')).map(brief)).toEqual(['person:maya pending - 0 -']);
    bench.clock.advance(5_000);
    await engine.idle();
    expect((await readDeliveries(bench.store, 'notes.other')).map(brief)).toEqual(['person:maya sent slack 1 -']);
    expect((await readDeliveries(bench.store)).map(brief)).toEqual(['person:maya sent slack 2 -']);
  });

  it('what is less urgent never keeps an escalation of the same subject waiting', async () => {
    says('one');
    bench.sink.answer = async ({ id }) =>
      id === 'm1' ? { ok: false, code: 'service_unavailable', unknown: false } : accepted(id);
    const engine = bench.engine();
    await postNote(bench, 'one', { key: 'digest', priority: 'digest' });
    await engine.idle();
    bench.clock.advance(1);
    await postNote(bench, 'one', { key: 'escalation', priority: 'escalation' });
    await engine.idle();
    expect((await readDeliveries(bench.store)).map(brief)).toEqual([
      'person:maya pending slack 1 service_unavailable',
      'person:maya sent slack 1 -',
    ]);
  });

  it('a process that was paused for a minute between drawing and sending sends nothing', async () => {
    says('one');
    await postNote(bench, 'one');
    const { store, clock, notes } = bench;
    const [claimed] = await store.asWorker((db) =>
      claimDue(db, { now: clock.now(), holder: 'paused', batch: 1, avoid: [] }),
    );
    if (claimed === undefined) throw new Error('nothing was due');
    let paused = 0;
    const late: Clock = {
      ...clock,
      now: () => clock.now(),
      wallNow: () => new Date(clock.wallNow().getTime() + paused),
    };
    const logged: string[] = [];
    const log = { ...silent, warn: (event: string) => void logged.push(event) };
    const sink = createSink();
    const ended = await deliverOne(
      {
        ...{ store, clock: late, ids: randomIds, log, parkedCard: { kind: 'deliveries.parked', subject: 'open' } },
        senders: { slack: sink.sender },
        pace: {
          ...createPace({ slack: [], teams: [] }, () => late.wallNow()),
          reserve: () => {
            paused = 60_000;
            return 0;
          },
        },
        draw: async (_tx, _kind, subject) => notes.card(subject),
      },
      claimed,
    );
    expect([ended, sink.posts, logged]).toEqual(['lost', [], ['delivery.lease-lost']]);
    // Its lease ends by itself, and then it goes out by another.
    await store.asWorker(
      (db) => db.$executeRaw`update delivery set lease_until = clock_timestamp() - interval '1 second'`,
    );
    await bench.engine().idle();
    expect(sent()).toEqual(['one']);
    expect((await readDeliveries(store, noteKind)).map(brief)).toEqual(['person:maya sent slack 2 -']);
  });

  it('a card that takes a minute to draw is sent, and by nobody else meanwhile', async () => {
    says('one');
    await postNote(bench, 'one');
    const { store, clock, notes } = bench;
    const claims = await store.asWorker((db) =>
      claimDue(db, { now: clock.now(), holder: 'slow', batch: 1, avoid: [] }),
    );
    const [claimed] = claims;
    if (claimed === undefined) throw new Error('nothing was due');
    let drawing = 0;
    const slow: Clock = {
      ...clock,
      now: () => clock.now(),
      wallNow: () => new Date(clock.wallNow().getTime() + drawing),
    };
    // Its lease ends before it is drawn.
    const ending = () =>
      store.asWorker(
        (db) => db.$executeRaw`update delivery set lease_until = clock_timestamp() + interval '50 milliseconds'`,
      );
    await ending();
    const taken: unknown[] = [];
    const sink = createSink();
    const ended = await deliverOne(
      {
        ...{
          store,
          clock: slow,
          ids: randomIds,
          log: silent,
          parkedCard: { kind: 'deliveries.parked', subject: 'open' },
        },
        senders: { slack: sink.sender },
        pace: createPace({ slack: [], teams: [] }, () => slow.wallNow()),
        draw: async (tx, _kind, subject) => {
          drawing = 60_000;
          await tx.db.$queryRaw`select pg_sleep(0.1)`;
          taken.push(
            ...(await store.asWorker((db) => claimDue(db, { now: clock.now(), holder: 'other', batch: 1, avoid: [] }))),
          );
          return notes.card(subject);
        },
      },
      claimed,
    );
    expect([ended, taken, sink.posts.length]).toEqual(['sent', [], 1]);
    await bench.engine().idle();
    expect(sent()).toEqual([]);
  });

  it('a claim that is drawn at once is not written again before it is sent', async () => {
    says('one');
    await postNote(bench, 'one');
    const leases: unknown[] = [];
    const read = (): Promise<unknown> =>
      bench.store.asWorker(
        (db) => db.$queryRaw`select lease_until, xmin::text as version from delivery where state = 'sending'`,
      );
    const [claimed] = await bench.store.asWorker((db) =>
      claimDue(db, { now: bench.clock.now(), holder: 'quick', batch: 1, avoid: [] }),
    );
    if (claimed === undefined) throw new Error('nothing was due');
    leases.push(await read());
    const sink = createSink();
    sink.answer = async ({ id }) => {
      leases.push(await read());
      return accepted(id);
    };
    const { store, clock, notes } = bench;
    await deliverOne(
      {
        ...{ store, clock, ids: randomIds, log: silent, parkedCard: { kind: 'deliveries.parked', subject: 'open' } },
        senders: { slack: sink.sender },
        pace: createPace({ slack: [], teams: [] }, () => clock.wallNow()),
        draw: async (_tx, _kind, subject) => notes.card(subject),
      },
      claimed,
    );
    expect(leases).toHaveLength(2);
    expect(leases[1]).toEqual(leases[0]);
  });
});

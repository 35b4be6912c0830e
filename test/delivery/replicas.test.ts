import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimDue } from '../../src/delivery/claim.ts';
import type { Posted } from '../../src/feature/sender.ts';
import { accepted, createSink, gate, openBench, type Bench } from './bench.ts';
import { brief, postNote, readDeliveries } from './posting.ts';
import { waitFor } from '../helpers/patient.ts';

describe('several engines on one database', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(() => bench.close());

  const rows = async (): Promise<string[]> => (await readDeliveries(bench.store)).map(brief);
  const endLeases = (): Promise<number> =>
    bench.store.asWorker(
      (db) =>
        db.$executeRaw`update delivery set lease_until = clock_timestamp() - interval '1 second' where state = 'sending'`,
    );

  it('each post goes out once', async () => {
    const people = ['maya', 'jon', 'sara', 'dana', 'bea', 'otto'];
    for (let count = 0; count < 60; count += 1) {
      bench.notes.texts.set(`n${count}`, `note ${count}`);
      await postNote(bench, `n${count}`, { to: { person: people[count % people.length] ?? 'maya' } });
    }
    const engines = [bench.engine(), bench.engine(), bench.engine()];
    await Promise.all(engines.map((engine) => engine.idle()));
    await waitFor(async () => expect((await rows()).every((row) => row.includes(' sent '))).toBe(true));
    expect(bench.sink.posts).toHaveLength(60);
    expect(new Set(bench.sink.posts.map(({ key }) => key)).size).toBe(60);
  });

  it('a post wakes the engine by itself, through the database', async () => {
    const engine = bench.engine();
    await engine.idle();
    bench.notes.texts.set('one', 'words');
    await postNote(bench, 'one');
    await waitFor(() => expect(bench.sink.posts).toHaveLength(1));
  });

  it('a claim is planned for what waits now, not for what waited when its connection was new', async () => {
    const work = { now: bench.clock.now(), holder: 'somebody', batch: 50, avoid: [] };
    const plans = await bench.store.asWorker(async (db) => {
      for (let count = 0; count < 3; count += 1) await claimDue(db, work);
      return db.$queryRaw<{ kept: number; fresh: number }[]>`
        select sum(generic_plans)::int as kept, sum(custom_plans)::int as fresh from pg_prepared_statements
        where ltrim(statement, E' \n') like 'with waiting as%'`;
    });
    expect(plans).toEqual([{ kept: 0, fresh: 3 }]);
  });

  it('a paused engine that lost its lease writes nothing; the other one finishes', async () => {
    bench.notes.texts.set('one', 'words');
    const slow = gate<Posted>();
    const started = gate<undefined>();
    const paused = createSink();
    paused.answer = async () => {
      started.open(undefined);
      return slow.promise;
    };
    const first = bench.engine(paused);
    await first.idle();
    await postNote(bench, 'one');
    await started.promise;
    const second = bench.engine();
    // The paused engine's own loop may take the ended lease first; then that one ends too, until the other has it.
    await waitFor(async () => {
      await endLeases();
      await second.idle();
      expect(bench.sink.posts).toHaveLength(1);
    });
    const [after] = await readDeliveries(bench.store);
    expect(after).toMatchObject({ state: 'sent', messageId: 'm1' });
    slow.open(accepted('from the paused one'));
    await first.idle();
    expect(bench.logged).toContain('delivery.lease-lost');
    expect(await readDeliveries(bench.store)).toEqual([after]);
  });

  it('a lease that ended by a crash counts as unknown: sent again once with the same key, then parked', async () => {
    bench.notes.texts.set('one', 'words');
    const never = createSink();
    const late = gate<Posted>();
    never.answer = () => late.promise;
    const dead = bench.engine(never);
    await dead.idle();
    await postNote(bench, 'one');
    await waitFor(() => expect(never.posts).toHaveLength(1));
    // It looks for nothing more; what it has in hand stays in hand, as after a crash.
    const stopped = dead.stop();
    await endLeases();
    bench.sink.answer = async () => ({ ok: false, code: 'no_reply', unknown: true });
    const alive = bench.engine();
    await alive.idle();
    expect(bench.sink.posts.map(({ key }) => key)).toEqual(never.posts.map(({ key }) => key));
    expect(await rows()).toEqual(['person:maya parked slack 2 no_reply']);
    late.open(accepted('too late'));
    await stopped;
  });

  it('a message behind an open one of its line waits; another line does not', async () => {
    bench.notes.texts.set('one', 'words');
    bench.notes.texts.set('two', 'others');
    bench.sink.answer = async ({ id }) =>
      id === 'm1' ? { ok: false, code: 'service_unavailable', unknown: false } : accepted(id);
    const engine = bench.engine();
    await postNote(bench, 'one', { key: 'first' });
    await engine.idle();
    bench.clock.advance(1);
    await postNote(bench, 'one', { key: 'second' });
    await postNote(bench, 'two', { key: 'third' });
    await engine.idle();
    expect(await rows()).toEqual([
      'person:maya pending slack 1 service_unavailable',
      'person:maya pending - 0 -',
      'person:maya sent slack 1 -',
    ]);
    bench.clock.advance(5_000);
    await engine.idle();
    expect(await rows()).toEqual([
      'person:maya sent slack 2 -',
      'person:maya sent slack 1 -',
      'person:maya sent slack 1 -',
    ]);
  });

  it('a message planned for later holds nothing up', async () => {
    bench.notes.texts.set('one', 'words');
    const engine = bench.engine();
    await postNote(bench, 'one', { key: 'later', notBefore: new Date(bench.clock.now().getTime() + 60_000) });
    bench.clock.advance(1);
    await postNote(bench, 'one', { key: 'now' });
    await engine.idle();
    expect(await rows()).toEqual(['person:maya pending - 0 -', 'person:maya sent slack 1 -']);
  });

  it('an escalation goes before everything that waits', async () => {
    for (const name of ['digest', 'answer', 'escalation'] as const) {
      bench.notes.texts.set(name, name);
      await postNote(bench, name, { priority: name });
    }
    await bench.engine().idle();
    expect(bench.sink.posts.map(({ text }) => /digest|answer|escalation/.exec(text)?.[0])).toEqual([
      'escalation',
      'answer',
      'digest',
    ]);
  });

  it('stopping finishes what is under way and takes nothing more', async () => {
    bench.notes.texts.set('one', 'words');
    const reply = gate<Posted>();
    bench.sink.answer = () => reply.promise;
    const engine = bench.engine();
    await postNote(bench, 'one');
    await waitFor(() => expect(bench.sink.posts).toHaveLength(1));
    const stopped = engine.stop();
    bench.notes.texts.set('two', 'words');
    await postNote(bench, 'two');
    reply.open(accepted('m1'));
    await stopped;
    expect(await rows()).toEqual(['person:maya sent slack 1 -', 'person:maya pending - 0 -']);
    expect(engine.problem()).toBe('the sender has stopped');
  });

  it('is measured by state and outcome, without a name in any label', async () => {
    bench.notes.texts.set('one', 'words');
    const engine = bench.engine();
    await postNote(bench, 'one');
    await engine.idle();
    await postNote(bench, 'two', { subject: 'one' });
    bench.sink.answer = async () => ({ ok: false, code: 'service_unavailable', unknown: false });
    await engine.idle();
    bench.clock.advance(60_000);
    const text = await bench.registry.metrics();
    expect(text).toContain('baton_deliveries_total{priority="answer",result="sent"} 1');
    expect(text).toContain('baton_delivery_backlog{state="pending"} 1');
    expect(text).toMatch(/baton_delivery_oldest_due_seconds (58|59)/);
    expect(text).not.toMatch(/maya|words|D1/);
  });
});

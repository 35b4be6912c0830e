import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectFeatures } from '../../src/feature/collect-features.ts';
import type { Feature } from '../../src/feature/feature.ts';
import { createPushableClock, type PushableClock } from '../../src/clock.ts';
import { enqueuePost, refreshCopies } from '../../src/delivery/outbox.ts';
import { randomIds } from '../../src/ids.ts';
import { createTick } from '../../src/schedule/run-tick.ts';
import { setTimer } from '../../src/schedule/timers.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { createDatabase, type TestDatabase } from '../helpers/database.ts';
import { applyFile, readSample } from '../helpers/organisation.ts';

const minute = 60_000;
const organisation = 'riverside';
const outbox = { post: enqueuePost, refresh: refreshCopies, wake: setTimer };

describe('moments that a noun asked to be woken at', () => {
  let database: TestDatabase;
  let store: Store;
  let clock: PushableClock;
  let rung: string[];
  let failing: boolean;
  /** How often it still meets another transaction and loses. */
  let meetings: number;
  let failures: string[];
  /** A ladder of three steps, five minutes apart, counted from the first. */
  const ladder: Feature = {
    noun: 'ladders',
    timers: {
      'ladders.step': async (work, { subject, dueAt }) => {
        if (failing) throw new Error('not now');
        if (meetings > 0) {
          meetings -= 1;
          await work.tx.db
            .$queryRaw`do $$ begin raise exception 'met another' using errcode = 'serialization_failure'; end $$`;
        }
        rung.push(`${subject} ${dueAt.toISOString().slice(11, 16)}`);
        const steps = rung.filter((one) => one.startsWith(`${subject} `)).length;
        if (steps < 3) await work.wake('ladders.step', subject, new Date(dueAt.getTime() + 5 * minute));
      },
    },
  };
  const log = { info: () => undefined, warn: () => undefined, error: (event: string) => void failures.push(event) };
  const features = collectFeatures([ladder]);
  const tickOf = (): (() => Promise<void>) => createTick({ store, features, outbox, clock, log, privacy: 'minimal' });
  const wake = (subject: string, inMinutes: number | undefined): Promise<void> =>
    store.inOrganisation(organisation, (tx) =>
      setTimer(
        tx,
        'ladders.step',
        subject,
        inMinutes === undefined ? undefined : new Date(clock.now().getTime() + inMinutes * minute),
      ),
    );

  beforeEach(async () => {
    [rung, failing, meetings, failures] = [[], false, 0, []];
    clock = createPushableClock({ start: new Date('2026-11-23T14:00:00Z'), frozen: true });
    database = await createDatabase();
    store = openStore({ url: database.url, masterKey: new Uint8Array(32).fill(5), clock, ids: randomIds });
    await applyFile(store, await readSample(), clock);
  });
  afterEach(async () => {
    await store.close();
    await database.drop();
  });

  it('ring when they have come, and not before', async () => {
    await wake('a', 5);
    const tick = tickOf();
    clock.advance(5 * minute - 1);
    await tick();
    expect(rung).toEqual([]);
    clock.advance(1);
    await tick();
    await tick();
    expect(rung).toEqual(['a 14:05']);
  });

  it('leave no step out after three days of downtime, each named by the time it was planned for', async () => {
    await wake('a', 5);
    clock.advance(3 * 24 * 60 * minute);
    await tickOf()();
    expect(rung).toEqual(['a 14:05', 'a 14:10', 'a 14:15']);
  });

  it('ring once with two processes on one database', async () => {
    for (const subject of ['a', 'b', 'c', 'd', 'e', 'f']) await wake(subject, 1);
    clock.advance(minute);
    await Promise.all([tickOf()(), tickOf()()]);
    expect(rung.toSorted()).toEqual(['a 14:01', 'b 14:01', 'c 14:01', 'd 14:01', 'e 14:01', 'f 14:01']);
  });

  it('move when they are set again, and are gone when they are taken away', async () => {
    await wake('a', 5);
    await wake('a', 10);
    await wake('b', 5);
    await wake('b', undefined);
    clock.advance(9 * minute);
    const tick = tickOf();
    await tick();
    expect(rung).toEqual([]);
    clock.advance(minute);
    await tick();
    expect(rung).toEqual(['a 14:10']);
  });

  it('ring at once where they only met another transaction, and count as no failure', async () => {
    await wake('a', 1);
    clock.advance(minute);
    meetings = 2;
    await tickOf()();
    expect([rung, failures]).toEqual([['a 14:01'], []]);
  });

  it('are not lost when their work fails, and are tried again soon', async () => {
    await wake('a', 1);
    clock.advance(minute);
    failing = true;
    const tick = tickOf();
    await tick();
    failing = false;
    clock.advance(10_000);
    await tick();
    expect(rung).toEqual(['a 14:01']);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePeriod } from '../../src/care/week-reviews/period.ts';
import { readWeek } from '../../src/care/week-reviews/read-figures.ts';
import { createPushableClock } from '../../src/clock.ts';
import { randomIds } from '../../src/ids.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { createDatabase, type TestDatabase } from '../helpers/database.ts';
import { fillYears } from '../helpers/fill-years.ts';
import { applyFile, readSample } from '../helpers/organisation.ts';
import { pagesRead } from '../helpers/pages-read.ts';
import { vacuumAnalyze } from '../helpers/vacuum.ts';

/** A report reads what happened in its days, planned for these days: with a plan for any days it reads twenty times as much. */
describe('the figures of a week or a year, with two years of work on 1,000 clients behind them', () => {
  const clock = createPushableClock({ start: new Date('2026-11-23T14:00:00Z'), frozen: true });
  let database: TestDatabase;
  let store: Store;
  beforeAll(async () => {
    database = await createDatabase();
    store = openStore({ url: database.url, masterKey: new Uint8Array(32).fill(7), clock, ids: randomIds });
    await applyFile(store, await readSample(), clock);
    await store.inOrganisation('riverside', (tx) => fillYears(tx, { count: 1_000, from: 0 }, clock.now()));
    await vacuumAnalyze(database.url);
  });
  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  it.each([
    ['a team', '2026-11-16', undefined, 6_000],
    ['a team', '2025-11-23', undefined, 6_000],
    ['a person', '2026-11-16', 'maya', 6_000],
    ['a person', '2025-11-23', 'maya', 6_000],
  ])('of %s since %s are few pages', async (_whose, from, person, most) => {
    const period = makePeriod({ from, to: '2026-11-22' }, 'America/New_York', clock.now());
    const pages = await store.inOrganisation('riverside', async (tx) => {
      // What the server decides by itself after five reports: one plan for whatever is asked.
      await tx.db.$executeRaw`set local plan_cache_mode = force_generic_plan`;
      const before = await pagesRead(tx);
      await readWeek(tx, { team: 'east', person }, period, clock.now());
      return (await pagesRead(tx)) - before;
    });
    expect(pages).toBeLessThanOrEqual(most);
  });
});

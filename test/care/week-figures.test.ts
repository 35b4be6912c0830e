import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { figuresSchema, type Figures } from '../../src/care/week-reviews/figures.ts';
import { makePeriod, weekBefore } from '../../src/care/week-reviews/period.ts';
import { mondayOf } from '../../src/calendar/local-dates.ts';
import { readFigures } from '../../src/care/week-reviews/read-figures.ts';
import { createPushableClock } from '../../src/clock.ts';
import { randomIds } from '../../src/ids.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { propertyRuns } from '../helpers/property-runs.ts';
import { createDatabase, type TestDatabase } from '../helpers/database.ts';
import { countWeek } from './count-week.ts';
import { insertWeek, now, personId, weekData, type WeekData } from './week-data.ts';

let database: TestDatabase;
let store: Store;
beforeAll(async () => {
  database = await createDatabase();
  const clock = createPushableClock({ start: now, frozen: true });
  store = openStore({ url: database.url, masterKey: new Uint8Array(32).fill(5), clock, ids: randomIds });
  await store.createOrganisation({ id: 'random', name: 'Random' });
});
afterAll(async () => {
  await store?.close();
  await database?.drop();
});

class TakenBack extends Error {}

/** The figures of these rows; the rows themselves are taken back, so that the next ones stand alone. */
async function read(data: WeekData, days: { from: string; to: string }, person: string | undefined): Promise<Figures> {
  let figures: Figures | undefined;
  await store
    .inOrganisation('random', async (tx) => {
      await insertWeek(tx, data);
      figures = await readFigures(tx, { team: 'east', person }, makePeriod(days, data.zone, now), now);
      throw new TakenBack();
    })
    .catch((error: unknown) => {
      if (!(error instanceof TakenBack)) throw error;
    });
  if (figures === undefined) throw new Error('nothing was read');
  return figuresSchema.parse(figures);
}

/** Medians come from two kinds of arithmetic: alike to a millionth. */
const plainly = (figures: Figures): unknown =>
  JSON.parse(
    JSON.stringify(figures, (_, value: unknown) => (typeof value === 'number' ? Math.round(value * 1e6) / 1e6 : value)),
  );

const days = fc.constantFrom(
  { from: '2026-11-16', to: '2026-11-22' },
  { from: '2026-11-16', to: '2026-11-22' },
  // Not over yet, over a change of the clocks, a single day.
  { from: '2026-11-18', to: '2026-11-24' },
  { from: '2026-10-26', to: '2026-11-15' },
  { from: '2026-11-20', to: '2026-11-20' },
);

it('the statements count what a plain reference counts, for teams and for one coordinator', async () => {
  await fc.assert(
    fc.asyncProperty(weekData, days, fc.constantFrom(undefined, undefined, 0, 1), async (data, period, one) => {
      const person = one === undefined ? undefined : personId(one);
      const figures = await read(data, period, person);
      expect(plainly(figures)).toEqual(plainly(countWeek(data, makePeriod(period, data.zone, now), person)));
    }),
    { numRuns: propertyRuns.dataSets },
  );
}, 600_000);

it('a team of nobody and an empty week are figures too', async () => {
  const nothing: WeekData = {
    zone: 'America/New_York',
    staffed: undefined,
    ...{ people: [], clients: [], contacts: [], followUps: [], referrals: [], escalations: [], acts: [] },
  };
  const figures = await read(nothing, { from: '2026-11-16', to: '2026-11-22' }, undefined);
  expect(figures.load).toEqual([]);
  expect(figures.overdue).toEqual([0, 0, 0, 0]);
  expect(figures.loops).toEqual([0, 0, 0]);
  expect(figures.weeks).toHaveLength(8);
  expect(figures.work).toEqual({ contacts: 0, afterHours: 0, daysOff: 0, acts: 0, logged: 0 });
});

it('a week is Monday to Sunday, and the post of a date shows the last whole one', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20_000 }), (offset) => {
      const date = new Date(offset * 86_400_000).toISOString().slice(0, 10);
      const monday = mondayOf(date);
      expect(new Date(`${monday}T00:00:00Z`).getUTCDay()).toBe(1);
      expect(Date.parse(date) - Date.parse(monday)).toBeLessThan(7 * 86_400_000);
      expect(weekBefore(date) < monday && monday <= date).toBe(true);
    }),
  );
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDaysToDate, daysBetween } from '../../src/calendar/local-dates.ts';
import { latestTurn, nextTurn, type TurnRule } from '../../src/calendar/turns.ts';
import { propertyRuns } from '../helpers/property-runs.ts';

const HOUR = 3_600_000;
const QUARTER = HOUR / 4;
const formats = new Map<string, Intl.DateTimeFormat>();

/** What the wall clock shows, counted as if in UTC: read from the formatter's parts, not from an offset. */
function wallTime(instant: number, zone: string): number {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
  formats.set(zone, format);
  const part = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const of = (type: Intl.DateTimeFormatPartTypes): number => part.get(type) ?? 0;
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'));
}

const dateOf = (wall: number): string => new Date(wall).toISOString().slice(0, 10);

const shownAt = new Map<string, number>();
function quarterTime(quarter: number, zone: string): number {
  const key = `${zone} ${quarter}`;
  const shown = shownAt.get(key) ?? wallTime(quarter, zone);
  shownAt.set(key, shown);
  return shown;
}

/** The plain reference: walk over quarter hours until the wall clock has reached the time; undefined for no such date. */
function reaches(localDate: string, at: string, zone: string): number | undefined {
  const wall = Date.parse(`${localDate}T${at}:00Z`);
  let exists = false;
  for (let quarter = Math.floor(wall / QUARTER) * QUARTER - 15 * HOUR; ; quarter += QUARTER) {
    const shown = quarterTime(quarter, zone);
    exists ||= dateOf(shown) === localDate;
    const instant = Math.max(quarter, quarter + (wall - shown));
    if (instant < quarter + QUARTER) return exists ? instant : undefined;
  }
}

/** Days on which the clocks of a zone change in a year. */
function changesOf(zone: string, year: number): string[] {
  const changes: string[] = [];
  let before: number | undefined;
  for (let day = 0; day <= 366; day += 1) {
    const noon = Date.UTC(year, 0, 1 + day, 12);
    const offset = wallTime(noon, zone) - noon;
    if (before !== undefined && offset !== before) changes.push(dateOf(wallTime(noon, zone)));
    before = offset;
  }
  return changes;
}

const zonesWithChanges = Intl.supportedValuesOf('timeZone').flatMap((zone) => {
  const days = changesOf(zone, 2026);
  return days.length === 0 ? [] : [{ zone, days }];
});
const oddities = [
  { zone: 'Australia/Lord_Howe', days: ['2026-04-05', '2026-10-04'] },
  { zone: 'Pacific/Apia', days: ['2011-12-30', '2011-09-24', '2012-04-01'] },
  { zone: 'America/Nuuk', days: ['2026-03-28', '2026-10-24'] },
  { zone: 'Africa/Cairo', days: ['2026-04-24', '2026-10-30'] },
  { zone: 'America/Havana', days: ['2026-03-08', '2026-11-01'] },
  { zone: 'Asia/Kathmandu', days: ['2026-02-28', '2026-12-31'] },
  { zone: 'Pacific/Kiritimati', days: ['2028-02-28', '2028-12-31'] },
  { zone: 'America/New_York', days: ['2028-02-28', '2028-12-30'] },
];
const times = fc
  .tuple(
    fc.oneof(fc.constantFrom(0, 1, 2, 3, 22, 23), fc.integer({ min: 0, max: 23 })),
    fc.integer({ min: 0, max: 59 }),
  )
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));

/** Every turn from two days before a date to three after it, as a scheduler sees them: each found from the one before. */
function chain(rule: TurnRule, around: string): { at: number; localDate: string }[] {
  const turns: { at: number; localDate: string }[] = [];
  const end = Date.parse(`${addDaysToDate(around, 3)}T12:00:00Z`);
  let now = new Date(`${addDaysToDate(around, -3)}T12:00:00Z`);
  for (;;) {
    const turn = nextTurn(rule, now);
    if (turn.at.getTime() > end) return turns;
    turns.push({ at: turn.at.getTime(), localDate: turn.localDate });
    now = turn.at;
  }
}

describe('the turns of a schedule', () => {
  it('come exactly once a local date, in every zone, over every change of its clocks', () => {
    expect(zonesWithChanges.length).toBeGreaterThan(100);
    const place = fc.oneof(fc.constantFrom(...zonesWithChanges), fc.constantFrom(...oddities));
    fc.assert(
      fc.property(place, fc.nat(), times, ({ zone, days }, pick, at) => {
        const around = days[pick % days.length] ?? '';
        const turns = chain({ zone, at }, around);
        const first = turns[0]?.localDate ?? '';
        const last = turns.at(-1)?.localDate ?? '';
        const expected = Array.from({ length: daysBetween(first, last) + 1 }, (_, day) => addDaysToDate(first, day))
          .map((localDate) => ({ at: reaches(localDate, at, zone), localDate }))
          .filter((turn) => turn.at !== undefined);
        expect(turns).toEqual(expected);
        expect(turns.length).toBeGreaterThanOrEqual(5);
      }),
      { numRuns: propertyRuns.usual },
    );
  });

  it('are the same looked at from behind: the latest turn is the one whose next is still to come', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zonesWithChanges),
        fc.nat(),
        times,
        fc.integer({ min: -48 * 60, max: 48 * 60 }),
        ({ zone, days }, pick, at, minutes) => {
          const now = new Date(Date.parse(`${days[pick % days.length] ?? ''}T12:00:00Z`) + minutes * 60_000);
          const latest = latestTurn({ zone, at }, now);
          expect(latest.at.getTime()).toBeLessThanOrEqual(now.getTime());
          expect(nextTurn({ zone, at }, latest.at)).toEqual(nextTurn({ zone, at }, now));
          expect(nextTurn({ zone, at }, now).at.getTime()).toBeGreaterThan(now.getTime());
        },
      ),
      { numRuns: propertyRuns.usual },
    );
  });

  it.each([
    [
      'a time the clocks skip comes when they have skipped',
      'America/New_York',
      '02:30',
      '2026-03-07T12:00Z',
      '2026-03-08T07:00:00.000Z',
      '2026-03-08',
    ],
    [
      'a time that comes twice is taken the first time',
      'America/New_York',
      '01:30',
      '2026-11-01T04:00Z',
      '2026-11-01T05:30:00.000Z',
      '2026-11-01',
    ],
    [
      'and not again in the hour that repeats',
      'America/New_York',
      '01:30',
      '2026-11-01T05:40Z',
      '2026-11-02T06:30:00.000Z',
      '2026-11-02',
    ],
    [
      'half an hour is skipped on Lord Howe',
      'Australia/Lord_Howe',
      '02:10',
      '2026-10-03T13:00Z',
      '2026-10-03T15:30:00.000Z',
      '2026-10-04',
    ],
    [
      'a turn skipped at the end of a day keeps its date',
      'America/Nuuk',
      '23:30',
      '2026-03-28T20:00Z',
      '2026-03-29T01:00:00.000Z',
      '2026-03-28',
    ],
    [
      'Samoa had no 30 December 2011',
      'Pacific/Apia',
      '08:30',
      '2011-12-29T19:00Z',
      '2011-12-30T18:30:00.000Z',
      '2011-12-31',
    ],
    ['a leap day is a day', 'America/New_York', '08:30', '2028-02-28T20:00Z', '2028-02-29T13:30:00.000Z', '2028-02-29'],
    [
      'a year ends where it ends locally',
      'Pacific/Auckland',
      '08:30',
      '2026-12-31T12:00Z',
      '2026-12-31T19:30:00.000Z',
      '2027-01-01',
    ],
  ])('%s', (_what, zone, at, after, instant, localDate) => {
    const turn = nextTurn({ zone, at }, new Date(after));
    expect([turn.at.toISOString(), turn.localDate]).toEqual([instant, localDate]);
  });

  it('of a week come on their weekday only', () => {
    const rule = { zone: 'America/New_York', at: '09:00', weekday: 'tue' } as const;
    const first = nextTurn(rule, new Date('2026-10-28T00:00:00Z'));
    const second = nextTurn(rule, first.at);
    expect([first, second].map((turn) => [turn.localDate, turn.at.toISOString()])).toEqual([
      ['2026-11-03', '2026-11-03T14:00:00.000Z'],
      ['2026-11-10', '2026-11-10T14:00:00.000Z'],
    ]);
    expect(latestTurn(rule, new Date('2026-11-10T13:59:59Z')).localDate).toBe('2026-11-03');
    expect(latestTurn(rule, new Date('2026-11-10T14:00:00Z')).localDate).toBe('2026-11-10');
  });

  it('cannot be found in a zone that does not exist', () => {
    expect(() => nextTurn({ zone: 'Europe/Atlantis', at: '08:30' }, new Date(0))).toThrow(RangeError);
  });
});

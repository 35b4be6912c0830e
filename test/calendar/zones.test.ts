import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { isValidZone, localDate, localTime, startOfLocalDay } from '../../src/calendar/zones.ts';
import { findWorkingDay, addWorkingDays } from '../../src/calendar/working-time.ts';
import {
  addDaysToDate,
  addYearsToDate,
  daysBetween,
  isIsoDate,
  makeIsoDate,
  weekdayOf,
  formatDay,
} from '../../src/calendar/local-dates.ts';
import { propertyRuns } from '../helpers/property-runs.ts';

test('the local date and time are those of the zone', () => {
  const now = new Date('2026-11-25T02:30:00Z');
  expect(localDate(now, 'America/New_York')).toBe('2026-11-24');
  expect(localTime(now, 'America/New_York')).toBe('21:30');
  expect(localDate(now, 'Asia/Kolkata')).toBe('2026-11-25');
  expect(localTime(now, 'Asia/Kolkata')).toBe('08:00');
});

test.each([
  ['an ordinary day', '2026-11-25', 'America/New_York', '2026-11-25T05:00:00.000Z'],
  ['the day clocks go forward', '2026-03-08', 'America/New_York', '2026-03-08T05:00:00.000Z'],
  ['the day after', '2026-03-09', 'America/New_York', '2026-03-09T04:00:00.000Z'],
  ['the day clocks go back', '2026-11-01', 'America/New_York', '2026-11-01T04:00:00.000Z'],
  ['a day without a midnight begins when clocks skip to', '2026-04-24', 'Africa/Cairo', '2026-04-23T22:00:00.000Z'],
  ['a day with two midnights begins at the first', '2026-11-01', 'America/Havana', '2026-11-01T04:00:00.000Z'],
  ['half an hour of daylight saving', '2026-10-04', 'Australia/Lord_Howe', '2026-10-03T13:30:00.000Z'],
])('%s: %s in %s', (_, day, zone, instant) => {
  expect(startOfLocalDay(day, zone).toISOString()).toBe(instant);
});

test('in every zone the start of a day is of that day, and the moment before is not', () => {
  const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
  const day = fc.integer({ min: 0, max: 4 * 366 }).map((days) => addDaysToDate('2025-01-01', days));
  fc.assert(
    fc.property(zone, day, (where, iso) => {
      const start = startOfLocalDay(iso, where);
      expect(localDate(start, where)).toBe(iso);
      expect(localDate(new Date(start.getTime() - 1), where) < iso).toBe(true);
    }),
    { numRuns: propertyRuns.usual },
  );
});

test.each([
  ['America/New_York', true],
  ['UTC', true],
  ['Europe/Lisbon', true],
  ['America/New York', false],
  ['Mars/Base', false],
  ['', false],
  ['+05:00', false],
  ['-0500', false],
])('zone “%s” is valid: %s', (zone, valid) => {
  expect(isValidZone(zone)).toBe(valid);
});

test('days are written for people, with the year when it is another', () => {
  expect(formatDay('2026-12-04', '2026-11-25')).toBe('Fri 4 Dec');
  expect(formatDay('2027-03-12', '2026-11-25')).toBe('Fri 12 Mar 2027');
});

test.each([
  ['2026-12-03', true],
  ['2028-02-29', true],
  ['2026-02-29', false],
  ['2026-02-30', false],
  ['2026-13-01', false],
  ['2026-1-1', false],
  ['2026-12-03T00:00', false],
  ['', false],
])('“%s” is a date: %s', (text, valid) => {
  expect(isIsoDate(text)).toBe(valid);
});

test('date arithmetic is exact', () => {
  expect(makeIsoDate(2026, 2, 29)).toBeUndefined();
  expect(makeIsoDate(2026, 2, 5)).toBe('2026-02-05');
  expect(addDaysToDate('2026-12-31', 1)).toBe('2027-01-01');
  expect(addYearsToDate('2028-02-29', 1)).toBe('2029-02-28');
  expect(daysBetween('2026-02-27', '2026-03-01')).toBe(2);
  expect(weekdayOf('2026-11-25')).toBe('wed');
  expect(findWorkingDay('2026-11-25', 3, () => false)).toBeUndefined();
  expect(() => addWorkingDays('2026-11-25', 1, () => false)).toThrow('no working day within a year');
  expect(() => addDaysToDate('tomorrow', 1)).toThrow('not a date');
  expect(() => addDaysToDate('9999-12-31', 1)).toThrow('date out of range');
});

test('neither the zone of the machine nor its daylight saving moves a date', () => {
  for (const zone of ['America/New_York', 'Pacific/Kiritimati', 'Africa/Cairo']) {
    vi.stubEnv('TZ', zone);
    expect(addDaysToDate('2026-03-07', 2)).toBe('2026-03-09');
    expect(addDaysToDate('2026-11-02', -2)).toBe('2026-10-31');
    expect(formatDay('2026-03-08', '2026-01-01')).toBe('Sun 8 Mar');
    expect(startOfLocalDay('2026-03-08', 'America/New_York').toISOString()).toBe('2026-03-08T05:00:00.000Z');
  }
});

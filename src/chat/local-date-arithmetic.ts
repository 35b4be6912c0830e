/**
 * Arithmetic on local dates, `YYYY-MM-DD`. A local date has no hour, so it is counted in UTC: neither the machine's
 * zone nor daylight saving can move it. Plain UTC dates, because zoned ones are a hundred times slower and a command
 * line may make us walk over many days.
 */
const DAY = 24 * 60 * 60_000;
const shape = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];
export const weekdayNames = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
} as const satisfies Record<Weekday, string>;

/** True for a day that is in the calendar, written `YYYY-MM-DD`. */
export function isIsoDate(text: string): boolean {
  if (!shape.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** The day as `YYYY-MM-DD`, or `undefined` when the calendar has no such day. Months count from 1. */
export function makeIsoDate(year: number, month: number, day: number): string | undefined {
  const pad = (part: number, length: number) => String(part).padStart(length, '0');
  const iso = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
  return isIsoDate(iso) ? iso : undefined;
}

/** `iso` plus whole days; negative goes back. Throws RangeError when `iso` is no day or the result leaves year 9999. */
export function addDaysToDate(iso: string, days: number): string {
  return write(read(iso) + days * DAY);
}

/** `iso` plus whole years; 29 February becomes 28 where there is none. */
export function addYearsToDate(iso: string, years: number): string {
  const year = Number(iso.slice(0, 4)) + years;
  const [month, day] = [Number(iso.slice(5, 7)), Number(iso.slice(8, 10))];
  const moved = makeIsoDate(year, month, day) ?? makeIsoDate(year, month, day - 1);
  if (moved === undefined) throw new RangeError('date out of range');
  return moved;
}

/** Days from one date to another: positive when `to` is later. */
export function daysBetween(from: string, to: string): number {
  return (read(to) - read(from)) / DAY;
}

/** The weekday of a date. Throws RangeError when `iso` is no day. */
export function weekdayOf(iso: string): Weekday {
  const weekday = weekdays[(new Date(read(iso)).getUTCDay() + 6) % 7];
  if (weekday === undefined) throw new RangeError('not a date');
  return weekday;
}

/** The Monday of a local date's week. */
export function mondayOf(iso: string): string {
  return addDaysToDate(iso, -weekdays.indexOf(weekdayOf(iso)));
}

/** No calendar of closures is longer than this without one working day. */
const LONGEST_CLOSURE_DAYS = 366;

/**
 * The `count`-th working day after `iso` (before it when negative); 0 = `iso` itself if it is worked, else the next
 * working day. `undefined` when a whole year has no working day.
 */
export function findWorkingDay(
  iso: string,
  count: number,
  isWorkingDay: (isoDate: string) => boolean,
): string | undefined {
  if (count === 0 && isWorkingDay(iso)) return iso;
  const step = count < 0 ? -1 : 1;
  let left = Math.max(1, Math.abs(count));
  let idle = 0;
  let day = iso;
  while (left > 0) {
    day = addDaysToDate(day, step);
    const worked = isWorkingDay(day);
    left -= worked ? 1 : 0;
    idle = worked ? 0 : idle + 1;
    if (idle > LONGEST_CLOSURE_DAYS) return undefined;
  }
  return day;
}

/** `findWorkingDay` for where there must be one: throws RangeError when a whole year has no working day. */
export function addWorkingDays(iso: string, count: number, isWorkingDay: (isoDate: string) => boolean): string {
  const day = findWorkingDay(iso, count, isWorkingDay);
  if (day === undefined) throw new RangeError('no working day within a year');
  return day;
}

function read(iso: string): number {
  if (!isIsoDate(iso)) throw new RangeError('not a date');
  return Date.parse(`${iso}T00:00:00Z`);
}

function write(time: number): string {
  const iso = new Date(time).toISOString().slice(0, 10);
  if (!shape.test(iso)) throw new RangeError('date out of range');
  return iso;
}

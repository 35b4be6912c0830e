import { UTCDate } from '@date-fns/utc';
import { addDays } from 'date-fns/addDays';
import { addYears } from 'date-fns/addYears';
import { differenceInCalendarDays } from 'date-fns/differenceInCalendarDays';
import { format } from 'date-fns/format';
import { getISODay } from 'date-fns/getISODay';
import { startOfISOWeek } from 'date-fns/startOfISOWeek';

/**
 * Local dates, `YYYY-MM-DD`. A local date has no hour, so it is counted in UTC: neither the machine's zone nor daylight
 * saving can move it. Dates of UTC, because zoned ones are a hundred times slower and a command line may make us walk
 * over many days.
 */
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
  return write(addDays(read(iso), days));
}

/** `iso` plus whole years; 29 February becomes 28 where there is none. */
export function addYearsToDate(iso: string, years: number): string {
  return write(addYears(read(iso), years));
}

/** Days from one date to another: positive when `to` is later. */
export function daysBetween(from: string, to: string): number {
  return differenceInCalendarDays(read(to), read(from));
}

/** The weekday of a date. Throws RangeError when `iso` is no day. */
export function weekdayOf(iso: string): Weekday {
  const weekday = weekdays[getISODay(read(iso)) - 1];
  if (weekday === undefined) throw new RangeError('not a date');
  return weekday;
}

/** The Monday of a local date's week. */
export function mondayOf(iso: string): string {
  return write(startOfISOWeek(read(iso)));
}

/** A date for people: `Fri 5 Dec`, with the year when it is not this one: `Fri 5 Dec 2027`. */
export function formatDay(iso: string, today: string): string {
  return format(read(iso), today.slice(0, 4) === iso.slice(0, 4) ? 'EEE d MMM' : 'EEE d MMM yyyy');
}

function read(iso: string): UTCDate {
  if (!isIsoDate(iso)) throw new RangeError('not a date');
  return new UTCDate(`${iso}T00:00:00Z`);
}

function write(date: Date): string {
  const iso = date.toISOString().slice(0, 10);
  if (!shape.test(iso)) throw new RangeError('date out of range');
  return iso;
}

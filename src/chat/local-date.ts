import { TZDate, tzOffset } from '@date-fns/tz';
// By its own name: the package's index loads three hundred files.
import { lightFormat } from 'date-fns/lightFormat';
import { weekdayNames, weekdayOf } from './local-date-arithmetic.ts';

/** Where instants meet local days. Zones are IANA names; an unknown one throws RangeError: check it on the way in. */

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const monthNames = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** True for an IANA name this machine knows. Bare offsets are refused: they do not follow daylight saving. */
export function isValidZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** The local date at an instant, `YYYY-MM-DD`. */
export function localDate(now: Date, zone: string): string {
  return lightFormat(new TZDate(now, zone), 'yyyy-MM-dd');
}

/** The local wall time at an instant, `HH:MM`, 24 hours. */
export function localTime(now: Date, zone: string): string {
  return lightFormat(new TZDate(now, zone), 'HH:mm');
}

/**
 * The first instant of a local day. Where clocks skip midnight it is the moment they skip to; where midnight comes
 * twice it is the first. Throws RangeError for an unknown zone or date.
 */
export function startOfLocalDay(iso: string, zone: string): Date {
  const midnight = Date.parse(`${iso}T00:00:00Z`);
  // A change of offset near this midnight lies between these two moments, so one of the two offsets is right.
  const instants = [midnight - DAY, midnight + DAY]
    .map((moment) => midnight - tzOffset(zone, new Date(moment)) * MINUTE)
    .sort((left, right) => left - right);
  const found = instants.find((instant) => localDate(new Date(instant), zone) === iso) ?? instants.at(-1);
  return new Date(found ?? Number.NaN);
}

/** The instant of a local time, `HH:MM`, on a local day. A time the clocks skip becomes the moment they skip to. */
export function atLocalTime(day: string, time: string, zone: string): Date {
  const [year, month, date] = day.split('-').map(Number);
  const [hours, minutes] = time.split(':').map(Number);
  const moment = new TZDate(year ?? 0, (month ?? 1) - 1, date ?? 1, hours ?? 0, minutes ?? 0, zone);
  return new Date(moment.getTime());
}

/** A date for people: `Fri 5 Dec`, with the year when it is not this one: `Fri 5 Dec 2027`. */
export function formatDay(iso: string, today: string): string {
  const [year = '', month, day] = iso.split('-');
  const written = `${weekdayNames[weekdayOf(iso)].slice(0, 3)} ${Number(day)} ${monthNames[Number(month) - 1] ?? ''}`;
  return today.startsWith(`${year}-`) ? written : `${written} ${year}`;
}

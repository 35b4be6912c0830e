import { TZDate, tzOffset } from '@date-fns/tz';

/** Where instants meet local days. Zones are IANA names; an unknown one throws RangeError: check it on the way in. */

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

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
  return wallClockAt(now, zone).slice(0, 10);
}

/** The local wall time at an instant, `HH:MM`, 24 hours. */
export function localTime(now: Date, zone: string): string {
  return wallClockAt(now, zone).slice(11, 16);
}

/** What the clocks of a zone show, as if they stood in Greenwich: a zoned date would ask for the offset several times. */
function wallClockAt(now: Date, zone: string): string {
  return new Date(now.getTime() + tzOffset(zone, now) * MINUTE).toISOString();
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

/** A rota asks for the same few times again and again, and each costs several questions about the zone. */
const known = new Map<string, number>();
const mostKnown = 5_000;

/** The instant of a local time, `HH:MM`, on a local day. A time the clocks skip becomes the moment they skip to. */
export function atLocalTime(day: string, time: string, zone: string): Date {
  const key = `${day} ${time} ${zone}`;
  const found = known.get(key);
  if (found !== undefined) return new Date(found);
  if (known.size >= mostKnown) known.clear();
  const instant = findInstant(day, time, zone);
  known.set(key, instant);
  return new Date(instant);
}

function findInstant(day: string, time: string, zone: string): number {
  const [year, month, date] = day.split('-').map(Number);
  const [hours, minutes] = time.split(':').map(Number);
  return new TZDate(year ?? 0, (month ?? 1) - 1, date ?? 1, hours ?? 0, minutes ?? 0, zone).getTime();
}

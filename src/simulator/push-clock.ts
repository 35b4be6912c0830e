import { TZDate } from '@date-fns/tz';
import { addDays, getDay, set } from 'date-fns';

/** Longest single push: more would only be a slip of the keyboard. */
const MOST_DAYS = 366;
const units = [
  ['weeks', 7 * 24 * 3_600_000],
  ['days', 24 * 3_600_000],
  ['hours', 3_600_000],
  ['minutes', 60_000],
  ['seconds', 1000],
] as const;
const pattern =
  /^P(?:(?<weeks>\d{1,3})W)?(?:(?<days>\d{1,3})D)?(?:T(?:(?<hours>\d{1,5})H)?(?:(?<minutes>\d{1,6})M)?(?:(?<seconds>\d{1,8})S)?)?$/;

/**
 * Milliseconds of an ISO 8601 duration of weeks, days (of 24 hours), hours, minutes and seconds: `PT24H`, `P1DT30M`.
 * `undefined` for anything else, for nothing at all, and for more than a year. Months and years have no fixed length.
 */
export function readDuration(text: string): number | undefined {
  const parts = pattern.exec(text)?.groups;
  if (parts === undefined || !/\d[A-Z]$/.test(text)) return undefined;
  const milliseconds = units.reduce((sum, [name, length]) => sum + Number(parts[name] ?? 0) * length, 0);
  return milliseconds > 0 && milliseconds <= MOST_DAYS * 24 * 3_600_000 ? milliseconds : undefined;
}

/** Where the clock can be pushed to by name. */
export type Landmark = 'next-morning' | 'next-monday';
/** When a team's day begins: the time of its digest. */
const MORNING = { hours: 8, minutes: 30, seconds: 0, milliseconds: 0 } as const;

/** Milliseconds from `now` to the landmark after it: 08:30 local in the IANA zone, on any day or on a Monday. */
export function untilLandmark(landmark: Landmark, now: Date, zone: string): number {
  const today = new TZDate(now, zone);
  for (let day = 0; ; day += 1) {
    const morning = set(addDays(today, day), MORNING);
    if (morning.getTime() <= now.getTime()) continue;
    if (landmark === 'next-monday' && getDay(morning) !== 1) continue;
    return morning.getTime() - now.getTime();
  }
}

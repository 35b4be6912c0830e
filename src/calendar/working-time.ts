import { z } from 'zod';
import { addDaysToDate, weekdayOf, weekdays, type Weekday } from './local-dates.ts';

/** When a team, or a person of it, works. */
export interface WorkingTime {
  /** IANA name. */
  readonly zone: string;
  /** The team's weekdays. */
  readonly workingDays: ReadonlySet<string>;
  /** Local dates on which nobody of the team works. */
  readonly closures: ReadonlySet<string>;
  /** A person's own hours by weekday, `08:00-16:30`: a weekday without is a day off. Undefined where none were stated. */
  readonly hours?: Readonly<Partial<Record<Weekday, string>>> | undefined;
}

/** The days of a working time, without its hours' zone. */
export type WorkingDays = Omit<WorkingTime, 'zone'>;

/** When somebody is there who stated no hours. */
export const usualHours = '08:00-18:00';

/** Hours by weekday, as the organisation file writes them and the database keeps them. */
const hoursSchema = z.partialRecord(z.enum(weekdays), z.string());

/** The columns of a team's working time, wherever a statement reads them. */
export interface WorkingTimeRow {
  readonly zone: string;
  readonly working_days: readonly string[];
  readonly closures: readonly string[];
}

/** The columns of a person's: their team's, and the hours they stated. */
export interface PersonTimeRow extends WorkingTimeRow {
  readonly works: unknown;
}

export function readWorkingTime({
  zone,
  working_days: workingDays,
  closures,
  works,
}: WorkingTimeRow & Partial<PersonTimeRow>): WorkingTime {
  return {
    zone,
    workingDays: new Set(workingDays),
    closures: new Set(closures),
    hours: readHours(works),
  };
}

/** A pattern that cannot be read, or names no day, stops nothing, least of all a crisis: the team's days count. */
function readHours(works: unknown): WorkingTime['hours'] {
  const hours = hoursSchema.safeParse(works).data;
  return hours === undefined || Object.keys(hours).length === 0 ? undefined : hours;
}

/** Whether a local date is worked: by a person's own pattern, else by their team's; on a closure by nobody. */
export const worksOn =
  ({ workingDays, closures, hours }: WorkingDays) =>
  (day: string): boolean =>
    !closures.has(day) && (hours === undefined ? workingDays.has(weekdayOf(day)) : hours[weekdayOf(day)] !== undefined);

/** The hours of a local date, `HH:MM`; undefined on a day off. `usual` counts where none were stated. */
export function hoursOn(
  time: WorkingDays,
  day: string,
  usual: string,
): { readonly from: string; readonly to: string } | undefined {
  if (!worksOn(time)(day)) return undefined;
  const [from, to] = (time.hours === undefined ? usual : time.hours[weekdayOf(day)])?.split('-') ?? [];
  return from === undefined || to === undefined ? undefined : { from, to };
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

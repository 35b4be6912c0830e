import { addDaysToDate, findWorkingDay, weekdayOf, type Weekday } from '../../chat/local-date-arithmetic.ts';
import { atLocalTime, localDate, startOfLocalDay } from '../../chat/local-date.ts';

/** The days and hours in which somebody works. */
export interface WorkCalendar {
  readonly zone: string;
  /** Their own hours by weekday, `08:00-16:30`; without, the team's working days. */
  readonly works: Readonly<Partial<Record<Weekday, string>>> | undefined;
  readonly workingDays: ReadonlySet<string>;
  readonly closures: ReadonlySet<string>;
}

/** When an absence is, in local dates and in moments. */
export interface Dates {
  readonly startsOn: string;
  readonly endsOn: string;
  readonly backOn: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly backAt: Date;
}

/** When the first working morning begins for who stated no hours. */
export const usualMorning = '08:00';

/** From one local date to another, both included. What begins today begins now. */
export function planDates(calendar: WorkCalendar, from: string, to: string, now: Date): Dates {
  const { zone, works, workingDays, closures } = calendar;
  const isWorkingDay = (day: string): boolean =>
    !closures.has(day) && (works === undefined ? workingDays.has(weekdayOf(day)) : works[weekdayOf(day)] !== undefined);
  // Somebody without any working day in sight is back the day after.
  const backOn = findWorkingDay(to, 1, isWorkingDay) ?? addDaysToDate(to, 1);
  const hours = works?.[weekdayOf(backOn)];
  return {
    startsOn: from,
    endsOn: to,
    backOn,
    startsAt: from <= localDate(now, zone) ? now : startOfLocalDay(from, zone),
    endsAt: startOfLocalDay(addDaysToDate(to, 1), zone),
    backAt: atLocalTime(backOn, hours?.slice(0, 5) ?? usualMorning, zone),
  };
}

/** When an absence is looked at next: when it begins, at each midnight of its days, when they are back. */
export function nextLook(
  absence: { readonly state: string; readonly startsAt: Date; readonly backAt: Date; readonly zone: string },
  now: Date,
): Date | undefined {
  if (absence.state === 'planned') return absence.startsAt;
  if (absence.state !== 'running') return undefined;
  const midnight = startOfLocalDay(addDaysToDate(localDate(now, absence.zone), 1), absence.zone);
  return midnight < absence.backAt ? midnight : absence.backAt;
}

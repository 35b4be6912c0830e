import { addWorkingDays, weekdayOf } from '../../chat/local-date-arithmetic.ts';
import { atLocalTime, localDate, localTime } from '../../chat/local-date.ts';
import type { Limit } from './rules.ts';

/** The calendar of who must act. */
export interface Calendar {
  readonly zone: string;
  readonly workingDays: ReadonlySet<string>;
  readonly closures: ReadonlySet<string>;
}

const hour = 3_600_000;

/**
 * When a limit ends that begins now. Hours and days run on the clock, because clinical clocks never stop; working
 * days keep the local time of the start, and the first one after a day off counts: the shorter reading.
 */
export function setDue(now: Date, limit: Limit, calendar: Calendar): Date {
  if ('hours' in limit) return new Date(now.getTime() + limit.hours * hour);
  if ('days' in limit) return new Date(now.getTime() + limit.days * 24 * hour);
  const isWorkingDay = (day: string): boolean =>
    calendar.workingDays.has(weekdayOf(day)) && !calendar.closures.has(day);
  const day = addWorkingDays(localDate(now, calendar.zone), limit.workingDays, isWorkingDay);
  return atLocalTime(day, localTime(now, calendar.zone), calendar.zone);
}

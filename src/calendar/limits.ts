import { localDate, localTime, atLocalTime } from './zones.ts';
import { addWorkingDays, worksOn, type WorkingTime } from './working-time.ts';

/** How long something may take. */
export type Limit = { readonly hours: number } | { readonly days: number } | { readonly workingDays: number };

const hour = 3_600_000;

/**
 * When a limit ends that begins now. Hours and days run on the clock, because clinical clocks never stop; working
 * days keep the local time of the start, and the first one after a day off counts: the shorter reading.
 */
export function endOfLimit(now: Date, limit: Limit, time: WorkingTime): Date {
  if ('hours' in limit) return new Date(now.getTime() + limit.hours * hour);
  if ('days' in limit) return new Date(now.getTime() + limit.days * 24 * hour);
  const day = addWorkingDays(localDate(now, time.zone), limit.workingDays, worksOn(time));
  return atLocalTime(day, localTime(now, time.zone), time.zone);
}

import { atLocalTime, localDate, localTime } from '../calendar/zones.ts';
import { addDaysToDate } from '../calendar/local-dates.ts';
import { hoursOn } from '../calendar/working-time.ts';
import type { PushHours } from './quiet-hours.ts';

/** How much one person is pushed on one day. */
export interface Budget {
  readonly perDay: number;
  /** When the person's day began. */
  readonly since: Date;
  /** Their digest of today is still to come: one push is kept for it. */
  readonly digestToCome: boolean;
  /** When what is over the budget goes by itself, should no digest have taken it by then. */
  readonly otherwiseAt: Date;
}

const hour = 60 * 60_000;
/** No holiday is longer. */
const longestDays = 30;

/** `digest`: when the person's next one comes; undefined when none ever does. */
export function budgetOf(hours: PushHours, perDay: number, digest: Date | undefined, now: Date): Budget {
  const { zone } = hours;
  const today = localDate(now, zone);
  const digestToCome = digest !== undefined && localDate(digest, zone) === today;
  return {
    perDay,
    since: atLocalTime(today, '00:00', zone),
    digestToCome,
    otherwiseAt: otherwiseAt(hours, digest, digestToCome ? today : nextDayOfWork(hours, today)),
  };
}

/** True when a further push would be one too many. */
export function isSpent({ perDay, since, digestToCome }: Budget, pushes: readonly Date[], now: Date): boolean {
  const today = pushes.filter((at) => at >= since && at <= now);
  return today.length + (digestToCome ? 1 : 0) >= perDay;
}

function nextDayOfWork(hours: PushHours, today: string): string {
  for (let days = 1; days <= longestDays; days += 1) {
    const day = addDaysToDate(today, days);
    if (hours.usual === 'always' || hoursOn(hours, day, hours.usual) !== undefined) return day;
  }
  return addDaysToDate(today, 1);
}

/** An hour after the digest of that day; where none comes, when the person begins to work. */
function otherwiseAt(hours: PushHours, digest: Date | undefined, day: string): Date {
  const { zone } = hours;
  if (digest === undefined) return atLocalTime(day, hoursOn(hours, day, hours.usual)?.from ?? '08:00', zone);
  return new Date(atLocalTime(day, localTime(digest, zone), zone).getTime() + hour);
}

import { atLocalTime, localDate } from '../calendar/zones.ts';
import { addDaysToDate } from '../calendar/local-dates.ts';
import { hoursOn, type WorkingTime } from '../calendar/working-time.ts';

/** When a person may be pushed about what can wait: in the hours they stated, or in the usual ones. */
export interface PushHours extends WorkingTime {
  /** For those who stated none: `07:00-20:00` on the team's working days. `always`: the team works round the clock. */
  readonly usual: string;
}

/** No holiday is longer; beyond it a message goes out all the same, for silence must have an end. */
const longestDays = 30;

/**
 * Until when a message waits: `undefined` = it is within their hours, go. Hours begin at the first minute and end
 * before the last one. A person without any day in sight is told now rather than never.
 */
export function quietUntil(hours: PushHours, now: Date): Date | undefined {
  if (hours.usual === 'always') return undefined;
  const today = localDate(now, hours.zone);
  for (let days = 0; days <= longestDays; days += 1) {
    const day = addDaysToDate(today, days);
    const span = hoursOn(hours, day, hours.usual);
    if (span === undefined) continue;
    const opens = atLocalTime(day, span.from, hours.zone);
    if (now < opens) return opens;
    if (now < atLocalTime(day, span.to, hours.zone)) return undefined;
  }
  return undefined;
}

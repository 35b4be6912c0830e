import { atLocalTime, localDate } from '../chat/local-date.ts';
import { addDaysToDate, weekdayOf, type Weekday } from '../chat/local-date-arithmetic.ts';

/** When a person may be pushed about what can wait. */
export interface WorkingHours {
  readonly zone: string;
  /** Their own, by weekday: a day without is a day off. Undefined where they stated none. */
  readonly works: Readonly<Partial<Record<Weekday, string>>> | undefined;
  /** For those who stated none: `07:00-20:00` on the team's working days. `always`: the team works round the clock. */
  readonly usual: string;
  readonly workingDays: ReadonlySet<string>;
  /** Local dates on which nobody of the team works. */
  readonly closures: ReadonlySet<string>;
}

/** No holiday is longer; beyond it a message goes out all the same, for silence must have an end. */
const longestDays = 30;

/**
 * Until when a message waits: `undefined` = it is within their hours, go. Hours begin at the first minute and end
 * before the last one. A person without any day in sight is told now rather than never.
 */
export function quietUntil(hours: WorkingHours, now: Date): Date | undefined {
  if (hours.usual === 'always') return undefined;
  const today = localDate(now, hours.zone);
  for (let days = 0; days <= longestDays; days += 1) {
    const day = addDaysToDate(today, days);
    const span = hoursOn(hours, day);
    if (span === undefined) continue;
    const opens = atLocalTime(day, span.from, hours.zone);
    if (now < opens) return opens;
    if (now < atLocalTime(day, span.to, hours.zone)) return undefined;
  }
  return undefined;
}

/** Their hours on a local date; undefined on a day off. */
export function hoursOn(
  { works, usual, workingDays, closures }: WorkingHours,
  day: string,
): { from: string; to: string } | undefined {
  if (closures.has(day)) return undefined;
  const weekday = weekdayOf(day);
  const span = works === undefined ? (workingDays.has(weekday) ? usual : undefined) : works[weekday];
  const [from, to] = span?.split('-') ?? [];
  return from === undefined || to === undefined ? undefined : { from, to };
}

import { atLocalTime, localDate } from '../../calendar/zones.ts';
import { findWorkingDay, worksOn, type WorkingTime } from '../../calendar/working-time.ts';
import { addDaysToDate, weekdayOf, type Weekday } from '../../calendar/local-dates.ts';
import { reminderMinutes, usualMinutes, type Rhythm } from './rules.ts';
import { meetingsSchema } from './settings.ts';

/** When a team meets, and for how long. */
export interface Plan {
  readonly rhythm: Rhythm;
  /** Local time of the team, `09:00`. */
  readonly at: string;
  readonly minutes: number;
  /** None for a stand-up: every working day. */
  readonly weekday?: Weekday;
  /** Which of the month's such weekdays. */
  readonly week?: 1 | 2 | 3 | 4 | 'last';
}

/** A turn of a plan: the day it is held on, and the one it would have been on when a closure moved it. */
export interface Meeting {
  readonly plan: Plan;
  readonly day: string;
  readonly movedFrom: string | undefined;
  readonly startsAt: Date;
}

/** The plans of a team's schedules, as the organisation file wrote them. */
export function plansOf(schedules: unknown): readonly Plan[] {
  const { huddle, standup, monthly } = meetingsSchema.parse(schedules);
  const plan = (rhythm: Rhythm, given: Omit<Plan, 'rhythm' | 'minutes'> & { minutes?: number | undefined }): Plan => ({
    ...given,
    rhythm,
    minutes: given.minutes ?? usualMinutes[rhythm],
  });
  return [
    ...(huddle === undefined ? [] : [plan('weekly', huddle)]),
    ...(standup === undefined ? [] : [plan('standup', standup)]),
    ...(monthly === undefined ? [] : [plan('monthly', monthly)]),
  ];
}

/** True when a weekday's date is the n-th, or the last, such day of its month. */
export function isNthOfMonth(day: string, week: 1 | 2 | 3 | 4 | 'last'): boolean {
  if (week === 'last') return addDaysToDate(day, 7).slice(0, 7) !== day.slice(0, 7);
  return Math.ceil(Number(day.slice(8)) / 7) === week;
}

/**
 * The turn of a plan on a day of the calendar; undefined when it has none. On a day the team is closed it moves to the
 * next working day; a stand-up does not, for the next day has one of its own.
 */
export function turnOn(plan: Plan, day: string, time: WorkingTime): Meeting | undefined {
  if (plan.weekday !== undefined && weekdayOf(day) !== plan.weekday) return undefined;
  if (plan.week !== undefined && !isNthOfMonth(day, plan.week)) return undefined;
  const works = worksOn(time);
  const held = works(day) ? day : plan.rhythm === 'standup' ? undefined : findWorkingDay(day, 0, works);
  if (held === undefined) return undefined;
  const startsAt = atLocalTime(held, plan.at, time.zone);
  return { plan, day: held, movedFrom: held === day ? undefined : day, startsAt };
}

/** The reminder of a meeting soon after midnight comes on the day before it. */
export function dayOfTurn(plan: Plan, reminderDay: string): string {
  const [hours, minutes] = plan.at.split(':').map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0) < reminderMinutes ? addDaysToDate(reminderDay, 1) : reminderDay;
}

/** Turns that a closure moved may lie this far back; the next monthly one this far ahead. */
const farthest = { back: 35, ahead: 75 };

/** All turns of the plans that begin after a moment and are not held yet, the soonest first. */
export function comingMeetings(plans: readonly Plan[], time: WorkingTime, after: Date): readonly Meeting[] {
  const today = localDate(after, time.zone);
  const found = new Map<string, Meeting>();
  for (const plan of plans) {
    for (let days = -farthest.back; days <= farthest.ahead; days += 1) {
      const meeting = turnOn(plan, addDaysToDate(today, days), time);
      if (meeting === undefined || meeting.startsAt <= after) continue;
      const key = `${plan.rhythm} ${meeting.day}`;
      // One that was moved onto the day of another is that other one.
      if (found.get(key)?.movedFrom === undefined && found.has(key)) continue;
      found.set(key, meeting);
    }
  }
  return [...found.values()].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
}

import { weekdays, type Weekday } from '../../calendar/local-dates.ts';
import type { ScheduleKind, WallTime } from '../../feature/schedules.ts';
import { planTurn } from './plan-turn.ts';
import { plansOf } from './rhythms.ts';
import { reminderMinutes, type Rhythm } from './rules.ts';

const dayMinutes = 24 * 60;

/** Half an hour earlier by the clock on the wall; just after midnight that is the day before. */
function before({ at, weekday: on }: WallTime): WallTime {
  const [hours = 0, minutes = 0] = at.split(':').map(Number);
  const wall = hours * 60 + minutes - reminderMinutes;
  const minute = (wall + dayMinutes) % dayMinutes;
  const pad = (part: number): string => String(part).padStart(2, '0');
  const earlier = `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;
  return on === undefined ? { at: earlier } : { at: earlier, weekday: wall < 0 ? dayBefore(on) : on };
}
const dayBefore = (day: Weekday): Weekday =>
  weekdays[(weekdays.indexOf(day) + weekdays.length - 1) % weekdays.length] ?? day;

/**
 * A turn comes before the meeting: it reminds the team, and the meeting then begins by itself. A monthly one has a turn
 * every week: which of them counts, and what a closure moves, is decided at the turn.
 */
const meetingOf = (rhythm: Rhythm): ScheduleKind => ({
  of: 'team',
  when({ schedules }) {
    const plan = plansOf(schedules).find((one) => one.rhythm === rhythm);
    return plan === undefined ? undefined : before(plan);
  },
  run: (work, turn) => planTurn(work, rhythm, turn),
});

export const huddleSchedules = {
  'huddle-weekly': meetingOf('weekly'),
  'huddle-standup': meetingOf('standup'),
  'huddle-monthly': meetingOf('monthly'),
} as const;

import { addDaysToDate, findWorkingDay, weekdayOf } from '../../chat/local-date-arithmetic.ts';
import { atLocalTime, localDate, localTime } from '../../chat/local-date.ts';
import type { OutOfHours } from '../../access/team-policies.ts';
import type { BusinessDay } from './ladder.ts';
import type { TeamSetup } from './setup-records.ts';

type Calendar = Pick<TeamSetup, 'zone' | 'workingDays' | 'closures' | 'policies'>;

/** When a team is staffed that says nothing of it. */
const usualHours = '08:00-18:00';
const hoursOf = ({ policies }: Calendar): { readonly from: string; readonly to: string } => {
  const staffed = policies.outOfHours?.staffed ?? usualHours;
  return { from: staffed.slice(0, 5), to: staffed.slice(6) };
};

const isWorkingDay =
  ({ workingDays, closures }: Calendar) =>
  (day: string): boolean =>
    workingDays.has(weekdayOf(day)) && !closures.has(day);

/** The start of the team's business days. A calendar without any working day must not stop a ladder: any day will do. */
export function businessDayOf(team: Calendar): BusinessDay {
  const { from } = hoursOf(team);
  return (after, count) => {
    const today = localDate(after, team.zone);
    const day = findWorkingDay(today, count, isWorkingDay(team)) ?? addDaysToDate(today, count);
    return atLocalTime(day, from, team.zone);
  };
}

/** True in the hours in which somebody of the team is there. */
export function isStaffed(team: Calendar, at: Date): boolean {
  const { from, to } = hoursOf(team);
  const time = localTime(at, team.zone);
  return isWorkingDay(team)(localDate(at, team.zone)) && time >= from && time < to;
}

/** What the team decided for hours in which nobody is there; undefined while somebody is, or where it decided nothing. */
export function routeNow(team: Calendar, at: Date): OutOfHours['route'] | undefined {
  return isStaffed(team, at) ? undefined : team.policies.outOfHours?.route;
}

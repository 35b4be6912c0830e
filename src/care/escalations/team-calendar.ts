import { addDaysToDate } from '../../calendar/local-dates.ts';
import { findWorkingDay, hoursOn, usualHours, worksOn, type WorkingTime } from '../../calendar/working-time.ts';
import { atLocalTime, localDate, localTime } from '../../calendar/zones.ts';
import type { OutOfHours } from './policies.ts';
import type { BusinessDay } from './ladder.ts';
import type { TeamSetup } from './setup-records.ts';

type Staffed = WorkingTime & Pick<TeamSetup, 'policies'>;

const staffedHours = ({ policies }: Staffed): string => policies.outOfHours?.staffed ?? usualHours;

/** The start of the team's business days. A calendar without any working day must not stop a ladder: any day will do. */
export function businessDayOf(team: Staffed): BusinessDay {
  const [from = ''] = staffedHours(team).split('-');
  return (after, count) => {
    const today = localDate(after, team.zone);
    const day = findWorkingDay(today, count, worksOn(team)) ?? addDaysToDate(today, count);
    return atLocalTime(day, from, team.zone);
  };
}

/** True in the hours in which somebody of the team is there. */
export function isStaffed(team: Staffed, at: Date): boolean {
  const hours = hoursOn(team, localDate(at, team.zone), staffedHours(team));
  const time = localTime(at, team.zone);
  return hours !== undefined && time >= hours.from && time < hours.to;
}

/** What the team decided for hours in which nobody is there; undefined while somebody is, or where it decided nothing. */
export function routeNow(team: Staffed, at: Date): OutOfHours['route'] | undefined {
  return isStaffed(team, at) ? undefined : team.policies.outOfHours?.route;
}

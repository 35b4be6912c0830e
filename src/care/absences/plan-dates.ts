import { addDaysToDate } from '../../calendar/local-dates.ts';
import { findWorkingDay, hoursOn, usualHours, worksOn, type WorkingTime } from '../../calendar/working-time.ts';
import { atLocalTime, localDate, startOfLocalDay } from '../../calendar/zones.ts';

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
export const [usualMorning = '08:00'] = usualHours.split('-');

/** From one local date to another, both included. What begins today begins now. */
export function planDates(time: WorkingTime, from: string, to: string, now: Date): Dates {
  const { zone } = time;
  // Somebody without any working day in sight is back the day after.
  const backOn = findWorkingDay(to, 1, worksOn(time)) ?? addDaysToDate(to, 1);
  return {
    startsOn: from,
    endsOn: to,
    backOn,
    startsAt: from <= localDate(now, zone) ? now : startOfLocalDay(from, zone),
    endsAt: startOfLocalDay(addDaysToDate(to, 1), zone),
    backAt: atLocalTime(backOn, hoursOn(time, backOn, usualHours)?.from ?? usualMorning, zone),
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

import type { KnownUser } from '../access/records.ts';
import type { Reading } from './command.ts';
import { weekdayOf } from './local-date-arithmetic.ts';

/** How words are read on a day: the team's working days and closures, the organisation's date order. */
export function createReading(
  calendar: Pick<KnownUser, 'dateOrder' | 'workingDays' | 'closures'>,
  today: string,
): Reading {
  return {
    today,
    ...(calendar.dateOrder === undefined ? {} : { dateOrder: calendar.dateOrder }),
    isWorkingDay: (isoDate) => calendar.workingDays.has(weekdayOf(isoDate)) && !calendar.closures.has(isoDate),
  };
}

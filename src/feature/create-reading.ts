import type { KnownUser } from '../access/records.ts';
import type { Reading } from '../chat/command.ts';
import { worksOn, type WorkingDays } from '../calendar/working-time.ts';

/** How words are read on a day: the team's working days and closures, the organisation's date order. */
export function createReading(calendar: WorkingDays & Pick<KnownUser, 'dateOrder'>, today: string): Reading {
  return {
    today,
    ...(calendar.dateOrder === undefined ? {} : { dateOrder: calendar.dateOrder }),
    isWorkingDay: worksOn(calendar),
  };
}

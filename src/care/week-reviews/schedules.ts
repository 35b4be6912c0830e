import { z } from 'zod';
import { weekdays } from '../../calendar/local-dates.ts';
import type { ScheduleKind } from '../../feature/schedules.ts';
import { makeWeek } from './make-week.ts';

/** What of a team's file says when; the file's reader has checked it whole. */
const schema = z.object({
  weeklyDigest: z.object({ weekday: z.enum(weekdays), at: z.string() }).optional(),
});

/** What supervisors read of a team's week. */
export const weeklyDigest: ScheduleKind = {
  of: 'team',
  when: ({ schedules }) => schema.parse(schedules).weeklyDigest,
  run: makeWeek,
};

import { z } from 'zod';
import { fileSetting, type FileSettings } from '../../access/file-settings.ts';
import { timeSchema, weekdaySchema } from '../../access/file-values.ts';
import type { ScheduleKind } from '../../feature/schedules.ts';
import { makeWeek } from './make-week.ts';

/** `place`: the team's place reads it too, beside its supervisors. */
const weeklyDigestSchema = z.strictObject({ weekday: weekdaySchema, at: timeSchema, place: z.boolean().optional() });
/** What of a team's file says when. */
const schema = z.object({ weeklyDigest: weeklyDigestSchema.optional() });

/** What supervisors read of a team's week. */
export const weeklyDigest: ScheduleKind = {
  of: 'team',
  when({ schedules }) {
    const found = schema.parse(schedules).weeklyDigest;
    return found === undefined ? undefined : { at: found.at, weekday: found.weekday };
  },
  run: makeWeek,
};

export const weekSettings: Partial<FileSettings> = { schedules: { weeklyDigest: fileSetting(weeklyDigestSchema) } };

import { z } from 'zod';
import { timeSchema, weekdaySchema } from '../../access/file-values.ts';
import { fileSetting, type FileSettings } from '../../access/file-settings.ts';

const minutesSchema = z.int().min(5).max(480);

/**
 * When a team meets over its caseload, as the organisation file writes it and the database keeps it: a weekly huddle,
 * a short stand-up on each working day, a monthly one on the n-th weekday of the month.
 */
export const meetingsSchema = z.object({
  huddle: z.strictObject({ weekday: weekdaySchema, at: timeSchema, minutes: minutesSchema.optional() }).optional(),
  standup: z.strictObject({ at: timeSchema, minutes: minutesSchema.optional() }).optional(),
  monthly: z
    .strictObject({
      weekday: weekdaySchema,
      week: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal('last')], {
        error: 'a week of the month is 1, 2, 3, 4 or last',
      }),
      at: timeSchema,
      minutes: minutesSchema.optional(),
    })
    .optional(),
});

const { huddle, standup, monthly } = meetingsSchema.shape;
export const huddleSettings: Partial<FileSettings> = {
  schedules: { huddle: fileSetting(huddle), standup: fileSetting(standup), monthly: fileSetting(monthly) },
};

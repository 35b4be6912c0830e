import { z } from 'zod';
import { idSchema, timeSchema, weekdaySchema } from '../../access/file-values.ts';
import { fileSetting, type FileSettings } from '../../access/file-settings.ts';

/** Local times of the team; `to` at or before `from` is on the next day. */
const shiftSchema = z.strictObject({ weekday: weekdaySchema, from: timeSchema, to: timeSchema, person: idSchema });
export type PatternShift = z.infer<typeof shiftSchema>;

const dutySchema = z.strictObject({ pattern: z.array(shiftSchema).max(200) });

/** What of a team's policies duty goes by; the file's reader has checked them whole. */
const policiesSchema = z.object({ duty: dutySchema.optional() });

/** A team's weekly pattern; undefined where it has no rota. */
export const patternOf = (policies: unknown): readonly PatternShift[] | undefined =>
  policiesSchema.parse(policies).duty?.pattern;

export const dutySettings: Partial<FileSettings> = {
  team: {
    duty: fileSetting(dutySchema, ({ pattern }) =>
      pattern.map(({ person }, index) => ({ path: `.pattern[${index}].person`, person })),
    ),
  },
  schedules: {
    /** False: nobody of the rota is asked each month whether a message reaches them. */
    dutyCheck: fileSetting(z.boolean()),
  },
};

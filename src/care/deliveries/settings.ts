import { z } from 'zod';
import { fileSetting, type FileSettings } from '../../access/file-settings.ts';

/** How the team's people are left in peace by what can wait. Escalations wait for nothing. */
const attentionSchema = z.strictObject({
  /** When a person without hours of their own is pushed; 07:00-20:00 when left out. `always`: nobody has quiet hours. */
  hours: z
    .string()
    .regex(/^(always|([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d)$/, 'hours are written 07:00-20:00, or always')
    .refine((range) => range === 'always' || range.slice(0, 5) < range.slice(6), 'the end comes after the start')
    .optional(),
  /** Most messages a person is pushed in a minute; 6 when left out. */
  perMinute: z.int().min(1).max(60).optional(),
});

/** How much anybody of the organisation is pushed. Escalations, and what somebody asked for, are not counted. */
const pushBudgetSchema = z.strictObject({
  /** Most messages a person is pushed on a working day; 6 when left out. The rest stands in their next digest. */
  pushesPerDay: z.int().min(2).max(100).optional(),
});

/** Read where something is about to be sent: src/delivery/read-situation.ts. */
export const attentionSettings: Partial<FileSettings> = {
  organisation: { attention: fileSetting(pushBudgetSchema) },
  team: { attention: fileSetting(attentionSchema) },
};

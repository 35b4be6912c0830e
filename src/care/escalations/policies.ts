import { z } from 'zod';
import { hoursSchema, idSchema, phoneSchema } from '../../access/file-values.ts';
import { fileSetting, type FileSettings, type NamedPerson } from '../../access/file-settings.ts';

/**
 * How a team answers when something is wrong, as the organisation file writes it and the database keeps it: who is told
 * and when (ladders), what happens out of hours, whom to call.
 */

/** Whom a step of a ladder tells: by what they are to the client, by role, by the rota, or one person by name. */
export const rungSchema = z.union([
  z.enum(['owner', 'duty', 'supervisor', 'director']),
  z.strictObject({ person: idSchema }),
]);
export type Rung = z.infer<typeof rungSchema>;

export const ladderSchema = z.strictObject({
  /** `after`: minutes since it was raised, or `next-business-day`. Times never go down. */
  steps: z
    .array(
      z.strictObject({
        after: z.union([z.int().min(0).max(10_080), z.literal('next-business-day')]),
        tell: z.array(rungSchema).min(1),
      }),
    )
    .min(1)
    .max(10)
    .refine(
      (steps) => steps.every(({ after }, index) => minutesOf(after) >= minutesOf(steps[index - 1]?.after ?? 0)),
      'steps stand in the order of their times',
    ),
  /** Minutes an acknowledgement holds without an end; a reminder comes at two thirds of it. */
  acknowledgedFor: z.int().min(5).max(10_080).optional(),
  /** Two different people must acknowledge before the ladder stops. */
  needsTwo: z.boolean().optional(),
});
export type Ladder = z.infer<typeof ladderSchema>;
const minutesOf = (after: number | 'next-business-day'): number => (after === 'next-business-day' ? 1_440 : after);

export const outOfHoursSchema = z.strictObject({
  /** When the team is staffed on its working days. */
  staffed: hoursSchema,
  /** `duty`: the rota has it. `crisis-line`: callers are sent there, and the ladder runs all the same. `not-staffed`: said at once. */
  route: z.enum(['duty', 'crisis-line', 'not-staffed']),
  /** Whom to call then, beside the organisation's own lines. */
  call: phoneSchema.optional(),
});
export type OutOfHours = z.infer<typeof outOfHoursSchema>;

/** Whom to call in a crisis. 988 and 911 stand on every card even when nothing is written here. */
export const crisisSchema = z.strictObject({
  /** The organisation's own crisis number. */
  number: phoneSchema.optional(),
  mobileCrisis: phoneSchema.optional(),
  /** Local emergency services; 911 when left out. */
  emergency: phoneSchema.optional(),
  /** The person who is told when nobody else of a ladder can be. */
  fallback: idSchema.optional(),
});
export type Crisis = z.infer<typeof crisisSchema>;

const laddersSchema = z.strictObject({
  crisis: ladderSchema.optional(),
  urgent: ladderSchema.optional(),
  concern: ladderSchema.optional(),
});

/** What of a team's policies an escalation goes by; the file's reader has checked them whole. */
export const teamPoliciesSchema = z.object({
  escalation: laddersSchema.optional(),
  outOfHours: outOfHoursSchema.optional(),
  /** That there is a rota; what stands in it is asked of duty. */
  duty: z.object({}).optional(),
});
export type TeamPolicies = z.infer<typeof teamPoliciesSchema>;

const namedInLadders = (ladders: z.infer<typeof laddersSchema>): readonly NamedPerson[] =>
  Object.entries(ladders).flatMap(([severity, ladder]) =>
    (ladder?.steps ?? []).flatMap(({ tell }, s) =>
      tell.flatMap((rung, r) =>
        typeof rung === 'string' ? [] : [{ path: `.${severity}.steps[${s}].tell[${r}].person`, person: rung.person }],
      ),
    ),
  );

export const escalationSettings: Partial<FileSettings> = {
  organisation: {
    crisis: fileSetting(crisisSchema, ({ fallback }) =>
      fallback === undefined ? [] : [{ path: '.fallback', person: fallback }],
    ),
  },
  team: { escalation: fileSetting(laddersSchema, namedInLadders), outOfHours: fileSetting(outOfHoursSchema) },
};

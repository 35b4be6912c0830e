import { z } from 'zod';
import { weekdays } from '../calendar/local-dates.ts';

/**
 * How a team answers when something is wrong, as the organisation file writes it and the database keeps it: who is
 * told and when (ladders), who is on duty (weekly pattern), what happens out of hours, whom to call.
 */
export const weekdaySchema = z.enum(weekdays);
export const timeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time is written 08:30');
const personIdSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'an id is lower-case letters, digits and dashes');
export const phoneSchema = z
  .string()
  .trim()
  .regex(/^[+\d][\d ().-]{1,30}$/, 'a number to call is written +1 555 010 0100, or 988');

/** Whom a step of a ladder tells: by what they are to the client, by role, by the rota, or one person by name. */
export const rungSchema = z.union([
  z.enum(['owner', 'duty', 'supervisor', 'director']),
  z.strictObject({ person: personIdSchema }),
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

/** Local times of the team; `to` at or before `from` is on the next day. */
export const dutyShiftSchema = z.strictObject({
  weekday: weekdaySchema,
  from: timeSchema,
  to: timeSchema,
  person: personIdSchema,
});
export type PatternShift = z.infer<typeof dutyShiftSchema>;

export const outOfHoursSchema = z.strictObject({
  /** When the team is staffed on its working days. */
  staffed: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/, 'hours are written 08:00-16:30')
    .refine((range) => range.slice(0, 5) < range.slice(6), 'the end comes after the start'),
  /** `duty`: the rota has it. `crisis-line`: callers are sent there, and the ladder runs all the same. `not-staffed`: said at once. */
  route: z.enum(['duty', 'crisis-line', 'not-staffed']),
  /** Whom to call then, beside the organisation's own lines. */
  call: phoneSchema.optional(),
});
export type OutOfHours = z.infer<typeof outOfHoursSchema>;

/** How the team's people are left in peace by what can wait. Escalations wait for nothing. */
export const attentionSchema = z.strictObject({
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
export const pushBudgetSchema = z.strictObject({
  /** Most messages a person is pushed on a working day; 6 when left out. The rest stands in their next digest. */
  pushesPerDay: z.int().min(2).max(100).optional(),
});

/** How much one person looks for and at clients who are not their own before who oversees is told. Nothing is refused. */
export const lookingSchema = z.strictObject({
  /** Names, numbers and notes shown within an hour; 30 when left out. */
  reveals: z.int().min(1).max(10_000).optional(),
  /** Different clients opened within an hour; 30 when left out. */
  clients: z.int().min(1).max(10_000).optional(),
  /** Searches that showed somebody within an hour; 60 when left out. */
  searches: z.int().min(1).max(100_000).optional(),
  /** Refusals on record within five minutes, the last of which is told; 10 when left out. */
  denials: z.int().min(2).max(10_000).optional(),
});
export type LookingLimits = z.infer<typeof lookingSchema>;

export const teamPoliciesSchema = z.strictObject({
  escalation: z
    .strictObject({
      crisis: ladderSchema.optional(),
      urgent: ladderSchema.optional(),
      concern: ladderSchema.optional(),
    })
    .optional(),
  duty: z.strictObject({ pattern: z.array(dutyShiftSchema).max(200) }).optional(),
  outOfHours: outOfHoursSchema.optional(),
  attention: attentionSchema.optional(),
});
export type TeamPolicies = z.infer<typeof teamPoliciesSchema>;

/** Whom to call in a crisis. 988 and 911 stand on every card even when nothing is written here. */
export const crisisSchema = z.strictObject({
  /** The organisation's own crisis number. */
  number: phoneSchema.optional(),
  mobileCrisis: phoneSchema.optional(),
  /** Local emergency services; 911 when left out. */
  emergency: phoneSchema.optional(),
  /** The person who is told when nobody else of a ladder can be. */
  fallback: personIdSchema.optional(),
});
export type Crisis = z.infer<typeof crisisSchema>;

import { z } from 'zod';

const count = z.number().nonnegative();

/**
 * The figures of a team, or of one coordinator, for a period. Kept as JSON with a review: names of colleagues, codes
 * and counts; nothing else of a client. Fields may be added with a default, none is renamed.
 */
export const figuresSchema = z.object({
  /** In the order of names. */
  load: z.array(
    z.object({
      person: z.string(),
      name: z.string(),
      clients: count,
      points: count,
      ceiling: count,
      /** Points at the end of each week, oldest first; the last is now. */
      trend: z.array(count),
    }),
  ),
  /** Follow-ups by `overdueAges`. */
  overdue: z.array(count),
  modes: z.array(z.object({ mode: z.string(), attempts: count, reached: count })),
  /** With the family, or over the chart: contacts that were no attempt to reach the client. */
  otherContacts: count,
  /** The last weeks, oldest first. */
  weeks: z.array(z.object({ from: z.string(), attempts: count, reached: count })),
  missed: z.array(z.object({ code: z.string(), tier: z.string(), times: count, lastOn: z.string() })),
  escalations: z.array(
    z.object({
      severity: z.string(),
      raised: count,
      /** A named human has it at the moment the figures are read, or has ended it. */
      taken: count,
      medianMinutes: z.number().nullable(),
      longestMinutes: z.number().nullable(),
      late: count,
    }),
  ),
  /** Referral loops by `loopAges`. */
  loops: z.array(count),
  /** In the order of names. */
  partners: z.array(
    z.object({
      name: z.string(),
      asked: count,
      /** Answered, or not answered although the time is over. */
      decided: count,
      inTime: count,
      medianHours: z.number().nullable(),
    }),
  ),
  /** What was asked for, was not served, and was asked of nobody else since; most first. `service`: '' = not said. */
  unmet: z.array(z.object({ service: z.string(), reason: z.string(), times: count })).default([]),
  work: z.object({
    contacts: count,
    afterHours: count,
    daysOff: count,
    /** Presses, forms and commands of the team's people, and the contacts they logged. */
    acts: count,
    logged: count,
  }),
  tiers: z.array(z.object({ tier: z.string(), clients: count, minutes: count })),
});
export type Figures = z.infer<typeof figuresSchema>;

/** What two periods are compared by. */
export interface Summary {
  readonly overdue: number;
  readonly attempts: number;
  readonly reached: number;
  readonly missed: number;
  readonly oldLoops: number;
  readonly late: number;
  readonly outOfHours: number;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

export function summarise(figures: Figures): Summary {
  return {
    overdue: sum(figures.overdue),
    attempts: sum(figures.modes.map(({ attempts }) => attempts)),
    reached: sum(figures.modes.map(({ reached }) => reached)),
    missed: figures.missed.length,
    oldLoops: figures.loops.at(-1) ?? 0,
    late: sum(figures.escalations.map(({ late }) => late)),
    outOfHours: figures.work.afterHours + figures.work.daysOff,
  };
}

/** What is kept with a review: the week, and what it was compared with. */
export const frozenSchema = z.object({
  now: figuresSchema,
  before: z.object({
    overdue: count,
    attempts: count,
    reached: count,
    missed: count,
    oldLoops: count,
    late: count,
    outOfHours: count,
  }),
});
export type Week = z.infer<typeof frozenSchema>;

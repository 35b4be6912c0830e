import { z } from 'zod';
import type { Severity } from './rules.ts';

/**
 * The ladder: whom a step tells, and when. Pure: people and calendars come in as values.
 *
 * `catch-all` is the end of every ladder: the person the organisation named for it, else every supervisor, else every
 * administrator.
 */
export const rungSchema = z.union([
  z.enum(['owner', 'duty', 'supervisor', 'director', 'catch-all']),
  z.object({ person: z.string() }),
]);
export type Rung = z.infer<typeof rungSchema>;
const afterSchema = z.union([z.int().min(0), z.literal('next-business-day')]);

const ladderShape = {
  steps: z.array(z.object({ after: afterSchema, tell: z.array(rungSchema).min(1) })).min(1),
  /** Minutes an acknowledgement holds without an end. */
  acknowledgedFor: z.int().min(1),
  needsTwo: z.boolean(),
  /** After the last step, for as long as nobody takes it: minutes, or every business day. */
  repeatEvery: z.union([z.int().min(1), z.literal('business-day')]),
};
const ladderSchema = z.object(ladderShape);
export type Ladder = z.infer<typeof ladderSchema>;

/**
 * A ladder as it was when it began, with the moments of the present run. A run begins when it is raised, when an
 * acknowledgement has run out, when who had it left, and when it is opened again.
 */
export const frozenSchema = z.object({
  ...ladderShape,
  run: z.int().min(1),
  startedAt: z.iso.datetime(),
  /** Planned moment of each step. */
  at: z.array(z.iso.datetime()).min(1),
  /** Planned moment of the step that comes next. */
  nextAt: z.iso.datetime(),
});
export type Frozen = z.infer<typeof frozenSchema>;

/**
 * Defaults, ours (docs/authorities.md, "Escalation"): "crisis: page owner + on-call, ack 5 min -> supervisor 10 ->
 * director 20; urgent: ack 30 min -> 60 -> 120; concern: next business day". Read so that nobody waits longer than
 * either reading says: when the time to acknowledge has run out the supervisor is told and those before are called a
 * second time; then the director; at the last time everybody who can be named. A concern that nobody takes on its
 * business day is the supervisor's on the next.
 */
export const defaultLadders: Readonly<Record<Severity, Ladder>> = {
  crisis: fourSteps([0, 5, 10, 20], { acknowledgedFor: 60, repeatEvery: 15 }),
  urgent: fourSteps([0, 30, 60, 120], { acknowledgedFor: 8 * 60, repeatEvery: 60 }),
  concern: {
    steps: [
      { after: 'next-business-day', tell: ['owner', 'duty'] },
      { after: 'next-business-day', tell: ['supervisor', 'owner'] },
    ],
    acknowledgedFor: 3 * 24 * 60,
    needsTwo: false,
    repeatEvery: 'business-day',
  },
};

function fourSteps(
  [first, second, third, last]: readonly [number, number, number, number],
  more: Pick<Ladder, 'acknowledgedFor' | 'repeatEvery'>,
): Ladder {
  return {
    steps: [
      { after: first, tell: ['owner', 'duty'] },
      { after: second, tell: ['supervisor', 'owner', 'duty'] },
      { after: third, tell: ['director', 'supervisor'] },
      { after: last, tell: ['director', 'catch-all'] },
    ],
    needsTwo: false,
    ...more,
  };
}

/** About somebody who has died here there is no hurry that a ladder could help: their supervisor looks at it. */
export const deceasedLadder: Ladder = {
  ...defaultLadders.concern,
  steps: [{ after: 0, tell: ['supervisor'] }],
};

const minute = 60_000;

/** The start of the `count`-th business day after a moment's local day (1 = the next one). */
export type BusinessDay = (after: Date, count: number) => Date;

/**
 * The moments of a run. Minutes run on the clock, whatever clocks on the wall do; business days are those of the
 * team: the first `next-business-day` of a ladder is the next one, the second the one after it. Never backwards.
 */
export function planRun(ladder: Ladder, startedAt: Date, businessDay: BusinessDay): readonly Date[] {
  let days = 0;
  let last = startedAt.getTime();
  return ladder.steps.map(({ after }) => {
    const planned =
      after === 'next-business-day'
        ? businessDay(startedAt, (days += 1)).getTime()
        : startedAt.getTime() + after * minute;
    last = Math.max(last, planned);
    return new Date(last);
  });
}

/** Begins a run of a ladder. */
export function freeze(ladder: Ladder, run: number, startedAt: Date, businessDay: BusinessDay): Frozen {
  const at = planRun(ladder, startedAt, businessDay).map((moment) => moment.toISOString());
  return {
    steps: ladder.steps,
    acknowledgedFor: ladder.acknowledgedFor,
    needsTwo: ladder.needsTwo,
    repeatEvery: ladder.repeatEvery,
    run,
    startedAt: startedAt.toISOString(),
    at,
    nextAt: at[0] ?? startedAt.toISOString(),
  };
}

/** How often the last step is repeated while the ladder goes on. */
function repeatAfter(frozen: Frozen, moment: Date, businessDay: BusinessDay): Date {
  return frozen.repeatEvery === 'business-day'
    ? businessDay(moment, 1)
    : new Date(moment.getTime() + frozen.repeatEvery * minute);
}

/**
 * When the step after `done` steps comes. A step of the ladder keeps its planned moment, even one that has passed: it
 * is made up for. Repetitions that were missed are not: the next one lies after `now`.
 */
export function nextMoment(frozen: Frozen, done: number, now: Date, businessDay: BusinessDay): Date {
  const planned = frozen.at[done];
  if (planned !== undefined) return new Date(planned);
  let next = repeatAfter(frozen, new Date(frozen.at.at(-1) ?? frozen.startedAt), businessDay);
  while (next <= now) next = repeatAfter(frozen, next, businessDay);
  return next;
}

/** The ladder stands still until a moment: what comes next, and all that follows, comes as much later. Never earlier. */
export function standStill(frozen: Frozen, done: number, until: Date): Frozen {
  const later = until.getTime() - Date.parse(frozen.nextAt);
  if (later <= 0) return frozen;
  const moved = (moment: string): string => new Date(Date.parse(moment) + later).toISOString();
  return {
    ...frozen,
    at: frozen.at.map((moment, index) => (index >= done ? moved(moment) : moment)),
    nextAt: moved(frozen.nextAt),
  };
}

/** How long there is to take one, in milliseconds; undefined where business days count. */
export function answerWithin({ steps }: Pick<Frozen, 'steps'>): number | undefined {
  const [first, second] = steps.map(({ after }) => after);
  if (typeof first !== 'number' || typeof second !== 'number') return undefined;
  return Math.max(1, second - first) * minute;
}

/** Whom the step after `done` steps tells: of the ladder, or the last one again with everybody who can be named. */
export function rungsOf(frozen: Pick<Frozen, 'steps'>, done: number): readonly Rung[] {
  const step = frozen.steps[done];
  if (step !== undefined) return step.tell;
  const again = frozen.steps.at(-1)?.tell ?? [];
  return again.includes('catch-all') ? again : [...again, 'catch-all'];
}

/** By when somebody must have taken it: the moment of the second step. */
export function acknowledgeBy(frozen: Frozen, businessDay: BusinessDay): Date {
  const second = frozen.at[1];
  if (second !== undefined) return new Date(second);
  return repeatAfter(frozen, new Date(frozen.at[0] ?? frozen.startedAt), businessDay);
}

/** A step made within this long of its moment was on time (trust notes §1.5: 60 s). */
const grace = minute;
export const isLate = (planned: Date, actual: Date): boolean => actual.getTime() - planned.getTime() > grace;

/** A reminder comes at two thirds of the time an acknowledgement holds. */
export function holdFrom(
  now: Date,
  { acknowledgedFor }: Pick<Ladder, 'acknowledgedFor'>,
): {
  readonly remindAt: Date;
  readonly expiresAt: Date;
} {
  const whole = acknowledgedFor * minute;
  return { remindAt: new Date(now.getTime() + (whole * 2) / 3), expiresAt: new Date(now.getTime() + whole) };
}

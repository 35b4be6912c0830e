import { z } from 'zod';

/**
 * The life of a huddle, as a table. Authority: docs/authorities.md, "Huddle" (huddle and case review: attendees, clients reviewed,
 * recommendation, who acts, due date, accepted or declined by the prescriber; minutes may be split per client, never
 * the whole meeting on each). It says what happened and judges nothing.
 */
export const rhythmSchema = z.enum(['weekly', 'standup', 'monthly']);
export type Rhythm = z.infer<typeof rhythmSchema>;

export const huddleStates = ['planned', 'open', 'ended', 'skipped'] as const;
export type HuddleState = (typeof huddleStates)[number];

/** What can be done with one, and in which state it is then. `can` and every button read this table. */
export const huddleActs = {
  start: { from: ['planned'], to: 'open' },
  skip: { from: ['planned'], to: 'skipped' },
  next: { from: ['open'], to: 'open' },
  back: { from: ['open'], to: 'open' },
  'next-week': { from: ['open'], to: 'open' },
  join: { from: ['open'], to: 'open' },
  recommend: { from: ['open'], to: 'open' },
  decide: { from: ['open'], to: 'open' },
  end: { from: ['open'], to: 'ended' },
} as const satisfies Record<string, { readonly from: readonly HuddleState[]; readonly to: HuddleState }>;
export type HuddleAct = keyof typeof huddleActs;

export function can(act: HuddleAct, state: HuddleState): boolean {
  const from: readonly HuddleState[] = huddleActs[act].from;
  return from.includes(state);
}

/** `waiting` until it was spoken about, or was put off; at the end nothing waits any more. */
export const itemStates = ['waiting', 'reviewed', 'carried'] as const;
export type ItemState = (typeof itemStates)[number];

/** How long each takes when the team says nothing (docs/authorities.md, "Huddle": daily 10 to 15, weekly 30 to 60 minutes). */
export const usualMinutes: Readonly<Record<Rhythm, number>> = { weekly: 45, standup: 15, monthly: 60 };
/** How far back the first one of its kind looks for what is new, in days. */
export const firstLookBackDays: Readonly<Record<Rhythm, number>> = { weekly: 7, standup: 1, monthly: 31 };
/** The team hears of it this long before it begins. */
export const reminderMinutes = 30;
/** Whoever comes later than this after the beginning is late. */
export const lateAfterMinutes = 5;
/** One that nobody ends is over after this many times its length. */
export const endsAfterLengths = 2;
/** How long who was asked has to accept or decline a recommendation: ours, as a routine referral. */
export const answerWorkingDays = 3;

const minute = 60_000;

/** Late = more than five minutes after it began; one that began early is judged by when it was called. */
export function isLate(joinedAt: Date, huddle: { readonly startsAt: Date; readonly startedAt: Date }): boolean {
  const began = Math.max(huddle.startsAt.getTime(), huddle.startedAt.getTime());
  return joinedAt.getTime() > began + lateAfterMinutes * minute;
}

/** When one that nobody ends is over. */
export function endsByItself(startedAt: Date, minutes: number): Date {
  return new Date(startedAt.getTime() + endsAfterLengths * minutes * minute);
}

/** Whole seconds between two moments; never less than none. */
export function secondsBetween(from: Date, to: Date): number {
  return Math.max(0, Math.floor((to.getTime() - from.getTime()) / 1000));
}

/**
 * Whole minutes for each of the times, by largest remainder: together never more than the times themselves, nor than
 * the meeting; none gets more than its own time rounded up; equal times differ by one minute at most.
 */
export function apportionMinutes(seconds: readonly number[], meetingSeconds: number): readonly number[] {
  const sum = seconds.reduce((total, one) => total + one, 0);
  if (sum === 0) return seconds.map(() => 0);
  const whole = Math.floor(Math.min(sum, Math.max(0, meetingSeconds)) / 60);
  const shares = seconds.map((one, index) => ({
    index,
    minutes: Math.floor((one * whole) / sum),
    rest: (one * whole) % sum,
  }));
  const left = whole - shares.reduce((total, { minutes }) => total + minutes, 0);
  const raised = new Set(
    [...shares]
      .sort((a, b) => b.rest - a.rest || a.index - b.index)
      .slice(0, left)
      .map(({ index }) => index),
  );
  return shares.map(({ index, minutes }) => minutes + (raised.has(index) ? 1 : 0));
}

/** What decides how an item stands when the huddle is over. */
export interface Unsettled {
  readonly state: ItemState;
  readonly seconds: number;
  /** It was the one spoken about at the end. */
  readonly current: boolean;
  /** A recommendation or a decision was recorded on it. */
  readonly recorded: boolean;
}

/**
 * What was not reached carries over. The one that was open counts as reviewed when something was recorded on it, or
 * when a person ended the huddle after a minute on it: who ends it says so by ending; the clock alone says nothing.
 */
export function settleItem(item: Unsettled, endedByPerson: boolean): 'reviewed' | 'carried' {
  if (item.state !== 'waiting') return item.state;
  return item.recorded || (item.current && endedByPerson && item.seconds >= 60) ? 'reviewed' : 'carried';
}

/** Whether this person was there when something was last spoken about. */
export function tookPart(joinedAt: Date, reviewedAt: Date | undefined): boolean {
  return reviewedAt !== undefined && joinedAt.getTime() <= reviewedAt.getTime();
}

/** A request to speak about somebody is open until it was, or until it is taken back. */
export const recommendationStates = ['noted', 'open', 'accepted', 'declined'] as const;
export type RecommendationState = (typeof recommendationStates)[number];

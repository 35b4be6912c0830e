import { z } from 'zod';
import type { Limit } from '../../calendar/limits.ts';

/**
 * The loop of a referral, as a table. Authority: HL7 SDOH Clinical Care 3.0.0 (2026-08-21), the state diagram of the
 * referral Task and who sets which status; `closed` is ours, apart from `completed`: a loop closes when the requester
 * has seen how it ended (its steps 11 to 13), whatever the ending was.
 */
export const referralStates = [
  'draft',
  'requested',
  'accepted',
  'rejected',
  'cancelled',
  'in-progress',
  'on-hold',
  'completed',
  'failed',
  'entered-in-error',
  'closed',
] as const;
export type ReferralState = (typeof referralStates)[number];
/** Where a referral comes from before it is one. */
export type Start = '(start)';

/** `requester` asked; `target` is who was asked, or who tracks a partner by hand. */
export type Side = 'requester' | 'target';

interface Step {
  readonly from: readonly (ReferralState | Start)[];
  readonly to: ReferralState;
  readonly by: Side | 'either';
  /** A coded reason is required: the guide's statusReason with its text, made mandatory here. */
  readonly reason?: true;
  /** The other side gets a fresh copy, because this is news to them; else copies only follow. */
  readonly tells?: true;
}

const taken = ['accepted', 'in-progress', 'on-hold'] as const;

/** What can be done, from which states to which, by whom. `can` and every button read this table. */
export const referralSteps = {
  draft: { from: ['(start)'], to: 'draft', by: 'requester' },
  request: { from: ['(start)', 'draft'], to: 'requested', by: 'requester', tells: true },
  accept: { from: ['requested'], to: 'accepted', by: 'target', tells: true },
  decline: { from: ['requested'], to: 'rejected', by: 'target', reason: true, tells: true },
  start: { from: ['accepted'], to: 'in-progress', by: 'target' },
  resume: { from: ['on-hold'], to: 'in-progress', by: 'target' },
  hold: { from: ['accepted', 'in-progress'], to: 'on-hold', by: 'target', reason: true },
  complete: { from: taken, to: 'completed', by: 'target', tells: true },
  fail: { from: taken, to: 'failed', by: 'target', reason: true, tells: true },
  cancel: { from: ['requested', ...taken], to: 'cancelled', by: 'either', reason: true, tells: true },
  // Ours: declined, failed and cancelled loops close too. Restarting is a new referral (the guide: a new Task).
  close: { from: ['completed', 'rejected', 'failed', 'cancelled'], to: 'closed', by: 'requester' },
  'enter-in-error': {
    from: referralStates.filter((state) => state !== 'entered-in-error'),
    to: 'entered-in-error',
    by: 'requester',
    tells: true,
  },
} as const satisfies Record<string, Step>;
export type ReferralStep = keyof typeof referralSteps;
export const stepNames = Object.keys(referralSteps) as readonly ReferralStep[];

/** True when somebody of this side may take this step from this state. */
export function can(step: ReferralStep, state: ReferralState | Start, side: Side): boolean {
  const { from, by }: Step = referralSteps[step];
  return from.includes(state) && (by === 'either' || by === side);
}

export function needsReason(step: ReferralStep): boolean {
  const { reason }: Step = referralSteps[step];
  return reason === true;
}

export function tellsOther(step: ReferralStep): boolean {
  const { tells }: Step = referralSteps[step];
  return tells === true;
}

/** States in which the receiving side still serves, or may. */
export const openStates: readonly ReferralState[] = ['requested', ...taken];

/** States in which somebody still has a step to take, or will have. */
const unclosedStates: readonly ReferralState[] = [...openStates, 'completed', 'rejected', 'failed', 'cancelled'];

/**
 * What is done inside a state, without leaving it: a question, words of the requester, an attempt to reach a partner,
 * why a partner declined, a colleague who takes over a side.
 */
export const referralNotes = {
  ask: { in: openStates, by: 'target' },
  tell: { in: openStates, by: 'requester' },
  attempt: { in: ['requested'], by: 'target' },
  explain: { in: ['rejected'], by: 'target' },
  'hand-over': { in: unclosedStates, by: 'either' },
} as const satisfies Record<string, { readonly in: readonly ReferralState[]; readonly by: Side | 'either' }>;
export type ReferralNote = keyof typeof referralNotes;

export function canNote(note: ReferralNote, state: ReferralState, side: Side): boolean {
  const { in: states, by }: { readonly in: readonly ReferralState[]; readonly by: Side | 'either' } =
    referralNotes[note];
  return states.includes(state) && (by === 'either' || by === side);
}

export const urgencySchema = z.enum(['crisis', 'urgent', 'routine']);
export type Urgency = z.infer<typeof urgencySchema>;

/**
 * Default timers of the programme, ours (docs/authorities.md, "Referral loop", "own"): an answer in 4 hours, 1 or 3 working days by
 * urgency; the first contact in 1, 2 or 7 days; word of the outcome 14 days on.
 */
export const limits: Readonly<Record<Urgency, { readonly answer: Limit; readonly firstContact: Limit }>> = {
  crisis: { answer: { hours: 4 }, firstContact: { days: 1 } },
  urgent: { answer: { workingDays: 1 }, firstContact: { days: 2 } },
  routine: { answer: { workingDays: 3 }, firstContact: { days: 7 } },
};
export const outcomeLimit: Limit = { days: 14 };

/** What decides whose turn it is. */
export interface Loop {
  readonly state: ReferralState;
  readonly urgency: Urgency;
  readonly requester: string;
  /** The named human of the receiving side; a team has none until somebody takes it. */
  readonly receiver: string | undefined;
  readonly toKind: 'person' | 'team' | 'partner';
  /** A question was asked in this state and not answered. */
  readonly questionWaits: boolean;
  /** Which side took the last step. */
  readonly lastSide: Side | undefined;
  readonly dueAt: Date | undefined;
}

/** What the next step is about. */
export type NextTask =
  'answer-request' | 'answer-question' | 'first-contact' | 'tell-outcome' | 'resume' | 'close' | 'close-or-refer-on';

export interface NextTurn {
  readonly side: Side;
  /** A person's id; undefined = whoever of the asked team takes it. */
  readonly person: string | undefined;
  readonly task: NextTask;
  readonly by: Date | undefined;
}

/** Who must act next, and what; undefined when the loop is closed. */
export function whoActsNext(loop: Loop): NextTurn | undefined {
  const turn = turnOf(loop);
  if (turn === undefined) return undefined;
  const person = turn.side === 'requester' ? loop.requester : loop.receiver;
  return { ...turn, person, by: loop.dueAt };
}

function turnOf(loop: Pick<Loop, 'state' | 'questionWaits' | 'lastSide'>): Pick<NextTurn, 'side' | 'task'> | undefined {
  if (loop.questionWaits && openStates.includes(loop.state)) return { side: 'requester', task: 'answer-question' };
  switch (loop.state) {
    case 'requested':
      return { side: 'target', task: 'answer-request' };
    case 'accepted':
      return { side: 'target', task: 'first-contact' };
    case 'in-progress':
      return { side: 'target', task: 'tell-outcome' };
    case 'on-hold':
      return { side: 'target', task: 'resume' };
    case 'completed':
      return { side: 'requester', task: 'close' };
    case 'rejected':
    case 'failed':
      return { side: 'requester', task: 'close-or-refer-on' };
    case 'cancelled':
      // Who called it off themselves knows: nobody waits for them to say so twice.
      return loop.lastSide === 'requester' ? undefined : { side: 'requester', task: 'close-or-refer-on' };
    case 'draft':
    case 'closed':
    case 'entered-in-error':
      return undefined;
  }
}

/** How long who acts next has for it. */
export function limitOf(urgency: Urgency, task: NextTask): Limit {
  if (task === 'first-contact') return limits[urgency].firstContact;
  return task === 'tell-outcome' || task === 'resume' ? outcomeLimit : limits[urgency].answer;
}

/**
 * The sides a person stands on. Of a team's referral that nobody took yet, every colleague of that team but the
 * requester; of a partner's, the person who tracks it by hand. Nobody refers to themselves, but who inherited what a
 * leaver asked of them, or was asked by them, stands on both sides, so that the loop can be closed.
 */
export function sidesOf(
  loop: Pick<Loop, 'requester' | 'receiver' | 'toKind'> & { readonly toTeam: string | undefined },
  who: { readonly person?: string; readonly team: string },
): readonly Side[] {
  const asks = who.person !== undefined && loop.requester === who.person;
  const serves = loop.receiver === undefined ? loop.toTeam === who.team && !asks : loop.receiver === who.person;
  return [...(asks ? (['requester'] as const) : []), ...(serves ? (['target'] as const) : [])];
}

/** Which of a referral's sides are somebody's own, by name. What a team has not taken yet is nobody's. */
export type OwnSide = 'requester' | 'receiver' | 'both';

export function ownSideOf(
  { requester, receiver }: Pick<Loop, 'requester' | 'receiver'>,
  person: string,
): OwnSide | undefined {
  if (requester === person) return receiver === person ? 'both' : 'requester';
  return receiver === person ? 'receiver' : undefined;
}

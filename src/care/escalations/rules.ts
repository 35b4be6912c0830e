import { z } from 'zod';

/**
 * The life of an escalation, as a table. Authority: the organisation's written escalation policy; defaults and what
 * must be provable of each (docs/authorities.md, "Escalation": ladder default, audit evidence). The bot records, routes and times:
 * severities are chosen by people, and only a person takes one or ends it.
 */
export const severitySchema = z.enum(['crisis', 'urgent', 'concern']);
export type Severity = z.infer<typeof severitySchema>;

export const escalationStates = ['raised', 'acknowledged', 'resolved'] as const;
export type EscalationState = (typeof escalationStates)[number];
/** States in which a named human still has to act. */
export const openStates: readonly EscalationState[] = ['raised', 'acknowledged'];

interface Act {
  readonly from: readonly EscalationState[];
  /** `same`: it stays in the state it is in. */
  readonly to: EscalationState | 'same';
  /**
   * `answerer`: who may take escalations. `raiser-too`: and who raised it, whatever their role. `raiser`: who raised it
   * and may take one.
   */
  readonly by: 'answerer' | 'raiser-too' | 'raiser';
  /** Only from the very version the person saw: pressed twice, it would do more than was meant. */
  readonly asSeen?: true;
}

/** What people can do with one. `canAct` and every button read this table. */
export const escalationActs = {
  acknowledge: { from: ['raised'], to: 'acknowledged', by: 'answerer' },
  'second-acknowledge': { from: ['raised'], to: 'acknowledged', by: 'answerer' },
  /**
   * Who raised it has it in hand for a quarter of an hour: the ladder waits, the next of it is told, and then it goes on
   * where it was. Nobody is kept out: it is no acknowledgement, once a run, and anybody may take it meanwhile. Ours
   * (docs/authorities.md, "Escalation"): whoever raised one is no second pair of eyes.
   */
  hold: { from: ['raised'], to: 'same', by: 'raiser' },
  'take-over': { from: ['acknowledged'], to: 'same', by: 'answerer', asSeen: true },
  /** Whoever has it still has it: the time an acknowledgement holds begins anew. */
  keep: { from: ['acknowledged'], to: 'same', by: 'answerer' },
  'add-note': { from: openStates, to: 'same', by: 'raiser-too' },
  'escalate-further': { from: openStates, to: 'same', by: 'answerer', asSeen: true },
  resolve: { from: openStates, to: 'resolved', by: 'answerer' },
  reopen: { from: ['resolved'], to: 'raised', by: 'raiser-too' },
} as const satisfies Record<string, Act>;
export type EscalationAct = keyof typeof escalationActs;
export const actNames = Object.keys(escalationActs) as readonly EscalationAct[];

/** How far an escalation has come, as far as acts depend on it. */
export interface Standing {
  readonly state: EscalationState;
  readonly needsTwo: boolean;
  readonly acknowledgedBy: string | undefined;
  readonly secondBy: string | undefined;
  /** Somebody was told already, and who raised it has not held it in this run of the ladder. */
  readonly holdable?: boolean;
}

/** Who wants to act. */
export interface Hand {
  /** Undefined where it is nobody in particular. */
  readonly person: string | undefined;
  readonly answers: boolean;
  readonly raised: boolean;
  /** Named by the ladder. */
  readonly told?: boolean;
}

/** True when this person may do this at all, in some state. */
export function mayAct(act: EscalationAct, who: Pick<Hand, 'answers' | 'raised'>): boolean {
  const { by }: Act = escalationActs[act];
  if (by === 'raiser') return who.answers && who.raised;
  return who.answers || (by === 'raiser-too' && who.raised);
}

/** True when this person may do this now. */
export function canAct(act: EscalationAct, standing: Standing, who: Hand): boolean {
  const { from }: Act = escalationActs[act];
  if (!from.includes(standing.state) || !mayAct(act, who)) return false;
  const firstIsThere = standing.state === 'raised' && standing.acknowledgedBy !== undefined;
  if (act === 'acknowledge') return !firstIsThere;
  // Whom the ladder named answers for it anyway.
  if (act === 'hold') return standing.holdable === true && !firstIsThere && who.told !== true;
  // Two pairs of eyes are two people.
  if (act === 'second-acknowledge') return firstIsThere && standing.acknowledgedBy !== who.person;
  if (act === 'take-over') return standing.acknowledgedBy !== who.person;
  if (act === 'keep' && who.person === undefined) return false;
  if (act === 'keep') return standing.acknowledgedBy === who.person || standing.secondBy === who.person;
  return true;
}

export function needsSameVersion(act: EscalationAct): boolean {
  const { asSeen }: Act = escalationActs[act];
  return asSeen === true;
}

/** The state that follows an act. A first of two acknowledgements stops nothing yet. */
export function stateAfter(act: EscalationAct, standing: Standing): EscalationState {
  const { to }: Act = escalationActs[act];
  if (act === 'acknowledge' && standing.needsTwo) return 'raised';
  return to === 'same' ? standing.state : to;
}

/** Acts by which somebody has it, or has ended it. */
const takingActs: ReadonlySet<string> = new Set<EscalationAct>([
  'acknowledge',
  'second-acknowledge',
  'take-over',
  'keep',
  'resolve',
]);
/** True when nobody's pager need ring on after this. The first of two acknowledgements stops nothing yet. */
export const stopsPagers = (act: string, after: EscalationState): boolean => after !== 'raised' && takingActs.has(act);

/**
 * The one moment at which it is looked at again by itself: of the ladder while nobody has it, of the acknowledgement
 * while somebody does. Settled, there is none.
 */
export function wakesAt(of: {
  readonly state: EscalationState;
  readonly nextAt: Date;
  readonly remindAt: Date | undefined;
  readonly expiresAt: Date | undefined;
}): { readonly step: Date | undefined; readonly expiry: Date | undefined } {
  return {
    step: of.state === 'raised' ? of.nextAt : undefined,
    expiry: of.state === 'acknowledged' ? (of.remindAt ?? of.expiresAt) : undefined,
  };
}

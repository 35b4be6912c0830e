/**
 * The life of an absence, and what it does to what is open. Ours (day: "Off sick"): what cannot wait goes to one named
 * cover at once; the rest moves to the first working day; when the owner is back, what nobody began is theirs again.
 */
export const absenceKinds = ['sick', 'away'] as const;
export type AbsenceKind = (typeof absenceKinds)[number];
export const absenceStates = ['planned', 'running', 'ended', 'undone'] as const;
export type AbsenceState = (typeof absenceStates)[number];

/** From which states to which. */
export const absenceSteps = {
  begin: { from: ['planned'], to: 'running' },
  end: { from: ['running'], to: 'ended' },
  undo: { from: ['planned', 'running'], to: 'undone' },
} as const satisfies Record<string, { from: readonly AbsenceState[]; to: AbsenceState }>;
export type AbsenceStep = keyof typeof absenceSteps;

export function can(step: AbsenceStep, state: AbsenceState): boolean {
  const from: readonly AbsenceState[] = absenceSteps[step].from;
  return from.includes(state);
}

/** The longest absence, and how far ahead one can be planned, in days: longer, and the clients need another coordinator. */
export const longestDays = 92;
export const furthestDays = 366;

/**
 * True for what an absence does not move: clients followed most closely are spoken to on the day that was promised
 * (tier limits, docs/authorities.md, "Contacts"). Referrals and escalations never move at all.
 */
export const cannotWait = ({ tier }: { readonly tier: string }): boolean => tier === 'high';

/** What an absence did to one open thing, as far as settling it depends on it. */
export interface Given {
  readonly owner: string;
  readonly cover: string;
  readonly at: Date;
}

/** How the thing stands when the owner is back. */
export interface Standing {
  /** Done, closed or resolved. */
  readonly over: boolean;
  /** Who answers for it now. */
  readonly holder: string | undefined;
  /** Somebody took it, or moved its day. */
  readonly taken: boolean;
  readonly acts: readonly { readonly by: string; readonly at: Date }[];
}

/** Why something does not come back to its owner. */
export const stayReasons = ['done', 'begun', 'handed-on', 'back-already'] as const;
export type StayReason = (typeof stayReasons)[number];

/** Whose it is when the owner is back: theirs, unless the cover has begun with it, or it went elsewhere meanwhile. */
export function settle(
  { owner, cover, at }: Given,
  standing: Standing,
): { readonly is: 'returns' } | { readonly is: 'stays'; readonly reason: StayReason } {
  if (standing.over) return { is: 'stays', reason: 'done' };
  if (standing.holder === owner) return { is: 'stays', reason: 'back-already' };
  if (standing.holder !== cover) return { is: 'stays', reason: 'handed-on' };
  const begun = standing.taken || standing.acts.some((act) => act.by === cover && act.at >= at);
  return begun ? { is: 'stays', reason: 'begun' } : { is: 'returns' };
}

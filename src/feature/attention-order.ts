/**
 * The one order of all that waits, behind `next`, digests, home, agendas, lists and reports. Whatever shows what is due
 * sorts by this rule and by no other, so that two lists read at one moment agree.
 *
 * Authority: the project's own: somebody may be in danger, then clocks set by clinical standards, then how closely a
 * client is followed, then what waits longest.
 */

/** How urgent a person said something open is, most urgent first. The bot never says it. */
export const severities = ['crisis', 'urgent', 'concern'] as const;
export type OpenSeverity = (typeof severities)[number];

/** What must be known of a thing to give it its place. */
export interface Attention {
  /** Of an escalation that is open. */
  readonly severity?: OpenSeverity | undefined;
  /** It runs on a clinical clock. */
  readonly clinical?: boolean | undefined;
  readonly tier?: string | undefined;
  /** Local date. */
  readonly dueOn: string;
  /** Since when it is open: of everything that has a severity, and of nothing else. */
  readonly since?: Date | undefined;
  readonly code: string;
  readonly id: string;
}

/** Of tiers, for the database too: `array_position` there. One that nobody knows comes last. */
const tiers = ['high', 'medium', 'low', 'maintenance'];

export function rankTier(tier: string | undefined): number {
  const rank = tier === undefined ? -1 : tiers.indexOf(tier);
  return rank < 0 ? tiers.length : rank;
}

export function rankSeverity(severity: OpenSeverity | undefined): number {
  return severity === undefined ? severities.length : severities.indexOf(severity);
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** In a crisis a client's usual tier says too little. */
const tierRank = ({ severity, tier }: Attention): number => (severity === 'crisis' ? 0 : rankTier(tier));

/** What is open waits since it was raised, whatever its day; everything else since the day it was due. */
const compareWait = (a: Attention, b: Attention): number =>
  a.since === undefined || b.since === undefined
    ? compareText(a.dueOn, b.dueOn)
    : a.since.getTime() - b.since.getTime();

/** Zero where two differ in nothing but whom they are about: what a list may order by something else. */
export function compareWeight(a: Attention, b: Attention): number {
  return (
    rankSeverity(a.severity) - rankSeverity(b.severity) ||
    Number(b.clinical === true) - Number(a.clinical === true) ||
    tierRank(a) - tierRank(b) ||
    compareWait(a, b)
  );
}

/** Severity of what is open, clinical clocks, tier, what waits longer; then the code and the id. */
export function compareAttention(a: Attention, b: Attention): number {
  return compareWeight(a, b) || compareText(a.code, b.code) || compareText(a.id, b.id);
}

/** What is not due yet stands by its day: nothing of it is needed before. */
export function compareComing(a: Attention, b: Attention): number {
  return compareText(a.dueOn, b.dueOn) || compareAttention(a, b);
}

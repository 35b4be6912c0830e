import { z } from 'zod';
import type { Tier } from '../clients/rules.ts';
import type { Mode, Outcome } from '../contacts/rules.ts';

/**
 * What a supervisor reads of a week, and by which rules something is pointed out. Facts, never a ranking of people:
 * colleagues stand in the order of their names.
 */

/** A caseload's ceiling, as it was from a date on. Later policies are added, none is edited: old weeks keep their own. */
export interface CeilingPolicy {
  readonly from: string;
  /** What a client of each tier weighs. */
  readonly weights: Readonly<Record<Tier, number>>;
  readonly pointsPerFte: number;
  /** Of the ceiling: from here on it is worth a look. */
  readonly soft: number;
}

/**
 * Weights and the share for a first warning: docs/authorities.md, "Caseload", the project's own proposal. 120 points for a full-time
 * coordinator are 60 clients of medium tier: the lower end of what AIMS gives for Medicaid and uninsured caseloads
 * (60 to 80 a full-time care manager, matrix of 2020).
 */
export const ceilingPolicies: readonly CeilingPolicy[] = [
  { from: '2020-01-01', weights: { high: 3, medium: 2, low: 1, maintenance: 0.5 }, pointsPerFte: 120, soft: 0.85 },
];
/** Somebody whose time is not stated in the organisation's file is counted as full time. */
export const defaultFte = 1;

/** The policy of a local date: the latest that had begun. */
export function ceilingOn(date: string): CeilingPolicy {
  const [first, ...later] = ceilingPolicies;
  if (first === undefined) throw new Error('there is no policy of ceilings');
  return later.reduce((current, one) => (one.from <= date && one.from > current.from ? one : current), first);
}

export const ceilingOf = (fte: number | undefined, policy: CeilingPolicy): number =>
  (fte ?? defaultFte) * policy.pointsPerFte;

/** Ways of trying to reach the client. A word with the family, or with the chart, is a contact but no attempt. */
export const attemptModes: readonly Mode[] = ['phone', 'video', 'visit', 'text', 'email', 'letter'];
/** Nobody answered: cancelling and refusing are answers. */
export const missedOutcomes: readonly Outcome[] = ['left-message', 'no-answer', 'no-show', 'wrong-number'];
/** This many in a row are a pattern (docs/authorities.md, "Contacts": act on repeated misses, by clinical review). */
export const missedInARow = 3;
/** How far back rows of missed attempts are followed, in days. */
export const missedLookback = 180;

/** Ages of what is overdue, in days since the day it was due; the last has no end. */
export const overdueAges = [
  { label: '0–2 days', from: 0 },
  { label: '3–7 days', from: 3 },
  { label: '8–14 days', from: 8 },
  { label: '15+ days', from: 15 },
] as const;
/** Ages of referral loops, in days since they were asked for (docs/authorities.md, "Referral loop": alerts at 7 and 14 days). */
export const loopAges = [
  { label: 'under 7 days', from: 0 },
  { label: '7–13 days', from: 7 },
  { label: '14+ days', from: 14 },
] as const;
/** States in which somebody still owes a step, until the requester has closed the loop. */
export const openLoopStates = [
  'requested',
  'accepted',
  'in-progress',
  'on-hold',
  'completed',
  'rejected',
  'failed',
] as const;

/** As many of one service are worth a look. */
export const muchUnmet = 3;

/** Partners: how far back their answers are counted, and how many it takes to say a share (docs/authorities.md, "Referral loop"). */
export const partnerDays = 90;
export const fewestAnswers = 5;
/** Weeks of a trend, this one included. */
export const trendWeeks = 8;
/** Longest report, in days. */
export const longestReport = 366;

/** What the reviewer will do. */
export const reviewActionSchema = z.enum([
  'nothing-needed',
  'load-moved',
  'outreach-planned',
  'partner-called',
  'escalations-gone-through',
  'brought-to-huddle',
  'staffing-raised',
  'other',
]);
export type ReviewAction = z.infer<typeof reviewActionSchema>;
export const reviewActionLabels: Readonly<Record<ReviewAction, string>> = {
  'nothing-needed': 'nothing needed',
  'load-moved': 'clients are moved between coordinators',
  'outreach-planned': 'outreach is planned for those not reached',
  'partner-called': 'the partner is called',
  'escalations-gone-through': 'the escalations are gone through with the team',
  'brought-to-huddle': 'it is brought to the huddle',
  'staffing-raised': 'staffing is raised with the director',
  other: 'something else',
};

/** The subject of a team's week, and of a report: what a card is drawn from. Ids hold no slash. */
export const weekSubject = (team: string, week: string): string => `${team}/${week}`;
const day = String.raw`\d{4}-\d{2}-\d{2}`;
const weekShape = new RegExp(`^([a-z0-9-]+)/(${day})$`);
const reportShape = new RegExp(`^(team|person):([a-z0-9-]+)/(${day})/(${day})$`);

export function readWeekSubject(subject: string): { readonly team: string; readonly week: string } | undefined {
  const [, team, week] = weekShape.exec(subject) ?? [];
  return team === undefined || week === undefined ? undefined : { team, week };
}

export interface ReportSubject {
  readonly of: 'team' | 'person';
  readonly id: string;
  readonly from: string;
  readonly to: string;
}
export const reportSubject = ({ of, id, from, to }: ReportSubject): string => `${of}:${id}/${from}/${to}`;
export function readReportSubject(subject: string): ReportSubject | undefined {
  const [, of, id, from, to] = reportShape.exec(subject) ?? [];
  if (id === undefined || from === undefined || to === undefined) return undefined;
  return { of: of === 'person' ? 'person' : 'team', id, from, to };
}

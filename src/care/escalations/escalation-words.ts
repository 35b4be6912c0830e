import { sentenceCase } from '../../chat/sentence-case.ts';
import { z } from 'zod';
import type { EscalationState, Severity } from './rules.ts';

/** Coded words of escalations, and how people say them. Neutral on purpose: nobody's risk is judged here. */

export const severityLabels: Readonly<Record<Severity, string>> = {
  crisis: 'Crisis: somebody now',
  urgent: 'Urgent: somebody today',
  concern: 'Concern: next business day',
};
export const severityAliases: Readonly<Record<string, Severity>> = {
  emergency: 'crisis',
  now: 'crisis',
  today: 'urgent',
  soon: 'urgent',
  worry: 'concern',
};

/** Chips of the form; `not-said` when nobody chose one. */
export const reasonSchema = z.enum([
  'self-harm',
  'harm-to-others',
  'abuse-or-neglect',
  'medical',
  'substance-use',
  'missing',
  'housing-or-safety',
  'medication',
  'other',
]);
export type Reason = z.infer<typeof reasonSchema>;
export const unsaid = 'not-said';
const reasonLabels: Readonly<Record<Reason, string>> = {
  'self-harm': 'self-harm',
  'harm-to-others': 'harm to others',
  'abuse-or-neglect': 'abuse or neglect',
  medical: 'medical',
  'substance-use': 'substance use',
  missing: 'missing',
  'housing-or-safety': 'housing or safety',
  medication: 'medication',
  other: 'another reason',
};

/** How it ended for the person it was about (docs/authorities.md, "Escalation", audit evidence: action taken, outcome). */
export const outcomeSchema = z.enum([
  'safe-now',
  'hospital',
  'mobile-crisis-dispatched',
  'law-enforcement',
  'safety-plan-reviewed',
  'linked-to-service',
  'no-risk-found-by-clinician',
  'unable-to-reach',
  'raised-in-error',
  'other',
]);
export type Outcome = z.infer<typeof outcomeSchema>;
const outcomeLabels: Readonly<Record<Outcome, string>> = {
  'safe-now': 'safe now',
  hospital: 'went to hospital',
  'mobile-crisis-dispatched': 'mobile crisis was sent',
  'law-enforcement': 'law enforcement has it',
  'safety-plan-reviewed': 'safety plan reviewed',
  'linked-to-service': 'linked to a service',
  'no-risk-found-by-clinician': 'a clinician found no risk',
  'unable-to-reach': 'could not be reached',
  'raised-in-error': 'raised in error',
  other: 'another outcome',
};

/** What follows from it in care (the same: plan change). */
export const dispositionSchema = z.enum([
  'routine-follow-up',
  'increased-contact',
  'care-plan-change',
  'transferred-care',
  'no-change',
  'other',
]);
export type Disposition = z.infer<typeof dispositionSchema>;
const dispositionLabels: Readonly<Record<Disposition, string>> = {
  'routine-follow-up': 'routine follow-up',
  'increased-contact': 'closer contact',
  'care-plan-change': 'care plan changes',
  'transferred-care': 'care was transferred',
  'no-change': 'no change',
  other: 'something else',
};

export const reopenReasonSchema = z.enum([
  'new-concern',
  'not-settled',
  'resolved-too-early',
  'resolved-in-error',
  'other',
]);
const reopenLabels: Readonly<Record<z.infer<typeof reopenReasonSchema>, string>> = {
  'new-concern': 'a new concern',
  'not-settled': 'it is not settled',
  'resolved-too-early': 'resolved too early',
  'resolved-in-error': 'resolved in error',
  other: 'another reason',
};

export const stateLabels: Readonly<Record<EscalationState, string>> = {
  raised: 'nobody has it',
  acknowledged: 'taken',
  resolved: 'resolved',
};

/** Why somebody was told, beside their name. */
const toldLabels: Readonly<Record<string, string>> = {
  owner: 'coordinator',
  duty: 'on duty',
  'duty-gap': 'nobody is on the rota',
  supervisor: 'supervisor',
  director: 'director',
  fallback: 'named for this',
  admin: 'administrator',
  named: 'named in the ladder',
  raiser: 'raised it',
  heir: 'in place of somebody who left',
  cover: 'in place of somebody who is away',
  returned: 'is back',
  reminder: 'reminded',
  held: 'next, while it is held',
  added: 'told again',
  'held-before': 'had it before',
};

const plain = (code: string): string => code.replaceAll('-', ' ');
const describe =
  (labels: Readonly<Record<string, string>>) =>
  (code: string): string =>
    labels[code] ?? plain(code);
/** Stored codes as people say them. */
export const describeReason = describe(reasonLabels);
export const describeOutcome = describe(outcomeLabels);
export const describeDisposition = describe(dispositionLabels);
export const describeReopening = describe(reopenLabels);

export const describeTold = describe(toldLabels);
/** Codes as options of a form, as people say them. */
export const optionsOf = (
  codes: readonly string[],
  say: (code: string) => string,
): { readonly value: string; readonly label: string }[] =>
  codes.map((value) => ({ value, label: sentenceCase(say(value)) }));

/** Who it is about, when that is nobody of the list: what stands in place of a code. */
export const notListed = 'somebody not in the list';

/** Who it is about was left out: that is no reason to wait. */
export const aboutNotSaid = 'not said';

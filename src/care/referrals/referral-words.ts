import { z } from 'zod';
import type { NextTask, ReferralNote, ReferralState, ReferralStep, Urgency } from './rules.ts';

/** Coded words of referrals, and how people say them. */

/** Why it was declined, put on hold, cancelled, or did not work out (docs/authorities.md, "Referral loop": decline and no-show reasons). */
export const reasonSchema = z.enum([
  'no-capacity',
  'ineligible',
  'insurance',
  'wrong-service',
  'missing-information',
  'consent-absent',
  'client-declined',
  'unreachable',
  'transport',
  'safety-concern',
  'duplicate',
  'other',
]);
export type Reason = z.infer<typeof reasonSchema>;
export const reasonLabels: Readonly<Record<Reason, string>> = {
  'no-capacity': 'no capacity',
  ineligible: 'not eligible',
  insurance: 'insurance',
  'wrong-service': 'wrong service',
  'missing-information': 'missing information',
  'consent-absent': 'no consent yet',
  'client-declined': 'the client declined',
  unreachable: 'the client was not reached',
  transport: 'transport',
  'safety-concern': 'a safety concern',
  duplicate: 'asked twice',
  other: 'another reason',
};

/** How serving ended (docs/authorities.md, "Referral loop": endpoints to count as closed). */
export const outcomeSchema = z.enum(['engaged', 'wait-listed', 'redirected', 'escalated-for-risk', 'other']);
export type Outcome = z.infer<typeof outcomeSchema>;
export const outcomeLabels: Readonly<Record<Outcome, string>> = {
  engaged: 'engaged',
  'wait-listed': 'on a waiting list',
  redirected: 'passed on elsewhere',
  'escalated-for-risk': 'escalated for risk',
  other: 'another outcome',
};

/** A partner who said no and not why: one tap after a call; the reason may follow. */
export const unsaidReason = 'not-said';
/** Why somebody was not served although they wanted to be: the service's reasons, not the client's. */
export const unservedReasons: readonly (Reason | typeof unsaidReason)[] = [
  'no-capacity',
  'ineligible',
  'insurance',
  'wrong-service',
  'transport',
  unsaidReason,
];
/** What came of trying to reach a partner. */
export const attemptSchema = z.enum(['no-answer', 'left-message']);
export type Attempt = z.infer<typeof attemptSchema>;
export const attemptLabels: Readonly<Record<Attempt, string>> = {
  'no-answer': 'no answer',
  'left-message': 'left message',
};

export const serviceSchema = z.enum([
  'housing',
  'food',
  'transport',
  'work',
  'benefits',
  'legal',
  'therapy',
  'psychiatry',
  'substance-use',
  'primary-care',
  'peer-support',
  'school',
  'other',
]);
export type Service = z.infer<typeof serviceSchema>;
/** A service as people say it; codes of an older version too. */
export const describeService = (service: string): string => service.replaceAll('-', ' ');

export const urgencyAliases: Readonly<Record<string, Urgency>> = {
  emergency: 'crisis',
  asap: 'urgent',
  soon: 'urgent',
  normal: 'routine',
};

export const stateLabels: Readonly<Record<ReferralState, string>> = {
  draft: 'not sent yet',
  requested: 'waiting for an answer',
  accepted: 'accepted',
  rejected: 'declined',
  cancelled: 'cancelled',
  'in-progress': 'under way',
  'on-hold': 'on hold',
  completed: 'completed',
  failed: 'did not work out',
  'entered-in-error': 'entered in error',
  closed: 'closed',
};

/** What happened, as the first word of a confirmation. */
export const saidLabels: Readonly<Record<ReferralStep | ReferralNote, string>> = {
  draft: 'Kept',
  request: 'Referred',
  accept: 'Accepted',
  decline: 'Declined',
  start: 'Started',
  resume: 'Resumed',
  hold: 'On hold',
  complete: 'Completed',
  fail: 'Did not work out',
  cancel: 'Cancelled',
  close: 'Closed',
  'enter-in-error': 'Entered in error',
  ask: 'Asked',
  tell: 'Told',
  attempt: 'Noted',
  explain: 'Noted',
  'hand-over': 'Handed over',
};

/** The next step in a few words: `accept or decline`. */
export function describeTask(task: NextTask, toKind: 'person' | 'team' | 'partner'): string {
  const partner = toKind === 'partner';
  switch (task) {
    case 'answer-request':
      return partner ? 'hear whether they accept' : 'accept or decline';
    case 'answer-question':
      return 'answer the question';
    case 'first-contact':
      return partner ? 'hear whether it has begun' : 'make the first contact';
    case 'tell-outcome':
      return partner ? 'hear what came of it' : 'say what came of it';
    case 'resume':
      return partner ? 'hear whether it goes on' : 'resume it, or say what came of it';
    case 'close':
      return 'close it';
    case 'close-or-refer-on':
      return 'close it or refer elsewhere';
  }
}

/** A stored code as people say it, whichever list it came from. */
export function describeReason(code: string): string {
  const known: Readonly<Record<string, string>> = {
    ...outcomeLabels,
    ...reasonLabels,
    ...attemptLabels,
    [unsaidReason]: 'no reason given',
  };
  return known[code] ?? code;
}

import { sentenceCase } from '../../chat/sentence-case.ts';
import { z } from 'zod';
import type { AgendaReasons, AgendaSection } from '../../feature/agenda.ts';
import type { RecommendationState, Rhythm } from './rules.ts';

/**
 * Coded words of huddles, and how people say them. They stand beside codes in the team's place, so none of them says
 * what anybody suffers from; what does is written in words, which are sealed and shown privately.
 */
export const rhythmLabels: Readonly<Record<Rhythm, string>> = {
  weekly: 'Weekly huddle',
  standup: 'Stand-up',
  monthly: 'Monthly huddle',
};

export const sectionLabels: Readonly<Record<AgendaSection, string>> = {
  safety: 'Safety',
  new: 'New',
  'not-improving': 'Not improving',
  'no-contact': 'No contact',
  discussion: 'Asked for',
  'open-loop': 'Open loops',
  capacity: 'Capacity',
  expiring: 'Expiring',
};

/** Why somebody asks the team to speak about a client. */
export const discussionReasonSchema = z.enum([
  'stuck',
  'hard-to-reach',
  'change-of-plan',
  'second-opinion',
  'family-or-home',
  'working-with-others',
  'good-news',
  'other',
]);
export const discussionReasonLabels: Readonly<Record<z.infer<typeof discussionReasonSchema>, string>> = {
  stuck: 'we are stuck',
  'hard-to-reach': 'hard to reach',
  'change-of-plan': 'the plan needs a change',
  'second-opinion': 'a second opinion',
  'family-or-home': 'family or home',
  'working-with-others': 'working with others',
  'good-news': 'good news',
  other: 'another reason',
};

/** A reason of an earlier huddle, carried over. */
const carriedPrefix = 'carried/';
export const carriedReason = (reason: string): string =>
  reason.startsWith(carriedPrefix) ? reason : `${carriedPrefix}${reason}`;

/** A coded reason as people say it; one that no noun of this version knows reads as it is written. */
export function describeReason(reason: string, reasons: AgendaReasons): string {
  return reason.startsWith(carriedPrefix)
    ? `carried over: ${describeReason(reason.slice(carriedPrefix.length), reasons)}`
    : (reasons.get(reason) ?? reason.replaceAll('-', ' '));
}

/** What is recommended. */
export const recommendationKindSchema = z.enum([
  'keep-the-plan',
  'change-the-plan',
  'closer-contact',
  'less-contact',
  'see-the-prescriber',
  'prescriber-to-review',
  'more-information',
  'other-service',
  'other',
]);
export type RecommendationKind = z.infer<typeof recommendationKindSchema>;
const recommendationLabels: Readonly<Record<RecommendationKind, string>> = {
  'keep-the-plan': 'keep the plan',
  'change-the-plan': 'change the plan',
  'closer-contact': 'closer contact',
  'less-contact': 'less frequent contact',
  'see-the-prescriber': 'an appointment with the prescriber',
  'prescriber-to-review': 'the prescriber reviews the treatment',
  'more-information': 'find out more first',
  'other-service': 'another service',
  other: 'another recommendation',
};

/** What somebody will do. */
export const decisionSchema = z.enum([
  'contact-client',
  'visit-client',
  'contact-family',
  'contact-partner',
  'update-plan',
  'review-safety-plan',
  'arrange-appointment',
  'refer',
  'collect-information',
  'renew',
  'hand-on',
  'other',
]);
export type DecisionKind = z.infer<typeof decisionSchema>;
const decisionLabels: Readonly<Record<DecisionKind, string>> = {
  'contact-client': 'contact the client',
  'visit-client': 'visit the client',
  'contact-family': 'speak with the family',
  'contact-partner': 'speak with a partner',
  'update-plan': 'change the care plan',
  'review-safety-plan': 'review the safety plan',
  'arrange-appointment': 'arrange an appointment',
  refer: 'refer',
  'collect-information': 'find out more',
  renew: 'renew what expires',
  'hand-on': 'hand on to a colleague',
  other: 'as said in the huddle',
};

export const declineReasonSchema = z.enum([
  'not-indicated',
  'tried-before',
  'client-does-not-want-it',
  'see-client-first',
  'other',
]);
const declineLabels: Readonly<Record<z.infer<typeof declineReasonSchema>, string>> = {
  'not-indicated': 'not indicated',
  'tried-before': 'tried before',
  'client-does-not-want-it': 'the client does not want it',
  'see-client-first': 'I will see the client first',
  other: 'another reason',
};

export const answerLabels: Readonly<Record<RecommendationState, string>> = {
  noted: 'noted',
  open: 'waits for an answer',
  accepted: 'accepted',
  declined: 'declined',
};

const describe =
  (labels: Readonly<Record<string, string>>) =>
  (code: string): string =>
    labels[code] ?? code.replaceAll('-', ' ');
/** Stored codes as people say them. */
export const describeDiscussion = describe(discussionReasonLabels);
export const describeRecommendation = describe(recommendationLabels);
export const describeDecision = describe(decisionLabels);
export const describeDecline = describe(declineLabels);
/** Codes as options of a form. */
export const optionsOf = (
  codes: readonly string[],
  say: (code: string) => string,
): { readonly value: string; readonly label: string }[] =>
  codes.map((value) => ({ value, label: sentenceCase(say(value)) }));

/** What stands in place of a code, for somebody who is in no list. */
export const notListed = 'somebody not in the list';

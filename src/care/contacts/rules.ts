import { z } from 'zod';

/** How a contact happened (design §4.5). */
export const modeSchema = z.enum(['phone', 'video', 'visit', 'text', 'email', 'letter', 'collateral', 'review']);
export type Mode = z.infer<typeof modeSchema>;
/** What came of it. */
export const outcomeSchema = z.enum([
  'reached',
  'left-message',
  'no-answer',
  'no-show',
  'cancelled',
  'refused',
  'wrong-number',
]);
export type Outcome = z.infer<typeof outcomeSchema>;

/** Words people type for the same thing. */
export const modeAliases: Readonly<Record<string, Mode>> = {
  call: 'phone',
  called: 'phone',
  tel: 'phone',
  telephone: 'phone',
  zoom: 'video',
  telehealth: 'video',
  home: 'visit',
  office: 'visit',
  'in-person': 'visit',
  sms: 'text',
  texted: 'text',
  mail: 'letter',
  'e-mail': 'email',
  family: 'collateral',
  case: 'review',
};
export const outcomeAliases: Readonly<Record<string, Outcome>> = {
  vm: 'left-message',
  voicemail: 'left-message',
  lm: 'left-message',
  message: 'left-message',
  noanswer: 'no-answer',
  na: 'no-answer',
  missed: 'no-answer',
  noshow: 'no-show',
  ns: 'no-show',
  dna: 'no-show',
  canceled: 'cancelled',
  declined: 'refused',
  kept: 'reached',
  spoke: 'reached',
  talked: 'reached',
};

/** As people say it on a card. */
export const outcomeLabels: Readonly<Record<Outcome, string>> = {
  reached: 'reached',
  'left-message': 'left message',
  'no-answer': 'no answer',
  'no-show': 'no-show',
  cancelled: 'cancelled',
  refused: 'refused',
  'wrong-number': 'wrong number',
};
export const modeLabels: Readonly<Record<Mode, string>> = {
  phone: 'phone',
  video: 'video',
  visit: 'visit',
  text: 'text',
  email: 'email',
  letter: 'letter',
  collateral: 'collateral',
  review: 'review',
};

/** The client, or somebody who speaks for them, was there. */
export const isReached = (outcome: Outcome): boolean => outcome === 'reached';

export const fewestMinutes = 1;
export const mostMinutes = 1440;
/** One-tap answers to "How long?". */
export const minuteChips = [5, 10, 15, 20, 30] as const;

/** How far back a contact may be dated when it is logged: later than this, the chart is the place to write it. */
export const oldestContactDays = 366;

/** Steps of a recorded contact. A correction never edits: it retracts and, when there is a right version, adds it. */
export const contactActions = {
  undo: { from: 'recorded', to: 'entered-in-error', retraction: 'undone' },
  move: { from: 'recorded', to: 'entered-in-error', retraction: 'wrong-client' },
  amend: { from: 'recorded', to: 'entered-in-error', retraction: 'amended' },
} as const;
export type Retraction = (typeof contactActions)[keyof typeof contactActions]['retraction'];

/** Why an entry is corrected, as a code. */
export const amendReasonSchema = z.enum([
  'wrong-outcome',
  'wrong-minutes',
  'wrong-mode',
  'wrong-day',
  'note-completed',
  'other',
]);
export type AmendReason = z.infer<typeof amendReasonSchema>;

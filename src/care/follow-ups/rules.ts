import { z } from 'zod';
import { daysBetween } from '../../calendar/local-dates.ts';
import { noContactDays, type Preferences, type Tier } from '../clients/rules.ts';

/** A follow-up is open until it is done, or cancelled with the entry that opened it. */
export const followUpStates = ['open', 'done', 'cancelled'] as const;
export type FollowUpState = (typeof followUpStates)[number];

/** What a person can do with one, from which state to which. `can` and the buttons read this table. */
export const followUpActions = {
  fulfil: { from: ['open'], to: 'done' },
  complete: { from: ['open'], to: 'done' },
  snooze: { from: ['open'], to: 'open' },
  replan: { from: ['open'], to: 'open' },
  reassign: { from: ['open'], to: 'open' },
  cancel: { from: ['open'], to: 'cancelled' },
  reopen: { from: ['done'], to: 'open' },
} as const satisfies Record<string, { from: readonly FollowUpState[]; to: FollowUpState }>;
export type FollowUpAction = keyof typeof followUpActions;

export function can(action: FollowUpAction, state: FollowUpState): boolean {
  const from: readonly FollowUpState[] = followUpActions[action].from;
  return from.includes(state);
}

/** Why a follow-up moves to a later day: coded, so that patterns can be seen. */
export const snoozeReasonSchema = z.enum([
  'client-asked',
  'waiting-for-others',
  'not-reachable-now',
  'capacity',
  'away',
  'other',
]);
export const snoozeReasonLabels: Readonly<Record<z.infer<typeof snoozeReasonSchema>, string>> = {
  'client-asked': 'The client asked for it',
  'waiting-for-others': 'Waiting for somebody else',
  'not-reachable-now': 'Not reachable now',
  capacity: 'No time today',
  away: 'I am away',
  other: 'Another reason',
};
/** Why one is done without a contact. */
export const doneReasonSchema = z.enum(['done-elsewhere', 'no-longer-needed', 'another-person-did-it', 'other']);
export const doneReasonLabels: Readonly<Record<z.infer<typeof doneReasonSchema>, string>> = {
  'done-elsewhere': 'Done elsewhere, for example in the chart',
  'no-longer-needed': 'No longer needed',
  'another-person-did-it': 'Somebody else did it',
  other: 'Another reason',
};

/** How the ids of follow-ups begin among all that is due. */
export const followUpPrefix = 'follow-up:';

/** What a follow-up asks for, in a list of all that is due: so usual there that lists need not say it. */
export const followUpTask = 'contact';

/** What other nouns decided that somebody will do: where it comes from, and the button that opens it there. */
const otherKinds: Readonly<Record<string, { readonly said: string; readonly open: string }>> = {
  'huddle-decision': { said: 'decided in the huddle', open: 'huddles.decision' },
};
export const isContact = ({ kind }: { readonly kind: string }): boolean => kind === 'contact';
export const openActionOf = (kind: string): string | undefined => otherKinds[kind]?.open;

/** `contact`, or `decided in the huddle: update plan`. */
export function describeTask(followUp: { readonly kind: string; readonly task: string | undefined }): string {
  if (isContact(followUp)) return followUpTask;
  const { kind, task = kind } = followUp;
  const said = otherKinds[kind]?.said;
  return `${said === undefined ? '' : `${said}: `}${task.replaceAll('-', ' ')}`;
}

/** The furthest day a follow-up may be moved to. */
export const furthestDays = 365;

/** Local time now is inside the hours in which this client welcomes calls; no stated hours = always. */
export function isCallable(preferences: Preferences, localTime: string): boolean {
  return (
    (preferences.from === undefined || localTime >= preferences.from) &&
    (preferences.to === undefined || localTime < preferences.to)
  );
}

/** `2 days over`, `due today`, `due tomorrow`, `due in 3 days`. */
export function describeDue(dueOn: string, today: string): string {
  const days = daysBetween(today, dueOn);
  if (days === 0) return 'due today';
  if (days === 1) return 'due tomorrow';
  if (days > 1) return `due in ${days} days`;
  return days === -1 ? '1 day over' : `${-days} days over`;
}

/** When the next contact is proposed, in calendar or working days after this one. */
export interface Interval {
  readonly days: number;
  readonly unit: 'calendar' | 'working';
}

/**
 * After a reached contact: the no-contact limits by tier; after a missed one: the next attempt of the default
 * engagement protocol. Both are the programme's own defaults (docs/authorities.md, "Contacts", marked "own"), shown on the card and
 * changeable there.
 */
export const nextAfterReached: Readonly<Record<Tier, Interval>> = {
  high: { days: noContactDays.high, unit: 'calendar' },
  medium: { days: noContactDays.medium, unit: 'calendar' },
  low: { days: noContactDays.low, unit: 'calendar' },
  maintenance: { days: noContactDays.maintenance, unit: 'calendar' },
};
export const nextAfterMissed: Readonly<Record<Tier, Interval>> = {
  high: { days: 1, unit: 'working' },
  medium: { days: 2, unit: 'working' },
  low: { days: 3, unit: 'working' },
  maintenance: { days: 5, unit: 'working' },
};

/** The interval proposed for a client of this tier after a reached or missed contact. */
export function proposeInterval(tier: Tier, reached: boolean): Interval {
  return reached ? nextAfterReached[tier] : nextAfterMissed[tier];
}

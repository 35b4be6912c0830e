import { keepTimes } from './keep-times.ts';

/** Which of a card's subjects still waits for somebody is asked of its table: src/retention/old-posts.ts. */
export type OpenSubject =
  'escalation' | 'broken-glass' | 'referral' | 'huddle' | 'decision' | 'recommendation' | 'absence' | 'duty-cover';

/** How long posts of one kind of card are kept, with all their copies. */
export interface CardKeep {
  /** Days since they were written, sent, drawn again or pressed, whichever came last. */
  readonly days: number;
  /** What it shows: while that is open, its posts stay however old they are. */
  readonly open?: OpenSubject;
  /** The newest of a series stays while its message stands: the next one takes that message's place. */
  readonly newest?: true;
}

/** Told and done: nobody asks for it after a year's report. */
const usual = { days: keepTimes.posts.days };
/**
 * What documents who was told of a client's crisis, referral, handoff or disclosure: 45 CFR 164.316(b)(2)(i), six years
 * from when it was written or last held, whichever is later. Payers' contracts may ask for more.
 */
const onRecord = { days: keepTimes.records.days };

/** Every kind of card that is posted or may be: test/retention/keep-cards.test.ts compares it with the features' tables. */
export const cardKeepTimes = {
  'escalations.card': { ...onRecord, open: 'escalation' },
  'escalations.news': { ...onRecord, open: 'escalation' },
  'escalations.list': onRecord,
  'escalations.words': onRecord,
  'escalations.broken-glass': { ...onRecord, open: 'broken-glass' },
  'referrals.card': { ...onRecord, open: 'referral' },
  'referrals.list': onRecord,
  'referrals.words': onRecord,
  // Whose client became whose: handoffs.
  'clients.left': onRecord,
  'clients.handed': onRecord,
  'absences.cover': { ...onRecord, open: 'absence' },
  'absences.back': { ...onRecord, open: 'absence' },
  'absences.status': { ...onRecord, open: 'absence' },
  // Who was answerable for a crisis at an hour, and that they could be reached.
  'duty.cover': { ...onRecord, open: 'duty-cover' },
  'duty.shift': onRecord,
  'duty.check': { ...onRecord, newest: true },
  // Disclosures, and who looked at what.
  'evidence.exports': onRecord,
  'evidence.looking': onRecord,
  'evidence.workspace': usual,
  'duty.own': { ...usual, newest: true },
  'duty.gaps': { ...usual, newest: true },
  'duty.rota': usual,
  'huddles.reminder': { ...usual, open: 'huddle' },
  'huddles.live': { ...usual, open: 'huddle' },
  'huddles.summary': { ...usual, open: 'huddle' },
  'huddles.mine': { ...usual, open: 'decision' },
  'huddles.recommendation': { ...usual, open: 'recommendation' },
  'huddles.agenda': usual,
  'huddles.past': usual,
  'huddles.mine-words': usual,
  'huddles.recommendation-words': usual,
  'digests.person': { ...usual, newest: true },
  'digests.preview': usual,
  'digests.person-list': usual,
  'digests.team': { ...usual, newest: true },
  'digests.team-line': { ...usual, newest: true },
  'digests.team-list': usual,
  'week-reviews.week': usual,
  'week-reviews.report': usual,
  'days.end': { ...usual, newest: true },
  'follow-ups.next': usual,
  home: usual,
  'contacts.logged': usual,
  'caseloads.own': usual,
  'caseloads.imported': usual,
  'deliveries.parked': { ...usual, newest: true },
  'deliveries.bundle': usual,
  'answers.late': usual,
} as const satisfies Readonly<Record<string, CardKeep>>;

const byKind: ReadonlyMap<string, CardKeep> = new Map<string, CardKeep>(Object.entries(cardKeepTimes));

/** Of a kind that no row names, of another version perhaps, nobody knows what it says: it is kept the longest. */
export const keepOf = (kind: string): CardKeep => byKind.get(kind) ?? onRecord;

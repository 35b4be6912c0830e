import { recordEvent } from '../../audit/record-event.ts';
import type { Card } from '../../chat/card.ts';
import type { Work } from '../../feature/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { findClientsOf } from '../clients/find-allowed-client.ts';
import { noteCard, recordNoteRead } from '../clients/typed-words.ts';
import { doneCard, identify, moreCard, placeCard, referralCard, wordLines, type Reader } from './cards.ts';
import { findSeenReferral, listButton } from './find-referral.ts';
import { findReferral } from './records.ts';
import type { ReferralNote, ReferralStep } from './rules.ts';

export const referralNoteKind = 'referrals.words';

export const readerOf = (work: Work): Reader => ({ now: work.now, zone: work.actor.zone, privacy: work.privacy });

/** The card for who reads it: a person with their steps, or a place with the code only. */
export async function drawReferral(work: Work, id: string): Promise<Card> {
  if (work.audience === 'person') return referralCard(await findSeenReferral(work, id), readerOf(work));
  const referral = await findReferral(work.tx, id);
  const client =
    referral === undefined ? undefined : (await findClientsOf(work, [referral.client])).get(referral.client);
  if (referral === undefined || client === undefined) {
    throw new Refusal('unknown-button', 'That referral is not here any more.', { offers: [listButton] });
  }
  return placeCard({ referral, client }, readerOf(work));
}

/** The same, as somebody opens it: on record. */
export async function showReferral(work: Work, id: string): Promise<Card> {
  const seen = await findSeenReferral(work, id);
  await recordEvent(work.tx, {
    actor: work.actor,
    verb: 'referral.see',
    subjectKind: 'referral',
    subjectId: id,
    detail: { client: seen.client.code },
    at: work.now,
  });
  if (wordLines(seen).length > 0) await recordNoteRead(work, { kind: 'referral', id, code: seen.client.code });
  return referralCard(seen, readerOf(work), true);
}

/** The words, for one of the two sides, on record. */
export async function readReferralNote(work: Work, id: string): Promise<Card> {
  const seen = await findSeenReferral(work, id);
  if (seen.sides.length === 0) {
    throw new Refusal('not-allowed', 'These words are for who asked and who was asked.', { denial: true });
  }
  const { code } = seen.client;
  await recordNoteRead(work, { kind: 'referral', id, code });
  const about = identify(seen, work.privacy);
  return noteCard({ kind: referralNoteKind, subject: id, about, code, lines: wordLines(seen) });
}

/** One line that says what was done, and whose turn it is now. */
export async function drawDone(work: Work, id: string, act: ReferralStep | ReferralNote): Promise<Card> {
  return doneCard(await findSeenReferral(work, id), act, readerOf(work));
}

export async function drawMore(work: Work, id: string): Promise<Card> {
  return moreCard(await findSeenReferral(work, id), readerOf(work));
}

import { recordEvent } from '../../audit/record-event.ts';
import type { Card } from '../../chat/card.ts';
import type { Ask } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { findClientsOf } from '../clients/find-allowed-client.ts';
import { noteCard, recordNoteRead } from '../clients/typed-words.ts';
import { doneCard, identify, moreCard, placeCard, referralCard, wordLines, type Reader } from './cards.ts';
import { findSeenReferral, listButton } from './find-referral.ts';
import { findReferral } from './records.ts';
import type { ReferralNote, ReferralStep } from './rules.ts';

export const referralNoteKind = 'referrals.words';

export const readerOf = (ask: Ask): Reader => ({ now: ask.now, zone: ask.actor.zone, privacy: ask.privacy });

/** The card for who reads it: a person with their steps, or a place with the code only. */
export async function drawReferral(ask: Ask, id: string): Promise<Card> {
  if (ask.audience === 'person') return referralCard(await findSeenReferral(ask, id), readerOf(ask));
  const referral = await findReferral(ask.tx, id);
  const client =
    referral === undefined ? undefined : (await findClientsOf(ask, [referral.client])).get(referral.client);
  if (referral === undefined || client === undefined) {
    throw new Refusal('unknown-button', 'That referral is not here any more.', { offers: [listButton] });
  }
  return placeCard({ referral, client }, readerOf(ask));
}

/** The same, as somebody opens it: on record. */
export async function showReferral(ask: Ask, id: string): Promise<Card> {
  const seen = await findSeenReferral(ask, id);
  await recordEvent(ask.tx, {
    actor: ask.actor.person,
    verb: 'referral.see',
    subjectKind: 'referral',
    subjectId: id,
    detail: { client: seen.client.code },
    at: ask.now,
  });
  if (wordLines(seen).length > 0) await recordNoteRead(ask, { kind: 'referral', id, code: seen.client.code });
  return referralCard(seen, readerOf(ask), true);
}

/** The words, for one of the two sides, on record. */
export async function readReferralNote(ask: Ask, id: string): Promise<Card> {
  const seen = await findSeenReferral(ask, id);
  if (seen.sides.length === 0) {
    throw new Refusal('not-allowed', 'These words are for who asked and who was asked.', { denial: true });
  }
  const { code } = seen.client;
  await recordNoteRead(ask, { kind: 'referral', id, code });
  const about = identify(seen, ask.privacy);
  return noteCard({ kind: referralNoteKind, subject: id, about, code, lines: wordLines(seen) });
}

/** One line that says what was done, and whose turn it is now. */
export async function drawDone(ask: Ask, id: string, act: ReferralStep | ReferralNote): Promise<Card> {
  return doneCard(await findSeenReferral(ask, id), act, readerOf(ask));
}

export async function drawMore(ask: Ask, id: string): Promise<Card> {
  return moreCard(await findSeenReferral(ask, id), readerOf(ask));
}

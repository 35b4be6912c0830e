import type { Card } from '../../chat/card.ts';
import type { Ask } from '../../chat/feature.ts';
import { doneCard, escalationCard, newsCard, placeCard } from './cards.ts';
import { readerOf } from './describe-escalation.ts';
import { unknownEscalation } from './find-actable.ts';
import { raisedCard } from './raised-card.ts';
import { raisedUnseenCard } from './raised-unseen-card.ts';
import { findEscalation, type Escalation } from './records.ts';
import { findSeen, openSeen, viewEscalation } from './view-escalation.ts';

/** The card for who reads it: a person with what they may do, or a place with the code only. */
export async function drawEscalation(ask: Ask, id: string): Promise<Card> {
  if (ask.audience === 'person') return escalationCard(await findSeen(ask, id), readerOf(ask));
  const escalation = await findEscalation(ask.tx, id);
  if (escalation === undefined) throw unknownEscalation();
  return placeCard(await viewEscalation(ask, escalation), readerOf(ask));
}

/** The same, as somebody opens it; with what happened meanwhile as its first line. */
export async function showEscalation(ask: Ask, id: string, headline?: string): Promise<Card> {
  return escalationCard(await openSeen(ask, id), readerOf(ask), headline);
}

export async function drawNews(ask: Ask, id: string): Promise<Card> {
  return newsCard(await findSeen(ask, id), readerOf(ask));
}

/** The first answer to who raised it: the same for every code they do not work with, whether it leads anywhere or not. */
export async function drawRaised(ask: Ask, escalation: Escalation): Promise<Card> {
  const seen = await viewEscalation(ask, escalation, true);
  return seen.hidden ? raisedUnseenCard(seen) : raisedCard(seen, readerOf(ask));
}

/** One line about what this person just did. */
export async function drawDone(ask: Ask, id: string, said: string): Promise<Card> {
  return doneCard(await findSeen(ask, id), readerOf(ask), said);
}

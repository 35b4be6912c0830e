import type { Card } from '../../chat/card.ts';
import type { Work } from '../../feature/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { sentenceCard } from '../../chat/sentence-card.ts';
import { readCallList } from './call-list.ts';
import { addedCard } from './added-card.ts';
import { listKnownOpen, type Raised } from './add-to-open.ts';
import { doneCard, escalationCard, newsCard, placeCard } from './cards.ts';
import { formatMoment, readerOf } from './describe-escalation.ts';
import { unknownEscalation } from './find-actable.ts';
import { raisedCard } from './raised-card.ts';
import { raisedUnseenCard } from './raised-unseen-card.ts';
import { findReachable } from './contact-records.ts';
import { findEscalation } from './records.ts';
import { remindMe } from './remind-me.ts';
import { whoHasIt } from './who-has-it.ts';
import { findSeen, openSeen, viewEscalation } from './view-escalation.ts';

/** The card for who reads it: a person with what they may do, or a place with the code only. */
export async function drawEscalation(work: Work, id: string): Promise<Card> {
  if (work.audience === 'person') {
    const seen = await findSeen(work, id);
    return escalationCard(seen, readerOf(work), await readCallList(work, seen));
  }
  const escalation = await findEscalation(work.tx, id);
  if (escalation === undefined) throw unknownEscalation();
  return placeCard(await viewEscalation(work, escalation), readerOf(work));
}

/** The same, as somebody opens it; with what happened meanwhile as its first line. */
export async function showEscalation(work: Work, id: string, headline?: string): Promise<Card> {
  const seen = await openSeen(work, id);
  return escalationCard(seen, readerOf(work), await readCallList(work, seen), headline);
}

/** News that time has overtaken goes: nobody has it any more, and the card of it says so. */
export async function drawNews(work: Work, id: string): Promise<Card> {
  const seen = await findSeen(work, id);
  const { is } = whoHasIt(seen.escalation, work.now);
  if (is === 'nobody' || is === 'lapsed' || is === 'in-hand')
    throw new Refusal('already-done', 'That is not so any more.');
  return newsCard(seen, readerOf(work));
}

/** The first answer to who raised it: the same for every code they do not work with, whether it leads anywhere or not. */
export async function drawRaised(work: Work, { is, escalation, scene }: Raised): Promise<Card> {
  const seen = await viewEscalation(work, escalation, true, scene);
  if (seen.hidden) {
    const { duty, gap } = seen.scene.cast;
    const phones = duty === undefined || gap ? undefined : await findReachable(work.tx, [duty], work.now);
    return raisedUnseenCard(seen, phones?.get(duty ?? '')?.phone);
  }
  const { client } = seen.scene;
  const [calls, others] = await Promise.all([
    readCallList(work, seen),
    client === undefined || is === 'added' ? [] : listKnownOpen(work, client),
  ]);
  if (is === 'added') return addedCard(seen, readerOf(work), calls);
  return raisedCard(seen, readerOf(work), { calls, others: others.filter(({ id }) => id !== escalation.id) });
}

/** The same again, as it stands now: for whoever may see it still, and on record, as words may have been added to it. */
export async function drawRaisedAgain(work: Work, id: string, is: Raised['is']): Promise<Card> {
  return drawRaised(work, { is, escalation: (await openSeen(work, id)).escalation });
}

/** What was asked for, and that it changes nothing else. */
export async function drawReminder(work: Work, id: string): Promise<Card> {
  const at = await remindMe(work, id);
  const said = `You are reminded at ${formatMoment(at, readerOf(work))}, if nobody has it by then. The ladder runs on.`;
  return sentenceCard(said);
}

/** One line about what this person just did. */
export async function drawDone(work: Work, id: string, said: string): Promise<Card> {
  return doneCard(await findSeen(work, id), readerOf(work), said);
}

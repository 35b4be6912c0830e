import type { Card } from '../../chat/card.ts';
import type { Work, Press } from '../../feature/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { answer, type Reply } from '../../chat/reply.ts';
import { nextCard, nextCardKind } from '../follow-ups/cards.ts';
import { findChangeable } from '../follow-ups/change-follow-up.ts';
import { listNext } from '../follow-ups/list-next.ts';
import { howLongCard, loggedNodes } from './cards.ts';
import { confirmLogged, viewLogged } from './draw-logged.ts';
import { logContact, type Logged } from './log-contact.ts';
import { minuteChips, type Outcome } from './rules.ts';

const which = (press: Press): { id: string; version: number | undefined } => ({
  id: press.subject ?? '',
  version: press.version,
});

/** Tap one of two after a kept contact: asks how long it took, saves nothing yet. */
export async function askHowLong(work: Work, press: Press): Promise<Reply> {
  return { kind: 'answer', replace: await askMinutes(work, which(press), 'list') };
}

/** The same from a card that lists due things: that card follows by itself, so the question comes beside it. */
export async function askHowLongAside(work: Work, press: Press): Promise<Reply> {
  return answer(await askMinutes(work, which(press), 'aside'));
}

/** The question again, from what it is about: `<follow-up>/aside`, or the follow-up alone where it stands on the list. */
export async function drawHowLong(work: Work, subject: string): Promise<Card> {
  const [id = '', where] = subject.split('/');
  return askMinutes(work, { id, version: undefined }, where === 'aside' ? 'aside' : 'list');
}

async function askMinutes(work: Work, one: ReturnType<typeof which>, where: 'list' | 'aside'): Promise<Card> {
  const { followUp, client } = await findChangeable(work, one, 'fulfil');
  return howLongCard(followUp, client, work.privacy, where);
}

/** Tap two: logs it with the minutes that were tapped. */
export async function answerKept(work: Work, press: Press): Promise<Reply> {
  return logFromRow(work, press, 'reached', chosenMinutes(press));
}

/** The same where the question came beside a card: the confirmation takes the question's place. */
export async function answerKeptAside(work: Work, press: Press): Promise<Reply> {
  const logged = await logTap(work, press, 'reached', chosenMinutes(press));
  return { kind: 'answer', replace: await confirmLogged(work, logged) };
}

function chosenMinutes(press: Press): number {
  const minutes = minuteChips.find((chip) => String(chip) === press.choice);
  if (minutes === undefined) throw new Refusal('invalid-minutes', 'Please choose one of the minutes offered.');
  return minutes;
}

/** The only tap after a missed contact. */
export async function answerMissed(work: Work, press: Press): Promise<Reply> {
  return logFromRow(work, press, missedOutcome(press), undefined);
}

/** The same from a card that lists due things: its row goes by itself, the confirmation comes beside it. */
export async function answerMissedAside(work: Work, press: Press): Promise<Reply> {
  return answer(await confirmLogged(work, await logTap(work, press, missedOutcome(press), undefined)));
}

function missedOutcome(press: Press): Outcome {
  const outcome = (['left-message', 'no-answer'] as const).find((one) => one === press.choice);
  if (outcome === undefined) throw new Refusal('invalid-value', 'Please choose one of the answers offered.');
  return outcome;
}

/** Logs what a tap says about a follow-up, in the client's preferred way. */
async function logTap(work: Work, press: Press, outcome: Outcome, minutes: number | undefined): Promise<Logged> {
  const { client } = await findChangeable(work, which(press), 'fulfil');
  return logContact(work, {
    client: { id: client.id },
    mode: client.preferences.mode ?? 'phone',
    outcome,
    minutes,
  });
}

/** Logs it and shows the list without its row. */
async function logFromRow(work: Work, press: Press, outcome: Outcome, minutes: number | undefined): Promise<Reply> {
  const view = await viewLogged(work, await logTap(work, press, outcome, minutes));
  const logged = loggedNodes(view, work.privacy, nextCardKind);
  return { kind: 'answer', replace: nextCard(await listNext(work), work.privacy, [...logged, { kind: 'divider' }]) };
}

import type { Ask } from '../../chat/feature.ts';
import type { Card } from '../../chat/card.ts';
import { Refusal } from '../../chat/refusal.ts';
import { noteCard, recordNoteRead } from '../clients/typed-words.ts';
import { breakGlass, type BreakGlassPress } from './break-glass.ts';
import { askWhyCard } from './break-glass-cards.ts';
import { codeOf, formatMoment, identify, readerOf } from './describe-escalation.ts';
import { hasWordsToAskFor, spansOf, wordsToRead } from './readable-words.ts';
import { findSeen, type SeenEscalation } from './view-escalation.ts';

export const noteCardKind = 'escalations.words';

/**
 * The words of an escalation, for one person, on record: all of them for whoever was told of it, is on duty for it or
 * works with the client; for others those they wrote. Whoever took it otherwise says why, and then reads.
 */
export async function readNote(ask: Ask, id: string): Promise<Card> {
  const seen = await findSeen(ask, id, true);
  if (hasWordsToAskFor(seen)) return askWhyCard(seen, 'words');
  if (wordsToRead(seen).length === 0 && seen.access.words === 'own') throw notYours();
  await recordNoteRead(ask, { kind: 'escalation', id, code: seen.scene.client?.code ?? seen.escalation.unknownCode });
  return wordsCard(ask, seen);
}

/** One tap on a reason: it is on record, a supervisor is told, and the words stand there. */
export async function breakGlassToRead(ask: Ask, press: BreakGlassPress): Promise<Card> {
  const seen = await findSeen(ask, press.id);
  if (hasWordsToAskFor(seen)) await breakGlass(ask, press, 'words');
  return readNote(ask, press.id);
}

function wordsCard(ask: Ask, seen: SeenEscalation): Card {
  const reader = readerOf(ask);
  return noteCard({
    kind: noteCardKind,
    subject: seen.escalation.id,
    about: identify({ ...seen, words: 'none' }, reader),
    code: codeOf(seen),
    lines: wordsToRead(seen).map((words) => spansOf(words, (at) => formatMoment(at, reader))),
  });
}

const notYours = (): Refusal =>
  new Refusal('not-allowed', 'These words are for whoever was told of it, and for who works with the client.', {
    denial: true,
  });

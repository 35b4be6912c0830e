import type { Work } from '../../feature/feature.ts';
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
export async function readNote(work: Work, id: string): Promise<Card> {
  const seen = await findSeen(work, id, true);
  if (hasWordsToAskFor(seen)) return askWhyCard(seen, 'words');
  if (wordsToRead(seen).length === 0 && seen.access.words === 'own') throw notYours();
  await recordNoteRead(work, { kind: 'escalation', id, code: seen.scene.client?.code ?? seen.escalation.unknownCode });
  return wordsCard(work, seen);
}

/** One tap on a reason: it is on record, a supervisor is told, and the words stand there. */
export async function breakGlassToRead(work: Work, press: BreakGlassPress): Promise<Card> {
  const seen = await findSeen(work, press.id);
  if (hasWordsToAskFor(seen)) await breakGlass(work, press, 'words');
  return readNote(work, press.id);
}

function wordsCard(work: Work, seen: SeenEscalation): Card {
  const reader = readerOf(work);
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

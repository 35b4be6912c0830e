import type { Button } from '../../chat/card.ts';
import { reachButton } from '../clients/reach-buttons.ts';
import { readNoteButton } from '../clients/typed-words.ts';
import { hasWordsToAskFor, wordsToRead } from './readable-words.ts';
import type { SeenEscalation } from './view-escalation.ts';

/** Reach, on a private card, for those it would serve, and for whoever took it and says why. */
export function offerReach({ escalation, scene, access, seesClient }: SeenEscalation): readonly Button[] {
  const { client } = scene;
  if (client !== undefined && (seesClient || access.reach !== 'ask')) {
    return access.reach === undefined ? [] : [reachButton(client.id)];
  }
  const asks = access.reach === 'ask' || access.reach === 'break-glass';
  return asks ? [{ action: 'escalations.reach', label: 'Reach', subject: escalation.id }] : [];
}

/** One tap to the words that do not stand on this card. */
export function offerWords(seen: SeenEscalation): readonly Button[] {
  const unread = seen.words === 'none' && wordsToRead(seen).length > 0;
  return unread || hasWordsToAskFor(seen) ? [readNoteButton('escalations.read', seen.escalation.id)] : [];
}

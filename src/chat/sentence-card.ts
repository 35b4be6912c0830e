import type { Button, Card } from './card.ts';

/** Cards of this kind are one sentence, with buttons at most: they have one page. */
export const SENTENCE_CARD = 'chat.sentence';

/** A card that is one sentence, with what to do next as buttons. The sentence holds no client data. */
export function sentenceCard(sentence: string, buttons: readonly Button[] = []): Card {
  return {
    kind: SENTENCE_CARD,
    summary: sentence,
    nodes: [{ kind: 'text', text: sentence }, ...(buttons.length > 0 ? [{ kind: 'buttons' as const, buttons }] : [])],
  };
}

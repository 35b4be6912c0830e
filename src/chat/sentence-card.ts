import type { Button, Card } from './card.ts';

/** A card that is one sentence, with what to do next as buttons. The sentence holds no client data. */
export function sentenceCard(sentence: string, buttons: readonly Button[] = []): Card {
  return {
    kind: 'chat.sentence',
    summary: sentence,
    nodes: [{ kind: 'text', text: sentence }, ...(buttons.length > 0 ? [{ kind: 'buttons' as const, buttons }] : [])],
  };
}

import type { Card } from './card.ts';
import { renderPlain } from './render-plain.ts';

const most = 2_000;

/**
 * The same card as one paragraph without buttons: what is sent once where a platform refused to draw the card. Its
 * summary stays what notifications say, so nothing more stands on a locked screen than before.
 */
export function plainCard(card: Card): Card {
  const characters = Array.from(renderPlain(card));
  const text = characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : characters.join('');
  return { kind: card.kind, summary: card.summary, nodes: [{ kind: 'text', text }] };
}

import type { Happening } from '../chat/inbound.ts';
import { nothing, type Reply } from '../chat/reply.ts';
import { sentenceCard } from '../chat/sentence-card.ts';

/** True before anything was begun, and only then. */
export const busySentence = 'I am busy just now, nothing was saved. Please try again in a moment.';

/** What somebody is told who was turned away at the door. Whoever asked for no words gets none. */
export function sayBusy({ kind }: Pick<Happening, 'kind'>): Reply {
  switch (kind) {
    case 'option-search':
      return { kind: 'options', options: [] };
    case 'home-opened':
    case 'form-closed':
    case 'reacted':
      return nothing;
    default:
      return { kind: 'answer', card: sentenceCard(busySentence), aside: true, again: true };
  }
}

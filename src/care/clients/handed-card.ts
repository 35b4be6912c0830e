import { isSelf } from '../../access/actor.ts';
import type { Card } from '../../chat/card.ts';
import type { Work } from '../../feature/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { clientSpans } from './cards.ts';
import { findClient } from './records.ts';

export const handedCardKind = 'clients.handed';

/** Tells somebody that a client is theirs now; it goes when the client is somebody else's. */
export async function drawHanded(work: Work, subject: string): Promise<Card> {
  const client = await findClient(work.tx, subject);
  if (client === undefined || !isSelf(work.actor, client.coordinator) || work.audience === 'place') {
    throw new Refusal('already-done', 'This client is with somebody else now.');
  }
  return {
    kind: handedCardKind,
    subject: client.id,
    summary: `${client.code} is yours now.`,
    nodes: [
      {
        kind: 'text',
        text: [...clientSpans(client, work.privacy), ' is yours now: you answer for them from here on.'],
      },
      { kind: 'buttons', buttons: [{ action: 'clients.show', label: 'Show', subject: client.id }] },
    ],
  };
}

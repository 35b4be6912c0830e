import { recordEvent } from '../../audit/record-event.ts';
import type { Card } from '../../chat/card.ts';
import type { Work } from '../../feature/feature.ts';
import { localDate } from '../../calendar/zones.ts';
import './events.ts';
import { revealedCard, snapshotCard } from './cards.ts';
import { findAllowedClient } from './find-allowed-client.ts';

/** One client at a glance. Seeing one is an access record. */
export async function showClient(work: Work, which: { code: string } | { id: string }): Promise<Card> {
  const client = await findAllowedClient(work, 'client.see', which);
  const today = localDate(work.now, client.zone);
  await recordEvent(work.tx, {
    actor: work.actor,
    verb: 'client.see',
    subjectKind: 'client',
    subjectId: client.id,
    detail: { client: client.code },
    at: work.now,
  });
  await work.publish('client.looked', { how: 'opened' });
  return snapshotCard(client, today, await work.gather('client-card', client.id), work.privacy);
}

/** Shows the name and the number to one person, by one tap that is on record. */
export async function revealClient(work: Work, id: string): Promise<Card> {
  const client = await findAllowedClient(work, 'client.reveal', { id });
  await recordEvent(work.tx, {
    actor: work.actor,
    verb: 'client.reveal',
    subjectKind: 'client',
    subjectId: client.id,
    detail: { client: client.code },
    at: work.now,
  });
  await work.publish('client.looked', { how: 'revealed' });
  return revealedCard(client);
}

import { recordEvent } from '../../audit/record-event.ts';
import type { Card } from '../../chat/card.ts';
import type { Ask } from '../../chat/feature.ts';
import { localDate } from '../../calendar/zones.ts';
import './events.ts';
import { revealedCard, snapshotCard } from './cards.ts';
import { findAllowedClient } from './find-allowed-client.ts';

/** One client at a glance. Seeing one is an access record. */
export async function showClient(ask: Ask, which: { code: string } | { id: string }): Promise<Card> {
  const client = await findAllowedClient(ask, 'client.see', which);
  const today = localDate(ask.now, client.zone);
  await recordEvent(ask.tx, {
    actor: ask.actor.person,
    verb: 'client.see',
    subjectKind: 'client',
    subjectId: client.id,
    detail: { client: client.code },
    at: ask.now,
  });
  await ask.publish('client.looked', { how: 'opened' });
  return snapshotCard(client, today, await ask.gather('client-card', client.id), ask.privacy);
}

/** Shows the name and the number to one person, by one tap that is on record. */
export async function revealClient(ask: Ask, id: string): Promise<Card> {
  const client = await findAllowedClient(ask, 'client.reveal', { id });
  await recordEvent(ask.tx, {
    actor: ask.actor.person,
    verb: 'client.reveal',
    subjectKind: 'client',
    subjectId: client.id,
    detail: { client: client.code },
    at: ask.now,
  });
  await ask.publish('client.looked', { how: 'revealed' });
  return revealedCard(client);
}

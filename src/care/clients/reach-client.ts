import { allows } from '../../access/policy.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Card } from '../../chat/card.ts';
import type { Ask } from '../../chat/feature.ts';
import './events.ts';
import { requireAllowed } from './find-allowed-client.ts';
import { reachCard } from './reach-cards.ts';
import { findClient, type Client } from './records.ts';
import { namesOfDetails } from './reach-rules.ts';
import { relationTo } from './rules.ts';

/**
 * Who besides those who may see a client may reach them now, whatever team they are of, and why; or what they are asked
 * first. Asked of the database at every press.
 */
export type MayReach = (
  ask: Ask,
  client: string,
) => Promise<{ readonly because: string } | { readonly asks: Card } | undefined>;

/** Phone, address and emergency contact of a client, for one person, by one tap that is on record with what it showed. */
export async function reachClient(ask: Ask, id: string, mayReach?: MayReach): Promise<Card> {
  const client = await findClient(ask.tx, id);
  if (client === undefined) return show(ask, requireAllowed(ask, 'client.reveal', client), 'care-team');
  if (allows(ask.actor, 'client.reveal', relationTo(ask.actor, client))) return show(ask, client, 'care-team');
  const may = await mayReach?.(ask, client.id);
  if (may !== undefined) return 'asks' in may ? may.asks : show(ask, client, may.because);
  // The refusal is the one of every client this person may not see: a press tells nobody who exists.
  return show(ask, requireAllowed(ask, 'client.reveal', client), 'care-team');
}

async function show(ask: Ask, client: Client, because: string): Promise<Card> {
  const shown = client.identity.readable ? ['name', 'birth-date', ...namesOfDetails(client.identity.value)] : [];
  await recordEvent(ask.tx, {
    actor: ask.actor.person,
    verb: 'client.reveal',
    subjectKind: 'client',
    subjectId: client.id,
    detail: { client: client.code, by: 'reach', because, shown: shown.join(' ') },
    at: ask.now,
  });
  await ask.publish('client.looked', { how: 'revealed' });
  return reachCard(client, because === 'care-team');
}

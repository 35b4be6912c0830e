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
 * Who besides those who may see a client may reach them now, whatever team they are of: those who were told of
 * something open about that client and may answer it. Asked of the database at every press.
 */
export type MayReach = (ask: Ask, client: string) => Promise<boolean>;

/** Phone, address and emergency contact of a client, for one person, by one tap that is on record with what it showed. */
export async function reachClient(ask: Ask, id: string, mayReach?: MayReach): Promise<Card> {
  const client = await findClient(ask.tx, id);
  const sees = client !== undefined && allows(ask.actor, 'client.reveal', relationTo(ask.actor, client));
  if (client !== undefined && (sees || (await mayReach?.(ask, client.id)) === true)) return show(ask, client, sees);
  // The refusal is the one of every client this person may not see: a press tells nobody who exists.
  return show(ask, requireAllowed(ask, 'client.reveal', client), true);
}

async function show(ask: Ask, client: Client, sees: boolean): Promise<Card> {
  const shown = client.identity.readable ? ['name', 'birth-date', ...namesOfDetails(client.identity.value)] : [];
  await recordEvent(ask.tx, {
    actor: ask.actor.person,
    verb: 'client.reveal',
    subjectKind: 'client',
    subjectId: client.id,
    detail: { client: client.code, by: 'reach', because: sees ? 'care-team' : 'told', shown: shown.join(' ') },
    at: ask.now,
  });
  await ask.publish('client.looked', { how: 'opened' });
  return reachCard(client, sees);
}

import { allows } from '../../access/policy.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Card } from '../../chat/card.ts';
import type { Work } from '../../feature/feature.ts';
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
  work: Work,
  client: string,
) => Promise<{ readonly because: string } | { readonly asks: Card } | undefined>;

/** Phone, address and emergency contact of a client, for one person, by one tap that is on record with what it showed. */
export async function reachClient(work: Work, id: string, mayReach?: MayReach): Promise<Card> {
  const client = await findClient(work.tx, id);
  if (client === undefined) return show(work, requireAllowed(work, 'client.reveal', client), 'care-team');
  if (allows(work.actor, 'client.reveal', relationTo(work.actor, client))) return show(work, client, 'care-team');
  const may = await mayReach?.(work, client.id);
  if (may !== undefined) return 'asks' in may ? may.asks : show(work, client, may.because);
  // The refusal is the one of every client this person may not see: a press tells nobody who exists.
  return show(work, requireAllowed(work, 'client.reveal', client), 'care-team');
}

async function show(work: Work, client: Client, because: string): Promise<Card> {
  const shown = client.identity.readable ? ['name', 'birth-date', ...namesOfDetails(client.identity.value)] : [];
  await recordEvent(work.tx, {
    actor: work.actor,
    verb: 'client.reveal',
    subjectKind: 'client',
    subjectId: client.id,
    detail: { client: client.code, by: 'reach', because, shown: shown.join(' ') },
    at: work.now,
  });
  await work.publish('client.looked', { how: 'revealed' });
  return reachCard(client, because === 'care-team');
}

import { allows, type Verb } from '../../access/policy.ts';
import type { Button } from '../../chat/card.ts';
import type { Work } from '../../feature/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { findClient, findClientByCode, findClients, type Client } from './records.ts';
import { relationTo, servedStatuses } from './rules.ts';

export type { Client } from './records.ts';

/** One tap to the picker. */
export const searchButton: Button = { action: 'clients.search', label: 'Search', opensForm: true };

/**
 * The client, when this person may do this with them. A code that does not exist and a client of another team get
 * the same answer, so that codes cannot be tried out.
 */
export async function findAllowedClient(
  work: Work,
  verb: Verb,
  which: { readonly code: string } | { readonly id: string },
): Promise<Client> {
  const client = 'code' in which ? await findClientByCode(work.tx, which.code) : await findClient(work.tx, which.id);
  return requireAllowed(work, verb, client, 'id' in which);
}

/** The same for a client who was read already in this transaction. */
export function requireAllowed(work: Work, verb: Verb, client: Client | undefined, byId = true): Client {
  if (client === undefined || !allows(work.actor, verb, relationTo(work.actor, client))) {
    throw new Refusal(
      'unknown-client',
      'I do not know a client with that code among those you work with. Search for them instead.',
      {
        offers: [searchButton],
        // An id comes from a button or a form, so one that leads nowhere was forged; a code can simply be mistyped.
        denial: client !== undefined || byId,
      },
    );
  }
  return client;
}

/** Refuses in words when the client is not served now. */
export function requireServed(client: Client): void {
  if (servedStatuses.includes(client.status)) return;
  const sentence =
    client.status === 'deceased'
      ? `${client.code} is recorded here as deceased, so nothing was logged. If that is wrong, please tell your supervisor.`
      : `${client.code} is ${client.status} here, so nothing was logged. Your supervisor can enrol them again.`;
  throw new Refusal('client-not-active', sentence);
}

/** Clients of things that were already authorised, e.g. a person's own follow-ups, by id. */
export async function findClientsOf(
  work: Pick<Work, 'tx'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Client>> {
  return new Map((await findClients(work.tx, [...new Set(ids)])).map((client) => [client.id, client]));
}

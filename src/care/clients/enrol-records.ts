import type { OrganisationTransaction } from '../../store/transaction.ts';
import { identityPlace } from './records.ts';
import { nameAndBirthKey, nameKey, searchPrefixes } from './rules.ts';
import type { ClientIdentity, Preferences, Status, Tier } from './rules.ts';

/** What adding clients reads and writes: many of them in a few statements. */

export interface NewClient {
  readonly id: string;
  readonly code: string;
  readonly identity: ClientIdentity;
  readonly background?: string;
  readonly status: Status;
  readonly tier: Tier;
  readonly team: string;
  readonly coordinator: string;
  readonly programme?: string;
  readonly payer?: string;
  /** Local dates. */
  readonly enrolledOn?: string;
  readonly lastContactOn?: string;
  readonly preferences: Preferences;
}

/** Inserts many clients, one statement for all of them. */
export async function insertClients(
  tx: OrganisationTransaction,
  clients: readonly NewClient[],
  now: Date,
): Promise<void> {
  const at = tx.organisation;
  const all = <T>(read: (client: NewClient) => T): T[] => clients.map(read);
  const ids = all((client) => client.id);
  const background = (client: NewClient): Uint8Array | null =>
    client.background === undefined
      ? null
      : tx.seal({ table: 'client', column: 'background', row: client.id }, client.background);
  await tx.db.$executeRaw`
    insert into client (organisation_id, id, code, team_id, identity, background, status, tier, programme, payer,
                        enrolled_on, last_contact_on, last_contact_imported_on, preferences, created_at)
    select ${at}, id, code, team, identity, background, status, tier, programme, payer,
           enrolled_on, last_contact_on, last_contact_on, preferences, ${now}
    from unnest(${ids}::uuid[], ${all((client) => client.code)}::text[], ${all((client) => client.team)}::text[],
                ${all((client) => tx.seal(identityPlace(client.id), JSON.stringify(client.identity)))}::bytea[],
                ${all(background)}::bytea[], ${all((client) => client.status)}::text[],
                ${all((client) => client.tier)}::text[], ${all((client) => client.programme ?? null)}::text[],
                ${all((client) => client.payer ?? null)}::text[], ${all((client) => client.enrolledOn ?? null)}::date[],
                ${all((client) => client.lastContactOn ?? null)}::date[],
                ${all((client) => JSON.stringify(client.preferences))}::jsonb[])
         as given (id, code, team, identity, background, status, tier, programme, payer, enrolled_on, last_contact_on,
                   preferences)`;
}

/**
 * The blind index of many clients and their coordinators. Only when all clients of a list stand there: the server plans
 * its checks of foreign keys once, by how many clients it sees then, and with few of them it would read all of them for
 * each row.
 */
export async function insertAroundClients(
  tx: OrganisationTransaction,
  clients: readonly NewClient[],
  now: Date,
): Promise<void> {
  const at = tx.organisation;
  const tokens = clients.flatMap((client) =>
    clientTokens(tx, client.identity).map((token) => ({ client: client.id, team: client.team, ...token })),
  );
  void tx.db.$writeRaw`
    insert into client_token (organisation_id, client_id, team_id, kind, token)
    select ${at}, client, team, kind, token
    from unnest(${tokens.map((row) => row.client)}::uuid[], ${tokens.map((row) => row.team)}::text[],
                ${tokens.map((row) => row.kind)}::text[], ${tokens.map((row) => row.token)}::bytea[])
         as given (client, team, kind, token)`;
  await tx.db.$executeRaw`
    insert into coordinator_assignment (organisation_id, id, client_id, person_id, started_at)
    select ${at}, id, client, person, ${now}
    from unnest(${clients.map(() => tx.ids.uuid())}::uuid[], ${clients.map((client) => client.id)}::uuid[],
                ${clients.map((client) => client.coordinator)}::text[])
         as given (id, client, person)`;
}

function clientTokens(tx: OrganisationTransaction, identity: ClientIdentity): { kind: string; token: Uint8Array }[] {
  const words = [
    ...searchPrefixes(identity.fullName).map((prefix) => ['prefix', prefix] as const),
    ['name', nameKey(identity.fullName)] as const,
    ['name-and-birth', nameAndBirthKey(identity)] as const,
    ...(identity.recordNumber === undefined ? [] : [['mrn', identity.recordNumber] as const]),
  ];
  return words.map(([kind, text]) => ({ kind, token: tx.token(kind, text) }));
}

/** Whose these keyed words are, of clients who are here: `mrn` and `name-and-birth` keys, each with the clients' ids. */
export async function findTokenOwners(
  tx: OrganisationTransaction,
  kind: 'mrn' | 'name-and-birth',
  words: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (words.length === 0) return new Map();
  const tokens = words.map((text) => tx.token(kind, text));
  const byToken = new Map(tokens.map((token, index) => [Buffer.from(token).toString('hex'), words[index] ?? '']));
  const rows = await tx.db.$queryRaw<{ token: string; clients: string[] }[]>`
    select encode(token, 'hex') as token, array_agg(distinct client_id::text) as clients from client_token
    where organisation_id = ${tx.organisation} and kind = ${kind}
      and token = any(${tokens}::bytea[])
    group by token`;
  return new Map(rows.map((row) => [byToken.get(row.token) ?? '', row.clients]));
}

/** Which of these codes are taken. */
export async function takenCodes(tx: OrganisationTransaction, codes: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.db.$queryRaw<{ code: string }[]>`
    select code from client where organisation_id = ${tx.organisation} and code = any(${[...codes]}::text[])`;
  return new Set(rows.map((row) => row.code));
}

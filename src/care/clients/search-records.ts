import type { OrganisationTransaction } from '../../store/transaction.ts';
import { identityPlace, type Client } from './records.ts';
import { identitySchema } from './rules.ts';
import { countBearing, few, findBearing, findCommon } from './token-records.ts';

/** Who searches: what is their own comes first, then what their role lets them see. */
export interface Searcher {
  readonly person: string;
  readonly team: string;
  /** Sees clients of all teams. */
  readonly everywhere: boolean;
  /** The list tells clients apart by their coordinators' names. */
  readonly namesCoordinators: boolean;
}

/**
 * What a list to choose from says of a client, and what decides who may see them. `coordinator`: the searcher, where it is
 * theirs; whose the others are is read only where the list names them, because each costs as much as the client.
 */
export type Candidate = Pick<
  Client,
  'id' | 'code' | 'identity' | 'team' | 'coordinator' | 'coordinatorName' | 'sharesName'
>;

/**
 * Clients whose name has a word beginning with every term, found in the blind index alone: at most `most`, own clients
 * first, then by code, and whether there are more. What is found is cut off while it is read: of several terms it begins
 * with the rarest, or with two that walk beside each other where all are frequent.
 */
export async function searchClients(
  tx: OrganisationTransaction,
  terms: readonly string[],
  who: Searcher,
  most: number,
): Promise<{ readonly found: readonly Candidate[]; readonly more: boolean }> {
  const tokens = [...new Set(terms)].map((term) => tx.token('prefix', term));
  const own = await searchOwn(tx, tokens, who.person, most + 1);
  const others = own.length > most ? [] : await searchIndex(tx, tokens, who, most + own.length + 1);
  const ids = [...new Set([...own, ...others])];
  const mine = new Set(own);
  const found = (await readCandidates(tx, ids.slice(0, most), who.namesCoordinators))
    .map((one) => ({ ...one, coordinator: mine.has(one.id) ? who.person : undefined }))
    .toSorted((a, b) => Number(mine.has(b.id)) - Number(mine.has(a.id)) || (a.code < b.code ? -1 : 1));
  return { found, more: ids.length > most };
}

/** Of a caseload, which is small beside what an index finds. */
async function searchOwn(
  tx: OrganisationTransaction,
  tokens: readonly Uint8Array[],
  person: string,
  most: number,
): Promise<readonly string[]> {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    select a.client_id::text as id
    from coordinator_assignment a
    where a.organisation_id = ${tx.organisation} and a.person_id = ${person} and a.ended_at is null
      and (select count(*) from client_token k
           where k.organisation_id = a.organisation_id and k.client_id = a.client_id and k.kind = 'prefix'
             and k.token = any(${[...tokens]}::bytea[])) = ${tokens.length}
    limit ${most}`;
  return rows.map(({ id }) => id);
}

/** The first that are read: whoever types on reads others. */
async function searchIndex(
  tx: OrganisationTransaction,
  tokens: readonly Uint8Array[],
  who: Searcher,
  most: number,
): Promise<readonly string[]> {
  const [first] = tokens;
  if (first === undefined) return [];
  if (tokens.length === 1) return findBearing(tx, first, [], who, most);
  const counted = await countBearing(tx, tokens, who);
  const [rarest = first, second = first, ...others] = tokens
    .map((token, index) => ({ token, clients: counted[index] ?? 0 }))
    .toSorted((a, b) => a.clients - b.clients)
    .map(({ token }) => token);
  return Math.min(...counted) < few
    ? findBearing(tx, rarest, [second, ...others], who, most)
    : findCommon(tx, [rarest, second], others, who, most);
}

interface CandidateRow {
  id: string;
  code: string;
  identity: Uint8Array;
  team: string;
  shares_name: boolean;
}

/** Unsorted. */
async function readCandidates(
  tx: OrganisationTransaction,
  ids: readonly string[],
  namesCoordinators: boolean,
): Promise<readonly Omit<Candidate, 'coordinator'>[]> {
  const names = namesCoordinators ? await readCoordinatorNames(tx, ids) : undefined;
  const rows = await tx.db.$queryRaw<CandidateRow[]>`
    select c.id::text as id, c.code, c.identity, c.team_id as team,
           exists (select 1 from client_token mine join client_token other
                   on other.organisation_id = mine.organisation_id and other.kind = mine.kind
                   and other.token = mine.token and other.client_id <> mine.client_id
                   where mine.organisation_id = c.organisation_id and mine.client_id = c.id and mine.kind = 'name') as shares_name
    from client c
    where c.organisation_id = ${tx.organisation} and c.id = any(${[...ids]}::uuid[])`;
  return rows.map(({ identity, shares_name: sharesName, ...row }) => ({
    ...row,
    identity: tx.openAs(identityPlace(row.id), identity, (text) => identitySchema.parse(JSON.parse(text))),
    coordinatorName: names?.get(row.id),
    sharesName,
  }));
}

async function readCoordinatorNames(
  tx: OrganisationTransaction,
  clients: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.db.$queryRaw<{ client: string; name: string }[]>`
    select a.client_id::text as client, p.name
    from coordinator_assignment a
    join person p on p.organisation_id = a.organisation_id and p.id = a.person_id
    where a.organisation_id = ${tx.organisation} and a.client_id = any(${[...clients]}::uuid[]) and a.ended_at is null`;
  return new Map(rows.map(({ client, name }) => [client, name]));
}

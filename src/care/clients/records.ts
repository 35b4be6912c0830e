import { isUuid } from '../../ids.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';
import {
  identitySchema,
  nameAndBirthKey,
  nameKey,
  preferencesSchema,
  searchPrefixes,
  statusSchema,
  tierSchema,
} from './rules.ts';
import type { ClientIdentity, Preferences, Status, Tier } from './rules.ts';

/** A client with who is accountable and the calendar of their team: what every decision about them needs. */
export interface Client {
  readonly id: string;
  readonly code: string;
  readonly identity: ClientIdentity;
  readonly status: Status;
  readonly tier: Tier;
  readonly team: string;
  readonly teamName: string;
  readonly zone: string;
  readonly workingDays: ReadonlySet<string>;
  readonly closures: ReadonlySet<string>;
  readonly coordinator: string | undefined;
  readonly coordinatorName: string | undefined;
  readonly programme: string | undefined;
  readonly payer: string | undefined;
  readonly preferences: Preferences;
  /** Local date. */
  readonly lastContactOn: string | undefined;
  readonly version: number;
  /** True when another client of the organisation bears the same name. */
  readonly sharesName: boolean;
}

interface ClientRow {
  id: string;
  code: string;
  identity: Uint8Array;
  status: string;
  tier: string;
  team: string;
  team_name: string;
  zone: string;
  working_days: string[];
  closures: string[];
  coordinator: string | null;
  coordinator_name: string | null;
  programme: string | null;
  payer: string | null;
  preferences: unknown;
  last_contact_on: string | null;
  version: number;
  shares_name: boolean;
}

const identityPlace = (id: string): { table: string; column: string; row: string } => ({
  table: 'client',
  column: 'identity',
  row: id,
});

function readClient(tx: OrganisationTransaction, row: ClientRow): Client {
  return {
    id: row.id,
    code: row.code,
    identity: identitySchema.parse(JSON.parse(tx.open(identityPlace(row.id), row.identity))),
    status: statusSchema.parse(row.status),
    tier: tierSchema.parse(row.tier),
    team: row.team,
    teamName: row.team_name,
    zone: row.zone,
    workingDays: new Set(row.working_days),
    closures: new Set(row.closures),
    coordinator: row.coordinator ?? undefined,
    coordinatorName: row.coordinator_name ?? undefined,
    programme: row.programme ?? undefined,
    payer: row.payer ?? undefined,
    preferences: preferencesSchema.parse(row.preferences),
    lastContactOn: row.last_contact_on ?? undefined,
    version: row.version,
    sharesName: row.shares_name,
  };
}

/** Reads clients by id, in the order of the ids; ids that are none of this organisation are left out. */
export async function findClients(tx: OrganisationTransaction, ids: readonly string[]): Promise<readonly Client[]> {
  if (ids.length === 0 || !ids.every(isUuid)) return [];
  const rows = await tx.db.$queryRaw<ClientRow[]>`
    select c.id::text as id, c.code, c.identity, c.status, c.tier, c.team_id as team, t.name as team_name, t.zone,
           t.working_days, t.closures::text[] as closures, a.person_id as coordinator, p.name as coordinator_name,
           c.programme, c.payer, c.preferences, c.last_contact_on::text as last_contact_on, c.version,
           exists (select 1 from client_token mine join client_token other
                   on other.organisation_id = mine.organisation_id and other.kind = mine.kind
                   and other.token = mine.token and other.client_id <> mine.client_id
                   where mine.organisation_id = c.organisation_id and mine.client_id = c.id and mine.kind = 'name') as shares_name
    from client c
    join team t on t.organisation_id = c.organisation_id and t.id = c.team_id
    left join coordinator_assignment a on a.organisation_id = c.organisation_id and a.client_id = c.id and a.ended_at is null
    left join person p on p.organisation_id = a.organisation_id and p.id = a.person_id
    where c.organisation_id = ${tx.organisation} and c.id = any(${[...ids]}::uuid[])`;
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    return row === undefined ? [] : [readClient(tx, row)];
  });
}

export async function findClient(tx: OrganisationTransaction, id: string): Promise<Client | undefined> {
  return (await findClients(tx, [id]))[0];
}

export async function findClientByCode(tx: OrganisationTransaction, code: string): Promise<Client | undefined> {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    select id::text as id from client where organisation_id = ${tx.organisation} and code = ${code}`;
  const id = rows[0]?.id;
  return id === undefined ? undefined : findClient(tx, id);
}

/** Ids of clients whose name has a word beginning with every term; own clients first, at most `most`. */
export async function searchClients(
  tx: OrganisationTransaction,
  terms: readonly string[],
  who: { person: string; team: string; everywhere: boolean },
  most: number,
): Promise<readonly string[]> {
  const tokens = terms.map((term) => tx.token('prefix', term));
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    select c.id::text as id
    from client c
    left join coordinator_assignment a on a.organisation_id = c.organisation_id and a.client_id = c.id and a.ended_at is null
    where c.organisation_id = ${tx.organisation}
      and (${who.everywhere} or c.team_id = ${who.team} or a.person_id = ${who.person})
      and (select count(distinct k.token) from client_token k
           where k.organisation_id = c.organisation_id and k.client_id = c.id and k.kind = 'prefix'
             and k.token = any(${tokens}::bytea[])) = ${new Set(terms).size}
    order by (a.person_id is not distinct from ${who.person}) desc, c.code
    limit ${most}`;
  return rows.map((row) => row.id);
}

/** Ids of the clients a person is accountable for, by tier and code. */
export async function listCaseload(tx: OrganisationTransaction, person: string): Promise<readonly string[]> {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    select c.id::text as id
    from coordinator_assignment a
    join client c on c.organisation_id = a.organisation_id and c.id = a.client_id
    where a.organisation_id = ${tx.organisation} and a.person_id = ${person} and a.ended_at is null
    order by array_position(array['high','medium','low','maintenance'], c.tier), c.code`;
  return rows.map((row) => row.id);
}

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

/** Inserts many clients with their blind index and their coordinator, a few statements for all of them. */
export async function insertClients(
  tx: OrganisationTransaction,
  clients: readonly NewClient[],
  now: Date,
): Promise<void> {
  const at = tx.organisation;
  await tx.db.client.createMany({
    data: clients.map((client) => ({
      organisationId: at,
      id: client.id,
      code: client.code,
      teamId: client.team,
      identity: tx.seal(identityPlace(client.id), JSON.stringify(client.identity)),
      background:
        client.background === undefined
          ? null
          : tx.seal({ table: 'client', column: 'background', row: client.id }, client.background),
      status: client.status,
      tier: client.tier,
      programme: client.programme ?? null,
      payer: client.payer ?? null,
      enrolledOn: day(client.enrolledOn),
      lastContactOn: day(client.lastContactOn),
      lastContactImportedOn: day(client.lastContactOn),
      preferences: { ...client.preferences },
      createdAt: now,
    })),
  });
  const tokens = clients.flatMap((client) =>
    clientTokens(tx, client.identity).map((token) => ({ client: client.id, ...token })),
  );
  await tx.db.$executeRaw`
    insert into client_token (organisation_id, client_id, kind, token)
    select ${at}, client::uuid, kind, token
    from unnest(${tokens.map((row) => row.client)}::text[], ${tokens.map((row) => row.kind)}::text[],
                ${tokens.map((row) => row.token)}::bytea[]) as given (client, kind, token)`;
  await tx.db.coordinatorAssignment.createMany({
    data: clients.map((client) => ({
      organisationId: at,
      id: tx.ids.uuid(),
      clientId: client.id,
      personId: client.coordinator,
      startedAt: now,
    })),
  });
}

const day = (isoDate: string | undefined): Date | null =>
  isoDate === undefined ? null : new Date(`${isoDate}T00:00:00Z`);

function clientTokens(tx: OrganisationTransaction, identity: ClientIdentity): { kind: string; token: Uint8Array }[] {
  const words = [
    ...searchPrefixes(identity.fullName).map((prefix) => ['prefix', prefix] as const),
    ['name', nameKey(identity.fullName)] as const,
    ['name-and-birth', nameAndBirthKey(identity)] as const,
    ...(identity.recordNumber === undefined ? [] : [['mrn', identity.recordNumber] as const]),
  ];
  return words.map(([kind, text]) => ({ kind, token: tx.token(kind, text) }));
}

/** Which of these keyed words are known already: `mrn` and `name-and-birth` keys of clients who are here. */
export async function knownTokens(
  tx: OrganisationTransaction,
  kind: 'mrn' | 'name-and-birth',
  words: readonly string[],
): Promise<ReadonlySet<string>> {
  const byToken = new Map(words.map((text) => [Buffer.from(tx.token(kind, text)).toString('hex'), text]));
  const rows = await tx.db.$queryRaw<{ token: string }[]>`
    select distinct encode(token, 'hex') as token from client_token
    where organisation_id = ${tx.organisation} and kind = ${kind}
      and token = any(${words.map((text) => tx.token(kind, text))}::bytea[])`;
  return new Set(rows.flatMap((row) => byToken.get(row.token) ?? []));
}

/** Which of these codes are taken. */
export async function takenCodes(tx: OrganisationTransaction, codes: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.db.$queryRaw<{ code: string }[]>`
    select code from client where organisation_id = ${tx.organisation} and code = any(${[...codes]}::text[])`;
  return new Set(rows.map((row) => row.code));
}

export interface CaseloadExportRow {
  readonly client: string;
  readonly coordinator: string | null;
  readonly team: string;
  readonly status: string;
  readonly tier: string;
  readonly nextDue: string | null;
}

/** The caseload as it is exported: codes and ids only. */
export async function exportCaseload(tx: OrganisationTransaction): Promise<readonly CaseloadExportRow[]> {
  return tx.db.$queryRaw<CaseloadExportRow[]>`
    select c.code as client, a.person_id as coordinator, c.team_id as team, c.status, c.tier, min(f.due_on)::text as "nextDue"
    from client c
    left join coordinator_assignment a on a.organisation_id = c.organisation_id and a.client_id = c.id and a.ended_at is null
    left join follow_up f on f.organisation_id = c.organisation_id and f.client_id = c.id and f.state = 'open'
    where c.organisation_id = ${tx.organisation}
    group by c.code, a.person_id, c.team_id, c.status, c.tier
    order by c.code`;
}

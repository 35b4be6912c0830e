import { readWorkingTime, type WorkingTime, type WorkingTimeRow } from '../../calendar/working-time.ts';
import { isUuid } from '../../ids.ts';
import type { Sealed } from '../../store/seal.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';
import { identitySchema, preferencesSchema, statusSchema, tierSchema } from './rules.ts';
import type { ClientIdentity, Preferences, Status, Tier } from './rules.ts';

/** A client with who is accountable and the calendar of their team: what every decision about them needs. */
export interface Client extends WorkingTime {
  readonly id: string;
  readonly code: string;
  readonly identity: Sealed<ClientIdentity>;
  readonly status: Status;
  readonly tier: Tier;
  readonly team: string;
  readonly teamName: string;
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

interface ClientRow extends WorkingTimeRow {
  id: string;
  code: string;
  identity: Uint8Array;
  status: string;
  tier: string;
  team: string;
  team_name: string;
  coordinator: string | null;
  coordinator_name: string | null;
  programme: string | null;
  payer: string | null;
  preferences: unknown;
  last_contact_on: string | null;
  version: number;
  shares_name: boolean;
}

export const identityPlace = (id: string): { table: string; column: string; row: string } => ({
  table: 'client',
  column: 'identity',
  row: id,
});

function readClient(tx: OrganisationTransaction, row: ClientRow): Client {
  return {
    id: row.id,
    code: row.code,
    identity: tx.openAs(identityPlace(row.id), row.identity, (text) => identitySchema.parse(JSON.parse(text))),
    status: statusSchema.parse(row.status),
    tier: tierSchema.parse(row.tier),
    team: row.team,
    teamName: row.team_name,
    ...readWorkingTime(row),
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

/** Clients of these ids and of these codes, in one statement. */
async function readClients(
  tx: OrganisationTransaction,
  ids: readonly string[],
  codes: readonly string[],
): Promise<readonly Client[]> {
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
    where c.organisation_id = ${tx.organisation} and c.id = any(${[...ids]}::uuid[] || array(
      select k.id from client k where k.organisation_id = ${tx.organisation} and k.code = any(${[...codes]}::text[])))`;
  return rows.map((row) => readClient(tx, row));
}

/** Reads clients by id, in the order of the ids; ids that are none of this organisation are left out. */
export async function findClients(tx: OrganisationTransaction, ids: readonly string[]): Promise<readonly Client[]> {
  if (ids.length === 0 || !ids.every(isUuid)) return [];
  const byId = new Map((await readClients(tx, ids, [])).map((client) => [client.id, client]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

export async function findClient(tx: OrganisationTransaction, id: string): Promise<Client | undefined> {
  return (await findClients(tx, [id]))[0];
}

export async function findClientByCode(tx: OrganisationTransaction, code: string): Promise<Client | undefined> {
  return (await readClients(tx, [], [code]))[0];
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

/**
 * Seals other contact details in place of those a person saw; false when somebody changed the client since. The name,
 * the birth date and the record number stay as they are: the blind index is made from them.
 */
export async function updateContactDetails(
  tx: OrganisationTransaction,
  client: Pick<Client, 'id' | 'version'> & { readonly identity: ClientIdentity },
  details: Pick<ClientIdentity, 'phone' | 'address' | 'emergencyContact'>,
): Promise<boolean> {
  const { fullName, birthDate, recordNumber } = client.identity;
  const identity: ClientIdentity = { fullName, birthDate, ...(recordNumber && { recordNumber }), ...details };
  const written = await tx.db.$executeRaw`
    update client set identity = ${tx.seal(identityPlace(client.id), JSON.stringify(identity))}, version = version + 1
    where organisation_id = ${tx.organisation} and id = ${client.id}::uuid and version = ${client.version}`;
  return written === 1;
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

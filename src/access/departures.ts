import type { OrganisationTransaction } from '../store/transaction.ts';
import { isUuid } from '../ids.ts';

/** How it became known that somebody does not work here any more. */
export type DepartureReason = 'deactivated' | 'guest' | 'organisation-file' | 'unreachable';

/** Somebody left, and who answers for what was theirs since. */
export interface Departure {
  readonly id: string;
  readonly person: string;
  readonly personName: string;
  readonly at: Date;
  readonly reason: DepartureReason;
  /** Undefined only where nobody is left at all. */
  readonly heir: string | undefined;
  /** What was handed over then: clients, and other things that waited on them. */
  readonly clients: number;
  readonly things: number;
}

/**
 * Departures of an organisation come one after the other, so that nobody inherits who is leaving at this moment. Taken
 * before any row is, so that two of them never wait for each other.
 */
export async function lockDepartures(tx: OrganisationTransaction): Promise<void> {
  await tx.db.$queryRaw`
    select 1 as locked from (select pg_advisory_xact_lock(hashtextextended(${`departure/${tx.organisation}`}, 0))) held`;
}

/** Holds the person's row, so that what is just being given to them is seen. True while they still work here. */
export async function lockLeaver(tx: OrganisationTransaction, person: string): Promise<boolean> {
  const rows = await tx.db.$queryRaw<{ active: boolean }[]>`
    select active from person where organisation_id = ${tx.organisation} and id = ${person} for update`;
  return rows[0]?.active ?? false;
}

export async function deactivatePerson(tx: OrganisationTransaction, person: string, now: Date): Promise<void> {
  await tx.db.$executeRaw`
    update person set active = false, phone = null, deactivated_at = ${now}::timestamptz, version = version + 1
    where organisation_id = ${tx.organisation} and id = ${person}`;
}

/** How many clients a person is accountable for. */
export async function countClientsOf(tx: OrganisationTransaction, person: string): Promise<number> {
  return tx.db.coordinatorAssignment.count({
    where: { organisationId: tx.organisation, personId: person, endedAt: null },
  });
}

export async function insertDeparture(
  tx: OrganisationTransaction,
  given: Omit<Departure, 'id' | 'personName'>,
): Promise<string> {
  const id = tx.ids.uuid();
  await tx.db.$executeRaw`
    insert into departure (organisation_id, id, person_id, at, reason, heir_id, clients, things)
    values (${tx.organisation}, ${id}::uuid, ${given.person}, ${given.at}::timestamptz, ${given.reason},
            ${given.heir ?? null}, ${given.clients}::int, ${given.things}::int)`;
  return id;
}

export async function findDeparture(tx: OrganisationTransaction, id: string): Promise<Departure | undefined> {
  return isUuid(id) ? readOne(tx, id, null) : undefined;
}

/** A person's latest departure. */
export async function findLatestDeparture(tx: OrganisationTransaction, person: string): Promise<Departure | undefined> {
  return readOne(tx, null, person);
}

async function readOne(
  tx: OrganisationTransaction,
  id: string | null,
  person: string | null,
): Promise<Departure | undefined> {
  const rows = await tx.db.$queryRaw<(Omit<Departure, 'heir'> & { heir: string | null })[]>`
    select d.id::text as id, d.person_id as person, p.name as "personName", d.at, d.reason, d.heir_id as heir,
           d.clients, d.things
    from departure d join person p on p.organisation_id = d.organisation_id and p.id = d.person_id
    where d.organisation_id = ${tx.organisation} and (d.id = ${id}::uuid or d.person_id = ${person}::text)
    order by d.at desc, d.id limit 1`;
  const row = rows[0];
  return row === undefined ? undefined : { ...row, heir: row.heir ?? undefined };
}

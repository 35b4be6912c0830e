import { isUuid } from '../../ids.ts';
import type { Sealed } from '../../store/seal.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';
import { modeSchema, outcomeSchema, type Mode, type Outcome, type Retraction } from './rules.ts';

/** One recorded contact. */
export interface Contact {
  readonly id: string;
  readonly client: string;
  readonly by: string;
  readonly byName: string;
  readonly occurredAt: Date;
  /** Local date in the client's team's zone. */
  readonly occurredOn: string;
  readonly zone: string;
  readonly mode: Mode;
  readonly outcome: Outcome;
  readonly minutes: number | undefined;
  readonly note: Sealed<string> | undefined;
  readonly state: 'recorded' | 'entered-in-error';
  readonly retraction: string | undefined;
  readonly charted: boolean;
  readonly version: number;
}

interface ContactRow {
  id: string;
  client: string;
  by: string;
  by_name: string;
  occurred_at: Date;
  occurred_on: string;
  zone: string;
  mode: string;
  outcome: string;
  minutes: number | null;
  note: Uint8Array | null;
  state: string;
  retraction: string | null;
  charted_at: Date | null;
  version: number;
}

const notePlace = (id: string): { table: string; column: string; row: string } => ({
  table: 'contact',
  column: 'note',
  row: id,
});

function readContact(tx: OrganisationTransaction, row: ContactRow): Contact {
  return {
    id: row.id,
    client: row.client,
    by: row.by,
    byName: row.by_name,
    occurredAt: row.occurred_at,
    occurredOn: row.occurred_on,
    zone: row.zone,
    mode: modeSchema.parse(row.mode),
    outcome: outcomeSchema.parse(row.outcome),
    minutes: row.minutes ?? undefined,
    note: row.note === null ? undefined : tx.open(notePlace(row.id), row.note),
    state: row.state === 'recorded' ? 'recorded' : 'entered-in-error',
    retraction: row.retraction ?? undefined,
    charted: row.charted_at !== null,
    version: row.version,
  };
}

export interface NewContact {
  readonly client: string;
  readonly by: string;
  readonly occurredAt: Date;
  readonly occurredOn: string;
  readonly zone: string;
  readonly mode: Mode;
  readonly outcome: Outcome;
  readonly minutes: number | undefined;
  readonly note: string | undefined;
  readonly source: 'slack' | 'teams' | 'import' | 'whatsapp';
  readonly replaces?: string;
  readonly reason?: string;
}

/** Adds a contact and moves the client's "last contact" forward; returns its id. */
export function insertContact(tx: OrganisationTransaction, contact: NewContact, now: Date): string {
  const id = tx.ids.uuid();
  const note = contact.note === undefined ? null : tx.seal(notePlace(id), contact.note);
  void tx.db.$writeRaw`
    with added as (
      insert into contact (organisation_id, id, client_id, person_id, occurred_at, occurred_on, zone, logged_at, mode,
                           outcome, minutes, note, source, replaces_id, reason)
      values (${tx.organisation}, ${id}::uuid, ${contact.client}::uuid, ${contact.by}, ${contact.occurredAt},
              ${contact.occurredOn}::date, ${contact.zone}, ${now}, ${contact.mode}, ${contact.outcome},
              ${contact.minutes ?? null}::int, ${note}::bytea, ${contact.source}, ${contact.replaces ?? null}::uuid,
              ${contact.reason ?? null})
      returning client_id, occurred_on)
    update client c set last_contact_on = greatest(c.last_contact_on, added.occurred_on)
    from added where c.organisation_id = ${tx.organisation} and c.id = added.client_id`;
  return id;
}

/** The contact, locked until the transaction ends. */
export async function findContact(tx: OrganisationTransaction, id: string): Promise<Contact | undefined> {
  if (!isUuid(id)) return undefined;
  const rows = await tx.db.$queryRaw<ContactRow[]>`
    select k.id::text as id, k.client_id::text as client, k.person_id as by, p.name as by_name, k.occurred_at,
           k.occurred_on::text as occurred_on, k.zone, k.mode, k.outcome, k.minutes, k.note, k.state, k.retraction,
           k.charted_at, k.version
    from contact k join person p on p.organisation_id = k.organisation_id and p.id = k.person_id
    where k.organisation_id = ${tx.organisation} and k.id = ${id}::uuid for update of k`;
  return rows[0] === undefined ? undefined : readContact(tx, rows[0]);
}

/** The latest recorded contacts of a client. */
export async function listContacts(
  tx: OrganisationTransaction,
  client: string,
  most: number,
): Promise<readonly Contact[]> {
  const rows = await tx.db.$queryRaw<ContactRow[]>`
    select k.id::text as id, k.client_id::text as client, k.person_id as by, p.name as by_name, k.occurred_at,
           k.occurred_on::text as occurred_on, k.zone, k.mode, k.outcome, k.minutes, k.note, k.state, k.retraction,
           k.charted_at, k.version
    from contact k join person p on p.organisation_id = k.organisation_id and p.id = k.person_id
    where k.organisation_id = ${tx.organisation} and k.client_id = ${client}::uuid and k.state = 'recorded'
    order by k.occurred_at desc, k.logged_at desc limit ${most}`;
  return rows.map((row) => readContact(tx, row));
}

/** Marks a contact entered in error and lets the client's "last contact" fall back to what still stands. */
export async function retractContact(
  tx: OrganisationTransaction,
  contact: Contact,
  retraction: Retraction,
  by: string,
  now: Date,
): Promise<void> {
  await tx.db.$executeRaw`
    update contact set state = 'entered-in-error', retraction = ${retraction}, retracted_by = ${by}, retracted_at = ${now},
           version = version + 1
    where organisation_id = ${tx.organisation} and id = ${contact.id}::uuid`;
  await tx.db.$executeRaw`
    update client c set last_contact_on = greatest(c.last_contact_imported_on, (
      select max(k.occurred_on) from contact k
      where k.organisation_id = c.organisation_id and k.client_id = c.id and k.state = 'recorded'))
    where c.organisation_id = ${tx.organisation} and c.id = ${contact.client}::uuid`;
}

/** Fills in minutes that were still empty. */
export async function setMinutes(tx: OrganisationTransaction, contact: string, minutes: number): Promise<void> {
  await tx.db.$executeRaw`
    update contact set minutes = ${minutes}, version = version + 1
    where organisation_id = ${tx.organisation} and id = ${contact}::uuid and minutes is null`;
}

export async function markCharted(tx: OrganisationTransaction, contact: string, by: string, now: Date): Promise<void> {
  await tx.db.$executeRaw`
    update contact set charted_at = ${now}, charted_by = ${by}, version = version + 1
    where organisation_id = ${tx.organisation} and id = ${contact}::uuid and charted_at is null`;
}

export interface ContactExportRow {
  readonly client: string;
  readonly by: string;
  readonly occurredAt: string;
  readonly mode: string;
  readonly outcome: string;
  readonly minutes: number | null;
  readonly source: string;
  readonly charted: boolean;
  readonly retracted?: true;
}

/** Contacts as they are exported, oldest first; entered-in-error ones are marked, never left out. */
export async function exportContacts(
  tx: OrganisationTransaction,
  range: { from?: string; to?: string },
): Promise<readonly ContactExportRow[]> {
  const rows = await tx.db.$queryRaw<
    {
      client: string;
      by: string;
      at: Date;
      mode: string;
      outcome: string;
      minutes: number | null;
      source: string;
      charted: boolean;
      retracted: boolean;
    }[]
  >`
    select c.code as client, k.person_id as by, k.occurred_at as at, k.mode, k.outcome, k.minutes, k.source,
           k.charted_at is not null as charted, k.state = 'entered-in-error' as retracted
    from contact k join client c on c.organisation_id = k.organisation_id and c.id = k.client_id
    where k.organisation_id = ${tx.organisation}
      and (${range.from ?? null}::date is null or k.occurred_on >= ${range.from ?? null}::date)
      and (${range.to ?? null}::date is null or k.occurred_on <= ${range.to ?? null}::date)
    order by k.occurred_at, k.logged_at, k.id`;
  return rows.map(({ at, retracted, ...row }) => ({
    client: row.client,
    by: row.by,
    occurredAt: at.toISOString(),
    mode: row.mode,
    outcome: row.outcome,
    minutes: row.minutes,
    source: row.source,
    charted: row.charted,
    ...(retracted ? { retracted: true as const } : {}),
  }));
}

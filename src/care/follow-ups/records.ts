import { isUuid } from '../../ids.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';
import { followUpStates, type FollowUpState } from './rules.ts';

export interface FollowUp {
  readonly id: string;
  readonly client: string;
  readonly owner: string;
  /** `contact`, or another kind of `followUpKinds`. */
  readonly kind: string;
  /** Coded: what is to be done, where the kind alone does not say it. */
  readonly task: string | undefined;
  /** Local date in the client's team's zone. */
  readonly dueOn: string;
  readonly state: FollowUpState;
  readonly reason: string | undefined;
  readonly snoozes: number;
  readonly version: number;
}

interface FollowUpRow {
  id: string;
  client: string;
  owner: string;
  kind: string;
  task: string | null;
  due_on: string;
  state: string;
  reason: string | null;
  snoozes: number;
  version: number;
}

function readFollowUp(row: FollowUpRow): FollowUp {
  return {
    id: row.id,
    client: row.client,
    owner: row.owner,
    kind: row.kind,
    task: row.task ?? undefined,
    dueOn: row.due_on,
    state: followUpStates.find((state) => state === row.state) ?? 'cancelled',
    reason: row.reason ?? undefined,
    snoozes: row.snoozes,
    version: row.version,
  };
}

/** The follow-up, locked until the transaction ends. */
export async function findFollowUp(tx: OrganisationTransaction, id: string): Promise<FollowUp | undefined> {
  if (!isUuid(id)) return undefined;
  const rows = await tx.db.$queryRaw<FollowUpRow[]>`
    select id::text as id, client_id::text as client, owner_id as owner, kind, task,
           due_on::text as due_on, state, reason, snoozes, version
    from follow_up where organisation_id = ${tx.organisation} and id = ${id}::uuid for update`;
  return rows[0] === undefined ? undefined : readFollowUp(rows[0]);
}

/** Follow-ups by id. */
export async function findFollowUps(tx: OrganisationTransaction, ids: readonly string[]): Promise<readonly FollowUp[]> {
  if (ids.length === 0 || !ids.every(isUuid)) return [];
  const rows = await tx.db.$queryRaw<FollowUpRow[]>`
    select id::text as id, client_id::text as client, owner_id as owner, kind, task,
           due_on::text as due_on, state, reason, snoozes, version
    from follow_up where organisation_id = ${tx.organisation} and id = any(${[...ids]}::uuid[])`;
  return rows.map(readFollowUp);
}

export async function findOpenFollowUpOf(tx: OrganisationTransaction, client: string): Promise<FollowUp | undefined> {
  const rows = await tx.db.$queryRaw<FollowUpRow[]>`
    select id::text as id, client_id::text as client, owner_id as owner, kind, task,
           due_on::text as due_on, state, reason, snoozes, version
    from follow_up
    where organisation_id = ${tx.organisation} and client_id = ${client}::uuid and state = 'open' and kind = 'contact' for update`;
  return rows[0] === undefined ? undefined : readFollowUp(rows[0]);
}

export interface NewFollowUp {
  readonly client: string;
  readonly owner: string;
  readonly dueOn: string;
  readonly zone: string;
  readonly openedBy?: string;
}

/** Opens follow-ups; a client who already has one of the kind keeps that one. */
export async function insertFollowUps(
  tx: OrganisationTransaction,
  list: readonly NewFollowUp[],
  now: Date,
): Promise<void> {
  if (list.length === 0) return;
  void tx.db.$writeRaw`
    insert into follow_up (organisation_id, id, client_id, owner_id, due_on, zone, opened_by_id, created_at)
    select ${tx.organisation}, id::uuid, client::uuid, owner, due_on::date, zone, opened_by::uuid, ${now}
    from unnest(${list.map(() => tx.ids.uuid())}::text[], ${list.map((one) => one.client)}::text[],
                ${list.map((one) => one.owner)}::text[], ${list.map((one) => one.dueOn)}::text[],
                ${list.map((one) => one.zone)}::text[], ${list.map((one) => one.openedBy ?? null)}::text[])
         as given (id, client, owner, due_on, zone, opened_by)
    on conflict do nothing`;
}

/**
 * A contact fulfils the client's open follow-up and opens the next one. Returns whose the fulfilled one was. The
 * insertion reads what the update did, so that it comes after it: only then is there room for an open one.
 */
export async function replaceFollowUps(
  tx: OrganisationTransaction,
  next: NewFollowUp & { readonly openedBy: string },
  { by, now }: { by: string; now: Date },
): Promise<readonly string[]> {
  const rows = await tx.db.$queryRaw<{ owner: string }[]>`
    with done as (
      update follow_up set state = 'done', fulfilled_by_id = ${next.openedBy}::uuid, closed_at = ${now}, closed_by = ${by},
             version = version + 1
      where organisation_id = ${tx.organisation} and client_id = ${next.client}::uuid and state = 'open' and kind = 'contact'
      returning owner_id as owner),
    opened as (
      insert into follow_up (organisation_id, id, client_id, owner_id, due_on, zone, opened_by_id, created_at)
      select ${tx.organisation}, ${tx.ids.uuid()}::uuid, ${next.client}::uuid, ${next.owner}, ${next.dueOn}::date, ${next.zone},
             ${next.openedBy}::uuid, ${now} from (select count(*) from done) fulfilled
      on conflict do nothing)
    select owner from done`;
  return rows.map((row) => row.owner);
}

/**
 * Undoes what logging a contact did to the client's follow-ups: what it opened goes, what it fulfilled is open again,
 * for the client's coordinator when its owner has left meanwhile. Returns whose they are.
 */
export async function restoreFollowUps(
  tx: OrganisationTransaction,
  contact: string,
  by: string,
  now: Date,
): Promise<readonly string[]> {
  const gone = await tx.db.$queryRaw<{ owner: string }[]>`
    update follow_up set state = 'cancelled', reason = 'entry-retracted', closed_at = ${now}, closed_by = ${by},
           version = version + 1
    where organisation_id = ${tx.organisation} and opened_by_id = ${contact}::uuid and state = 'open'
    returning owner_id as owner`;
  const back = await tx.db.$queryRaw<{ owner: string }[]>`
    update follow_up f set state = 'open', fulfilled_by_id = null, closed_at = null, closed_by = null, version = version + 1,
           owner_id = coalesce(
             (select p.id from person p where p.organisation_id = f.organisation_id and p.id = f.owner_id and p.active),
             (select a.person_id from coordinator_assignment a
              where a.organisation_id = f.organisation_id and a.client_id = f.client_id and a.ended_at is null), f.owner_id)
    where f.organisation_id = ${tx.organisation} and f.fulfilled_by_id = ${contact}::uuid and f.state = 'done'
      and not exists (select 1 from follow_up o where o.organisation_id = f.organisation_id
                      and o.client_id = f.client_id and o.kind = f.kind and o.state = 'open')
    returning f.owner_id as owner`;
  return [...gone, ...back].map((row) => row.owner);
}

/** Sets a new day, owner or end on a locked follow-up. */
export async function updateFollowUp(
  tx: OrganisationTransaction,
  id: string,
  change: { dueOn?: string; owner?: string; reason?: string; snoozed?: boolean; closed?: { by: string; at: Date } },
): Promise<void> {
  await tx.db.followUp.update({
    where: { organisationId_id: { organisationId: tx.organisation, id } },
    data: {
      ...(change.dueOn === undefined ? {} : { dueOn: new Date(`${change.dueOn}T00:00:00Z`) }),
      ...(change.owner === undefined ? {} : { ownerId: change.owner }),
      ...(change.reason === undefined ? {} : { reason: change.reason }),
      ...(change.snoozed === true ? { snoozes: { increment: 1 } } : {}),
      ...(change.closed === undefined ? {} : { state: 'done', closedAt: change.closed.at, closedBy: change.closed.by }),
      version: { increment: 1 },
    },
  });
}

import { isUuid } from '../../ids.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';
import { findEscalations, type Escalation } from './records.ts';

/** Unresolved escalations that concern a person: raised by, told to, or answered for by them, or of their team. */
export async function listOpenFor(
  tx: OrganisationTransaction,
  who: { readonly person: string; readonly team: string | undefined; readonly everywhere: boolean },
): Promise<readonly Escalation[]> {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    select e.id::text as id from escalation e
    where e.organisation_id = ${tx.organisation} and e.state <> 'resolved'
      and (${who.everywhere}::boolean or e.team_id = ${who.team ?? null}::text
           or ${who.person}::text in (e.raised_by, e.owner_id)
           or (select true from escalation_notice n
               where n.organisation_id = e.organisation_id and n.escalation_id = e.id
                 and n.person_id = ${who.person} limit 1))`;
  return findEscalations(
    tx,
    rows.map(({ id }) => id),
  );
}

/** A client's unresolved escalations. */
export async function listOpenAbout(tx: OrganisationTransaction, client: string): Promise<readonly Escalation[]> {
  if (!isUuid(client)) return [];
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    select id::text as id from escalation
    where organisation_id = ${tx.organisation} and client_id = ${client}::uuid and state <> 'resolved'`;
  return findEscalations(
    tx,
    rows.map(({ id }) => id),
  );
}

/** Ids of unresolved escalations in which somebody answers, has acknowledged, or was told, in a fixed order. */
export async function listOpenInvolving(tx: OrganisationTransaction, person: string): Promise<readonly string[]> {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    select e.id::text as id from escalation e
    where e.organisation_id = ${tx.organisation} and e.state <> 'resolved'
      and (${person}::text in (e.owner_id, e.acknowledged_by, e.second_by)
           or (select true from escalation_notice n
               where n.organisation_id = e.organisation_id and n.escalation_id = e.id
                 and n.person_id = ${person} limit 1))
    order by e.id`;
  return rows.map(({ id }) => id);
}

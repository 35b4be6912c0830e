import type { OrganisationTransaction } from '../../store/transaction.ts';

/** A client as a list of hand-overs names one. */
export interface HandedClient {
  readonly id: string;
  readonly code: string;
  readonly team: string;
}

/** Ends everything a person is accountable for; returns whose coordinator they were, by code. */
export async function endAssignments(
  tx: OrganisationTransaction,
  person: string,
  now: Date,
): Promise<readonly HandedClient[]> {
  const rows = await tx.db.$queryRaw<HandedClient[]>`
    update coordinator_assignment a set ended_at = ${now}::timestamptz
    from client c
    where a.organisation_id = ${tx.organisation} and a.person_id = ${person} and a.ended_at is null
      and c.organisation_id = a.organisation_id and c.id = a.client_id
    returning c.id::text as id, c.code, c.team_id as team`;
  return [...rows].sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** Makes somebody the accountable coordinator of clients who have none at this moment of the transaction. */
export async function startAssignments(
  tx: OrganisationTransaction,
  clients: readonly string[],
  person: string,
  now: Date,
): Promise<void> {
  if (clients.length === 0) return;
  await tx.db.coordinatorAssignment.createMany({
    data: clients.map((client) => ({
      organisationId: tx.organisation,
      id: tx.ids.uuid(),
      clientId: client,
      personId: person,
      startedAt: now,
    })),
  });
}

/** Passes one client on. False when `from` is not the coordinator any more: somebody was first. */
export async function moveAssignment(
  tx: OrganisationTransaction,
  move: { readonly client: string; readonly from: string; readonly to: string; readonly now: Date },
): Promise<boolean> {
  const ended = await tx.db.$executeRaw`
    update coordinator_assignment set ended_at = ${move.now}::timestamptz
    where organisation_id = ${tx.organisation} and client_id = ${move.client}::uuid and person_id = ${move.from}
      and ended_at is null`;
  if (ended !== 1) return false;
  await startAssignments(tx, [move.client], move.to, move.now);
  return true;
}

/** Clients who came to this person by that departure and are still theirs, by tier and code. */
export async function listInherited(
  tx: OrganisationTransaction,
  from: { readonly leaver: string; readonly at: Date; readonly heir: string },
): Promise<readonly string[]> {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    select c.id::text as id
    from coordinator_assignment was
    join coordinator_assignment is_now on is_now.organisation_id = was.organisation_id
      and is_now.client_id = was.client_id and is_now.person_id = ${from.heir} and is_now.ended_at is null
      and is_now.started_at = was.ended_at
    join client c on c.organisation_id = was.organisation_id and c.id = was.client_id
    where was.organisation_id = ${tx.organisation} and was.person_id = ${from.leaver} and was.ended_at = ${from.at}::timestamptz
    order by array_position(array['high','medium','low','maintenance'], c.tier), c.code`;
  return rows.map((row) => row.id);
}

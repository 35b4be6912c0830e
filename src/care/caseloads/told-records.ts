import type { OrganisationTransaction } from '../../store/transaction.ts';

/**
 * Whose clients came in by the import that began at this moment, by coordinator and team. The rows are found first and
 * by themselves: a server that knows nothing yet of a table that grew at a stroke would otherwise go through all of them
 * once for each client.
 */
export async function listImportedBy(
  tx: OrganisationTransaction,
  at: Date,
): Promise<readonly { readonly coordinator: string; readonly team: string }[]> {
  return tx.db.$queryRaw<{ coordinator: string; team: string }[]>`
    with came as materialized (
      select distinct client_id from imported_row
      where organisation_id = ${tx.organisation} and imported_at = ${at}::timestamptz)
    select distinct a.person_id as coordinator, c.team_id as team
    from came
    join client c on c.organisation_id = ${tx.organisation} and c.id = came.client_id
    join coordinator_assignment a on a.organisation_id = ${tx.organisation} and a.client_id = came.client_id
      and a.ended_at is null
    order by 1, 2`;
}

/** How many clients of an import a person coordinates now, or a team has: theirs are looked up among what came in. */
export async function countImportedFor(
  tx: OrganisationTransaction,
  at: Date,
  whose: { readonly person: string } | { readonly team: string },
): Promise<number> {
  const rows =
    'person' in whose
      ? await tx.db.$queryRaw<{ count: number }[]>`
          select count(distinct a.client_id)::int as count from coordinator_assignment a
          where a.organisation_id = ${tx.organisation} and a.person_id = ${whose.person} and a.ended_at is null
            and exists (select from imported_row r where r.organisation_id = ${tx.organisation}
                          and r.client_id = a.client_id and r.imported_at = ${at}::timestamptz)`
      : await tx.db.$queryRaw<{ count: number }[]>`
          select count(*)::int as count from client c
          where c.organisation_id = ${tx.organisation} and c.team_id = ${whose.team}
            and exists (select from imported_row r where r.organisation_id = ${tx.organisation}
                          and r.client_id = c.id and r.imported_at = ${at}::timestamptz)`;
  return rows[0]?.count ?? 0;
}

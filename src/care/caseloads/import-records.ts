import type { OrganisationTransaction } from '../../store/transaction.ts';

/** Whose clients came in by an import at this moment, by coordinator and team. */
export async function listImportedBy(
  tx: OrganisationTransaction,
  at: Date,
): Promise<readonly { readonly coordinator: string; readonly team: string }[]> {
  return tx.db.$queryRaw<{ coordinator: string; team: string }[]>`
    select distinct a.person_id as coordinator, c.team_id as team
    from imported_row r
    join client c on c.organisation_id = r.organisation_id and c.id = r.client_id
    join coordinator_assignment a on a.organisation_id = c.organisation_id and a.client_id = c.id and a.ended_at is null
    where r.organisation_id = ${tx.organisation} and r.imported_at = ${at}::timestamptz
    order by 1, 2`;
}

/** How many clients of an import a person coordinates now, or a team has. */
export async function countImportedFor(
  tx: OrganisationTransaction,
  at: Date,
  whose: { readonly person: string } | { readonly team: string },
): Promise<number> {
  const person = 'person' in whose ? whose.person : null;
  const team = 'team' in whose ? whose.team : null;
  const rows = await tx.db.$queryRaw<{ count: number }[]>`
    select count(distinct c.id)::int as count
    from imported_row r
    join client c on c.organisation_id = r.organisation_id and c.id = r.client_id
    where r.organisation_id = ${tx.organisation} and r.imported_at = ${at}::timestamptz
      and (${team}::text is null or c.team_id = ${team})
      and (${person}::text is null or exists (
        select 1 from coordinator_assignment a
        where a.organisation_id = c.organisation_id and a.client_id = c.id and a.ended_at is null
          and a.person_id = ${person}))`;
  return rows[0]?.count ?? 0;
}

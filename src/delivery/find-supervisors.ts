import type { OrganisationTransaction } from '../store/transaction.ts';

/**
 * Who is told when a message cannot reach its destination: reachable supervisors of that team, or of the person's
 * team; where there is none, those of the whole organisation. Never the person themselves.
 */
export async function findSupervisors(
  tx: OrganisationTransaction,
  from: { readonly audience: 'person' | 'team'; readonly destination: string },
): Promise<readonly string[]> {
  const rows = await tx.db.$queryRaw<{ id: string; near: boolean }[]>`
    select p.id, p.team_id = coalesce(
             (select o.team_id from person o
              where ${from.audience} = 'person' and o.organisation_id = p.organisation_id and o.id = ${from.destination}),
             ${from.destination}) as near
    from person p
    where p.organisation_id = ${tx.organisation} and p.active and 'supervisor' = any(p.roles)
      and not (${from.audience} = 'person' and p.id = ${from.destination})
      and exists (
        select 1 from identity i
        join workspace w on w.organisation_id = i.organisation_id and w.id = i.workspace_id
        where i.organisation_id = p.organisation_id and i.person_id = p.id and i.active and w.removed_at is null)
    order by p.id`;
  const near = rows.filter((row) => row.near);
  return (near.length > 0 ? near : rows).map((row) => row.id);
}

import type { OrganisationTransaction } from '../store/transaction.ts';

/**
 * Who is told when a message cannot reach its destination: reachable supervisors of that team, or of the person's
 * team; where there is none, those of the whole organisation, then directors, then administrators: somebody is always
 * told as long as anybody can be. Never the person themselves.
 */
export async function findSupervisors(
  tx: OrganisationTransaction,
  from: { readonly audience: 'person' | 'team'; readonly destination: string },
): Promise<readonly string[]> {
  const rows = await tx.db.$queryRaw<{ id: string; near: boolean; rank: number }[]>`
    select p.id,
           case when 'supervisor' = any(p.roles) then 1 when 'director' = any(p.roles) then 2 else 3 end as rank,
           p.team_id = coalesce(
             (select o.team_id from person o
              where ${from.audience} = 'person' and o.organisation_id = p.organisation_id and o.id = ${from.destination}),
             ${from.destination}) as near
    from person p
    where p.organisation_id = ${tx.organisation} and p.active and p.roles && array['supervisor', 'director', 'admin']
      and not (${from.audience} = 'person' and p.id = ${from.destination})
      and exists (
        select 1 from identity i
        join workspace w on w.organisation_id = i.organisation_id and w.id = i.workspace_id
        where i.organisation_id = p.organisation_id and i.person_id = p.id and i.active and w.removed_at is null)
    order by p.id`;
  const supervisors = rows.filter(({ rank }) => rank === 1);
  const circles = [
    supervisors.filter(({ near }) => near),
    supervisors,
    ...[2, 3].map((of) => rows.filter(({ rank }) => rank === of)),
  ];
  return (circles.find((people) => people.length > 0) ?? []).map(({ id }) => id);
}

import type { OrganisationTransaction } from '../store/transaction.ts';
import { chooseHeir } from './choose-heir.ts';
import { roleSchema } from './roles.ts';

/** Who answers for everything of somebody who leaves, among those who work here at this moment. Never a guest. */
export async function findHeir(tx: OrganisationTransaction, leaver: string): Promise<string | undefined> {
  const rows = await tx.db.$queryRaw<
    { id: string; team: string; roles: string[]; reachable: boolean; leaves: boolean }[]
  >`
    select p.id, p.team_id as team, p.roles, p.id = ${leaver} as leaves,
           exists (select 1 from identity i
                   join workspace w on w.organisation_id = i.organisation_id and w.id = i.workspace_id
                   where i.organisation_id = p.organisation_id and i.person_id = p.id and i.active
                     and i.guest_until is null and w.removed_at is null) as reachable
    from person p
    where p.organisation_id = ${tx.organisation}
      and (p.id = ${leaver} or p.active and not exists (
        select 1 from identity g where g.organisation_id = p.organisation_id and g.person_id = p.id
          and (g.guest or g.guest_until is not null)))`;
  const leaving = rows.find((row) => row.leaves);
  if (leaving === undefined) return undefined;
  const candidates = rows.map((row) => ({ ...row, roles: row.roles.map((role) => roleSchema.parse(role)) }));
  return chooseHeir(candidates, leaving);
}

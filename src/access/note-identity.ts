import type { OrganisationTransaction } from '../store/transaction.ts';

/** What a platform says of one of its users. */
export interface Standing {
  readonly active: boolean;
  readonly guest: boolean;
}

/**
 * Keeps what a platform said of a user. A guest counts as signed out unless an administrator linked them with an end
 * date. Undefined for a user whom nobody linked.
 */
export async function noteIdentity(
  tx: OrganisationTransaction,
  workspace: string,
  platformUser: string,
  standing: Standing,
): Promise<{ readonly person: string; readonly admitted: boolean; readonly changed: boolean } | undefined> {
  const { active, guest } = standing;
  const rows = await tx.db.$queryRaw<{ person: string; admitted: boolean; changed: boolean }[]>`
    update identity i set guest = ${guest}::boolean, active = was.admitted
    from (select j.platform_user, j.active, j.guest,
                 ${active}::boolean and (not ${guest}::boolean or j.guest_until is not null) as admitted
          from identity j
          where j.organisation_id = ${tx.organisation} and j.workspace_id = ${workspace}
            and j.platform_user = ${platformUser} for update) was
    where i.organisation_id = ${tx.organisation} and i.workspace_id = ${workspace}
      and i.platform_user = was.platform_user
    returning i.person_id as person, was.admitted,
              (was.active, was.guest) is distinct from (was.admitted, ${guest}::boolean) as changed`;
  return rows[0];
}

/**
 * True when an account that the platform does not know is rather a mistake of the organisation's file than somebody who
 * left: nobody ever acted with it, or the person has another account that is admitted.
 */
export async function isMistaken(
  tx: OrganisationTransaction,
  workspace: string,
  platformUser: string,
): Promise<boolean> {
  const rows = await tx.db.$queryRaw<{ mistaken: boolean }[]>`
    select i.last_seen_at is null or exists (
             select 1 from identity o where o.organisation_id = i.organisation_id and o.person_id = i.person_id
               and (o.workspace_id, o.platform_user) <> (i.workspace_id, i.platform_user) and o.active) as mistaken
    from identity i
    where i.organisation_id = ${tx.organisation} and i.workspace_id = ${workspace}
      and i.platform_user = ${platformUser}`;
  return rows[0]?.mistaken ?? true;
}

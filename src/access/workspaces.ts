import type { OrganisationTransaction } from '../store/transaction.ts';

/** Baton was taken out of a workspace: nothing is sent there, everything is kept. An older goodbye than the last installation is none. */
export async function markRemoved(tx: OrganisationTransaction, workspace: string, at: Date): Promise<boolean> {
  const changed = await tx.db.$executeRaw`
    update workspace set removed_at = ${at}::timestamptz
    where organisation_id = ${tx.organisation} and id = ${workspace} and removed_at is null
      and (installed_at is null or installed_at <= ${at}::timestamptz)`;
  return changed === 1;
}

/** Baton is in that workspace again. What waited for it is sent at the next tick. */
export async function markInstalled(tx: OrganisationTransaction, workspace: string, now: Date): Promise<boolean> {
  const changed = await tx.db.$executeRaw`
    update workspace set removed_at = null, installed_at = ${now}::timestamptz
    where organisation_id = ${tx.organisation} and id = ${workspace} and removed_at is not null`;
  return changed === 1;
}

/** Somebody took Baton out of their own chat: there is no way to them there until they add it again. */
export async function forgetChat(
  tx: OrganisationTransaction,
  chat: { readonly workspace: string; readonly user: string; readonly at: Date },
): Promise<boolean> {
  const changed = await tx.db.$executeRaw`
    delete from conversation_reference
    where organisation_id = ${tx.organisation} and workspace_id = ${chat.workspace} and platform_user = ${chat.user}
      and updated_at <= ${chat.at}::timestamptz`;
  return changed === 1;
}

/** True when Baton knows nobody and no place there whom it could write to. */
export async function isDeserted(tx: OrganisationTransaction, workspace: string): Promise<boolean> {
  const rows = await tx.db.$queryRaw<{ deserted: boolean }[]>`
    select not exists (select 1 from conversation_reference r
                       join identity i on i.organisation_id = r.organisation_id and i.workspace_id = r.workspace_id
                         and i.platform_user = r.platform_user
                       where r.organisation_id = ${tx.organisation} and r.workspace_id = ${workspace})
       and not exists (select 1 from team_place p
                       where p.organisation_id = ${tx.organisation} and p.workspace_id = ${workspace}
                         and not ('not-a-member' = any(coalesce(p.traits, '{}')))) as deserted`;
  return rows[0]?.deserted ?? false;
}

/** What is known of a place: `left` when Baton was taken out of it; else it is asked for anew before the next post. */
export async function notePlace(
  tx: OrganisationTransaction,
  place: { readonly workspace: string; readonly place: string; readonly left: boolean },
): Promise<boolean> {
  const traits = place.left ? ['not-a-member'] : [];
  const changed = await tx.db.$executeRaw`
    update team_place set checked_at = null, traits = ${traits}::text[]
    where organisation_id = ${tx.organisation} and workspace_id = ${place.workspace} and place = ${place.place}`;
  return changed > 0;
}

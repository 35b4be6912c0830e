import type { Database } from '../store/transaction.ts';

/** What waited for Baton to be installed again is due again once it is. Runs as the worker, at every tick. */
export async function resumeReinstalled(db: Database, now: Date): Promise<void> {
  await db.$executeRaw`
    update delivery d set state = 'pending', reason = null, attempts = 0, next_at = ${now}::timestamptz
    from workspace w
    where d.state = 'parked' and w.organisation_id = d.organisation_id and w.id = d.workspace_id
      and w.removed_at is null and w.installed_at > d.next_at
      and d.reason in ('workspace_gone', 'not_installed', 'token_revoked', 'token_expired', 'invalid_auth', 'not_authed',
                       'app_uninstalled', 'account_inactive', 'team_access_not_granted')`;
}

/** Holds that ended a day ago tell nothing any more. */
export async function forgetOldHolds(db: Database, now: Date): Promise<void> {
  await db.$executeRaw`delete from hold where until < ${now}::timestamptz - interval '1 day'`;
}

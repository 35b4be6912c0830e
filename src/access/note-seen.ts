import type { OrganisationTransaction } from '../store/transaction.ts';

/** How exactly it is known where somebody last acted, in milliseconds: it costs a write at most this often. */
const noticedEvery = 10 * 60_000;

/**
 * Notes that somebody acted in a workspace: messages reach them first where they were last. Sent along with what the
 * transaction writes anyway, and waited for by nobody; what is refused counts as not done.
 */
export function noteSeen(
  tx: OrganisationTransaction,
  seen: { readonly workspace: string; readonly user: string; readonly lastSeenAt: Date | undefined },
  now: Date,
): void {
  const { workspace, user, lastSeenAt } = seen;
  if (lastSeenAt !== undefined && now.getTime() - lastSeenAt.getTime() < noticedEvery) return;
  void tx.db.$writeRaw`
    update identity set last_seen_at = ${now}::timestamptz
    where organisation_id = ${tx.organisation} and workspace_id = ${workspace} and platform_user = ${user}
      and (last_seen_at is null or last_seen_at < ${now}::timestamptz)`;
}

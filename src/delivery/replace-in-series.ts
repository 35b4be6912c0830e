import type { OrganisationTransaction } from '../store/transaction.ts';
import type { Claimed } from './claim.ts';

/**
 * What of its series is newer, for the same person or the same place: `sent` = it is out, so an older copy goes;
 * `due` = it is about to be, so an older one need not be sent any more.
 */
export async function newerInSeries(
  tx: OrganisationTransaction,
  claimed: Claimed,
  now: Date,
): Promise<'sent' | 'due' | undefined> {
  if (claimed.series === null) return undefined;
  const rows = await tx.db.$queryRaw<{ sent: boolean | null }[]>`
    select bool_or(n.sent_at is not null) as sent
    from post mine
    join post p on p.organisation_id = mine.organisation_id and p.series = mine.series and p.audience = mine.audience
      and p.destination = mine.destination and (p.created_at, p.id) > (mine.created_at, mine.id)
    join delivery n on n.organisation_id = p.organisation_id and n.post_id = p.id
    where mine.organisation_id = ${tx.organisation} and mine.id = ${claimed.post}::uuid
      and (mine.audience = 'person' or (n.workspace_id = ${claimed.workspace} and n.place = ${claimed.place}))
      and (n.sent_at is not null or (n.state in ('pending', 'sending', 'unknown') and n.next_at <= ${now}::timestamptz))`;
  const sent = rows[0]?.sent ?? null;
  if (sent === null) return undefined;
  return sent ? 'sent' : 'due';
}

/** When a post of a series is out: older copies of the same place are looked at again, and then go. */
export async function markOlderInSeries(tx: OrganisationTransaction, claimed: Claimed, place: string): Promise<void> {
  if (claimed.series === null) return;
  await tx.db.$executeRaw`
    update delivery d set stale = true
    from post mine, post p
    where mine.organisation_id = ${tx.organisation} and mine.id = ${claimed.post}::uuid
      and p.organisation_id = mine.organisation_id and p.series = mine.series and p.audience = mine.audience
      and p.destination = mine.destination and (p.created_at, p.id) < (mine.created_at, mine.id)
      and d.organisation_id = p.organisation_id and d.post_id = p.id
      and (mine.audience = 'person' or d.place = ${place}) and d.state in ('sent', 'sending')`;
}

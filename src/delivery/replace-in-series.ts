import type { OrganisationTransaction } from '../store/transaction.ts';
import type { Claimed } from './claim.ts';

/**
 * What of its series is newer, for the same person or the same place: `sent` = it is out, so an older copy goes;
 * `due` = it is about to be, so an older one need not be sent any more. What stands in a thread goes with the message it
 * stands under.
 */
export async function newerInSeries(
  tx: OrganisationTransaction,
  claimed: Claimed,
  now: Date,
): Promise<'sent' | 'due' | undefined> {
  const { series, under, post } = claimed;
  if (series === null && under === null) return undefined;
  const rows = await tx.db.$queryRaw<{ sent: boolean | null }[]>`
    select bool_or(n.sent_at is not null) as sent
    from post mine
    join post p on p.organisation_id = mine.organisation_id and p.series = mine.series and p.audience = mine.audience
      and p.destination = mine.destination and (p.created_at, p.id) > (mine.created_at, mine.id)
    join delivery n on n.organisation_id = p.organisation_id and n.post_id = p.id
    where mine.organisation_id = ${tx.organisation}
      and (case when ${under}::text is null then mine.id = ${post}::uuid else mine.key = ${under} end)
      and (mine.audience = 'person' or (n.workspace_id = ${claimed.workspace} and n.place = ${claimed.place}))
      and (n.sent_at is not null or (n.state in ('pending', 'sending', 'unknown') and n.next_at <= ${now}::timestamptz))`;
  const sent = rows[0]?.sent ?? null;
  if (sent === null) return undefined;
  return sent ? 'sent' : 'due';
}

/**
 * Locks the copies of a series at one destination, in the order in which a change of their subject marks them: whoever
 * writes one of them and then the others meets nobody who does so the other way round.
 */
export async function lockSeries(tx: OrganisationTransaction, { series, post }: Claimed): Promise<void> {
  if (series === null) return;
  await tx.db.$queryRaw`
    select 1 as locked
    from post mine
    join post p on p.organisation_id = mine.organisation_id and p.series = mine.series and p.audience = mine.audience
      and p.destination = mine.destination
    join delivery d on d.organisation_id = p.organisation_id and d.post_id = p.id
    where mine.organisation_id = ${tx.organisation} and mine.id = ${post}::uuid
      and d.state in ('pending', 'sent', 'sending', 'unknown')
    order by d.id for update of d`;
}

/** When a post of a series is out: older copies of the same place are looked at again, and then go, with their threads. */
export async function markOlderInSeries(tx: OrganisationTransaction, claimed: Claimed, place: string): Promise<void> {
  if (claimed.series === null) return;
  await tx.db.$executeRaw`
    update delivery d set stale = true
    from post mine, post old, post p
    where mine.organisation_id = ${tx.organisation} and mine.id = ${claimed.post}::uuid
      and old.organisation_id = mine.organisation_id and old.series = mine.series and old.audience = mine.audience
      and old.destination = mine.destination and (old.created_at, old.id) < (mine.created_at, mine.id)
      and p.organisation_id = old.organisation_id and (p.id = old.id or p.under = old.key)
      and d.organisation_id = p.organisation_id and d.post_id = p.id
      and (mine.audience = 'person' or d.place = ${place}) and d.state in ('sent', 'sending')`;
}

import type { OrganisationTransaction } from '../store/transaction.ts';
import type { Claimed } from './claim.ts';

/**
 * Several deliveries that are one message. One of them carries the others: their rows point at it, wait beside it, and
 * are sent when it is. Each stays a copy of its own post, redrawn with its subject; the message they share is drawn as a
 * list of all.
 */

/** Puts others in the message of this delivery, as far as nobody else has them. Returns how many. */
export async function carryOthers(
  tx: OrganisationTransaction,
  claimed: Claimed,
  others: readonly string[],
): Promise<number> {
  // Rows that another replica looks at now go their own way: nobody waits for anybody.
  const taken = await tx.db.$executeRaw`
    with free as (
      select d.organisation_id, d.id from delivery d
      where d.organisation_id = ${tx.organisation} and d.id = any(${[...others]}::uuid[]) and d.message_id is null
        and d.bundle_id is null
        and (d.state = 'pending' and d.attempts = 0 or d.state = 'sending' and d.attempts = 1 and d.holder = ${claimed.holder})
      for update skip locked
    )
    update delivery d
    set state = 'pending', attempts = 0, holder = null, lease_until = null, reason = null, bundle_id = ${claimed.id}::uuid
    from free where d.organisation_id = free.organisation_id and d.id = free.id`;
  if (taken > 0) {
    await tx.db.$executeRaw`
      update delivery set bundle_id = id where organisation_id = ${tx.organisation} and id = ${claimed.id}::uuid`;
  }
  return taken;
}

/** The message is out: everybody in it is sent, and older copies of their series are looked at again. */
export async function settleCarried(
  tx: OrganisationTransaction,
  carrier: string,
  sent: {
    readonly workspace: string;
    readonly platform: string;
    readonly place: string;
    readonly messageId: string;
    readonly serviceUrl?: string;
    readonly shown: Uint8Array<ArrayBuffer>;
  },
  now: Date,
): Promise<void> {
  await tx.db.$executeRaw`
    update delivery
    set state = 'sent', attempts = 1, workspace_id = ${sent.workspace}, platform = ${sent.platform},
        place = ${sent.place}, message_id = ${sent.messageId}, service_url = ${sent.serviceUrl ?? null},
        shown = ${sent.shown}::bytea, sent_at = ${now}::timestamptz, next_at = ${now}::timestamptz
    where organisation_id = ${tx.organisation} and bundle_id = ${carrier}::uuid and id <> ${carrier}::uuid
      and state = 'pending'`;
  await tx.db.$executeRaw`
    update delivery d set stale = true
    from delivery c
    join post mine on mine.organisation_id = c.organisation_id and mine.id = c.post_id
    join post p on p.organisation_id = mine.organisation_id and p.series = mine.series and p.audience = mine.audience
      and p.destination = mine.destination and (p.created_at, p.id) < (mine.created_at, mine.id)
    where c.organisation_id = ${tx.organisation} and c.bundle_id = ${carrier}::uuid and c.id <> ${carrier}::uuid
      and d.organisation_id = p.organisation_id and d.post_id = p.id and d.state in ('sent', 'sending')`;
}

/** The message will not be: each goes its own way again, at once. */
export async function releaseCarried(tx: OrganisationTransaction, carrier: string, now: Date): Promise<void> {
  await tx.db.$executeRaw`
    update delivery set bundle_id = null, next_at = ${now}::timestamptz
    where organisation_id = ${tx.organisation} and bundle_id = ${carrier}::uuid and id <> ${carrier}::uuid
      and state = 'pending'`;
  await tx.db.$executeRaw`
    update delivery set bundle_id = null where organisation_id = ${tx.organisation} and id = ${carrier}::uuid`;
}

/** True for one whose claim was given up because another delivery carries it now. */
export async function isCarried(tx: OrganisationTransaction, id: string): Promise<boolean> {
  const rows = await tx.db.$queryRaw<unknown[]>`
    select 1 from delivery
    where organisation_id = ${tx.organisation} and id = ${id}::uuid and bundle_id is not null and bundle_id <> id`;
  return rows.length > 0;
}

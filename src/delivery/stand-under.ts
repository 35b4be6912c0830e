import type { OrganisationTransaction } from '../store/transaction.ts';
import type { Claimed } from './claim.ts';

export type Root =
  | { readonly is: 'out'; readonly messageId: string }
  /** It will be out: what stands under it waits. */
  | { readonly is: 'coming'; readonly nextAt: Date; readonly messageId?: undefined }
  /** It will not be there: what stands under it goes to the place itself. */
  | { readonly is: 'missing'; readonly messageId?: undefined };

type Placed = Pick<Claimed, 'under' | 'workspace' | 'place'>;

/** The message in whose thread this one stands, at the same place; undefined for one that stands by itself. */
export async function findRoot(tx: OrganisationTransaction, claimed: Placed): Promise<Root | undefined> {
  if (claimed.under === null) return undefined;
  const rows = await tx.db.$queryRaw<{ state: string; messageId: string | null; nextAt: Date }[]>`
    select d.state, d.message_id as "messageId", d.next_at as "nextAt"
    from post p join delivery d on d.organisation_id = p.organisation_id and d.post_id = p.id
    where p.organisation_id = ${tx.organisation} and p.key = ${claimed.under}
      and d.workspace_id = ${claimed.workspace} and d.place = ${claimed.place}`;
  const row = rows[0];
  if (row === undefined) return { is: 'missing' };
  if (row.messageId !== null) return { is: 'out', messageId: row.messageId };
  return ['pending', 'sending', 'unknown'].includes(row.state)
    ? { is: 'coming', nextAt: row.nextAt }
    : { is: 'missing' };
}

/** True while something is out in the thread of this message. */
export async function standsUnder(
  tx: OrganisationTransaction,
  { key, workspace, place }: Pick<Claimed, 'key' | 'workspace' | 'place'>,
): Promise<boolean> {
  const rows = await tx.db.$queryRaw<unknown[]>`
    select 1 from post p join delivery d on d.organisation_id = p.organisation_id and d.post_id = p.id
    where p.organisation_id = ${tx.organisation} and p.under = ${key}
      and d.workspace_id = ${workspace} and d.place = ${place} and d.message_id is not null limit 1`;
  return rows.length > 0;
}

/** What stood in a thread is gone: the message it stood under is looked at again, and may go too. */
export async function markRoot(tx: OrganisationTransaction, claimed: Placed): Promise<void> {
  if (claimed.under === null) return;
  await tx.db.$executeRaw`
    update delivery d set stale = true from post p
    where p.organisation_id = ${tx.organisation} and p.key = ${claimed.under}
      and d.organisation_id = p.organisation_id and d.post_id = p.id
      and d.workspace_id = ${claimed.workspace} and d.place = ${claimed.place} and d.state in ('sent', 'sending')`;
}

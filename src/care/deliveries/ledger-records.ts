import type { Platform } from '../../platform.ts';
import type { DeliveryState } from '../../delivery/states.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';

/** One copy of a post, as a ledger shows it: who is told, where, and what came of it. Nothing of what it says. */
export interface LedgerDelivery {
  readonly id: string;
  readonly state: DeliveryState;
  /** Card kind, e.g. `referrals.offer`. */
  readonly kind: string;
  readonly audience: 'person' | 'team';
  /** Name of the person or the team. */
  readonly to: string;
  /** Unset until a person's platform was chosen. */
  readonly platform: Platform | null;
  readonly attempts: number;
  /** Coded word of the last no; of a parked one why it is parked. */
  readonly reason: string | null;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
  /** Product time of the next try; unset where none is planned. */
  readonly nextAt: Date | null;
  /** It is out, and its subject changed since: it is about to be drawn again. */
  readonly redrawn: boolean;
}

/** The newest copies first, of every state. */
export async function listDeliveries(tx: OrganisationTransaction, limit: number): Promise<readonly LedgerDelivery[]> {
  return tx.db.$queryRaw<LedgerDelivery[]>`
    select d.id::text as id, d.state, p.kind, p.audience, coalesce(o.name, t.name, p.destination) as to, d.platform,
           d.attempts, d.reason, d.created_at as "createdAt", d.sent_at as "sentAt",
           case when d.state in ('pending', 'unknown') or d.state = 'sent' and d.stale then d.next_at end as "nextAt",
           d.state = 'sent' and d.stale and d.message_id is not null as redrawn
    from delivery d
    join post p on p.organisation_id = d.organisation_id and p.id = d.post_id
    left join person o on p.audience = 'person' and o.organisation_id = p.organisation_id and o.id = p.destination
    left join team t on p.audience = 'team' and t.organisation_id = p.organisation_id and t.id = p.destination
    where d.organisation_id = ${tx.organisation}
    order by d.created_at desc, d.id desc limit ${limit}`;
}

/** How many copies are in each state, over all of them. */
export async function countDeliveries(
  tx: OrganisationTransaction,
): Promise<Readonly<Partial<Record<DeliveryState, number>>>> {
  const rows = await tx.db.$queryRaw<{ state: DeliveryState; count: number }[]>`
    select state, count(*)::int as count from delivery where organisation_id = ${tx.organisation} group by state`;
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

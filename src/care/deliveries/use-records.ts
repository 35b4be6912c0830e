import type { OrganisationTransaction } from '../../store/transaction.ts';

/** How one kind of message to people fared. */
export interface KindUse {
  /** The card's kind. */
  readonly kind: string;
  /** Messages that reached a person. */
  readonly pushed: number;
  /** Of these, those on which a button was pressed. */
  readonly acted: number;
  /** Things that stood in a digest instead. */
  readonly folded: number;
}

/** By kind of card, the most pushed first: what reached people since a moment. No person is named. */
export async function listUse(tx: OrganisationTransaction, since: Date): Promise<readonly KindUse[]> {
  return tx.db.$queryRaw<KindUse[]>`
    select p.kind, count(d.sent_at)::int as pushed, count(d.acted_at)::int as acted,
           (count(*) filter (where d.reason = 'in_digest'))::int as folded
    from delivery d
    cross join lateral (
      select o.kind, o.audience from post o where o.organisation_id = d.organisation_id and o.id = d.post_id limit 1) p
    where d.organisation_id = ${tx.organisation} and p.audience = 'person' and d.created_at > ${since}::timestamptz
      and (d.sent_at is not null or d.reason = 'in_digest')
    group by p.kind order by pushed desc, p.kind`;
}

import type { OrganisationTransaction } from '../../store/transaction.ts';
import type { BundleLine } from './bundle-records.ts';

/** What this person's digests since a moment stand in for, oldest first, each thing once. */
export async function listFolded(
  tx: OrganisationTransaction,
  person: string,
  since: Date,
): Promise<readonly BundleLine[]> {
  // In two steps: on tables without statistics the server joins all four the long way round.
  const digests = await tx.db.$queryRaw<{ id: string }[]>`
    select d.id::text as id
    from post p join delivery d on d.organisation_id = p.organisation_id and d.post_id = p.id
    where p.organisation_id = ${tx.organisation} and p.series = ${`digest:person/${person}`}
      and p.created_at >= ${since}::timestamptz`;
  if (digests.length === 0) return [];
  return tx.db.$queryRaw<BundleLine[]>`
    select distinct on (created_at, kind, subject) id::text as id, kind, subject from (
      select distinct on (p.kind, p.subject) d.id, p.kind, p.subject, d.created_at
      from delivery d join post p on p.organisation_id = d.organisation_id and p.id = d.post_id
      where d.organisation_id = ${tx.organisation} and d.folded_into = any(${digests.map(({ id }) => id)}::uuid[])
        and d.state in ('pending', 'superseded') and p.audience = 'person' and p.destination = ${person}
      order by p.kind, p.subject, d.created_at
    ) as line
    order by created_at, kind, subject`;
}

/** True when something waits for this person's next digest: then there is one. */
export async function waitsForDigest(tx: OrganisationTransaction, person: string): Promise<boolean> {
  const rows = await tx.db.$queryRaw<unknown[]>`
    select 1 from delivery
    where organisation_id = ${tx.organisation} and split_part(line, '/', 1) = ${`person:${person}`}
      and line like 'person:%' and state = 'pending' and reason = 'folded' limit 1`;
  return rows.length > 0;
}

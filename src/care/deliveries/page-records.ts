import type { OrganisationTransaction } from '../../store/transaction.ts';

/** Pages to one person that were given up until a human decides. */
export interface ParkedPages {
  readonly person: string;
  readonly name: string;
  readonly count: number;
  readonly attempts: number;
  /** Coded, of the latest. */
  readonly reason: string;
}

export async function listParkedPages(tx: OrganisationTransaction): Promise<readonly ParkedPages[]> {
  return tx.db.$queryRaw<ParkedPages[]>`
    select g.person_id as person, p.name, count(*)::int as count, sum(g.attempts)::int as attempts,
           (array_agg(g.reason order by g.sequence desc))[1] as reason
    from page g join person p on p.organisation_id = g.organisation_id and p.id = g.person_id
    where g.organisation_id = ${tx.organisation} and g.state = 'parked'
    group by g.person_id, p.name order by p.name, g.person_id`;
}

export async function countParkedPages(tx: OrganisationTransaction): Promise<number> {
  const rows = await tx.db.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from page where organisation_id = ${tx.organisation} and state = 'parked'`;
  return rows[0]?.count ?? 0;
}

/** A person's pages go again, as if new. Returns how many. */
export async function retryPages(tx: OrganisationTransaction, person: string, now: Date): Promise<number> {
  return tx.db.$executeRaw`
    update page set state = 'pending', reason = null, first_tried_at = null, next_at = ${now}::timestamptz
    where organisation_id = ${tx.organisation} and person_id = ${person} and state = 'parked'`;
}

/** A person's pages are off the list for good. Returns how many. */
export async function dismissPages(tx: OrganisationTransaction, person: string): Promise<number> {
  return tx.db.$executeRaw`
    update page set state = 'dropped', reason = 'dismissed'
    where organisation_id = ${tx.organisation} and person_id = ${person} and state = 'parked'`;
}

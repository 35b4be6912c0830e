import type { Database } from '../store/transaction.ts';
import { pagePriorities } from './page-rules.ts';

/** A page that is ours until its lease ends. */
export interface ClaimedPage {
  readonly organisation: string;
  readonly id: string;
  /** Ours alone: one a look, so that a later claim of the same page is another holder. */
  readonly holder: string;
  readonly attempts: number;
  readonly firstTriedAt: Date;
}

/** How long a claim holds, by the database's own clock: longer than a call of the gateway with all around it. */
export const leaseSeconds = 20;

/**
 * Takes what is due, as the worker: calls first, then stops, then tests; or tests alone. One a person and thing at a
 * time, and a stop never before a call it ends, so that nothing arrives in the wrong order. Any number of replicas may
 * ask at once; each page goes to one. `now` is the product's time.
 */
export async function claimPages(
  db: Database,
  work: { readonly now: Date; readonly holder: string; readonly batch: number; readonly tests: boolean },
): Promise<ClaimedPage[]> {
  const { now, holder, batch, tests } = work;
  const [from, to] = tests ? [pagePriorities.test, pagePriorities.test] : [pagePriorities.call, pagePriorities.stop];
  return db.$queryRaw<ClaimedPage[]>`
    with waiting as (
      select p.organisation_id, p.id from page p
      where p.state = 'pending' and p.next_at <= ${now}::timestamptz and p.priority between ${from}::int and ${to}::int
        and not exists (
          select 1 from page e
          where e.organisation_id = p.organisation_id and e.incident = p.incident and e.person_id = p.person_id
            and e.id <> p.id
            and (e.state = 'sending' or (p.event = 'stop' and e.state = 'pending' and e.sequence < p.sequence)))
      order by p.priority, p.next_at limit ${batch}::int for update of p skip locked
    ), left_behind as (
      select p.organisation_id, p.id from page p
      where p.state = 'sending' and p.lease_until < clock_timestamp() and p.priority between ${from}::int and ${to}::int
      order by p.priority, p.lease_until limit ${batch}::int for update of p skip locked
    ), due as (select * from left_behind union all select * from waiting limit ${batch}::int)
    update page p
    set state = 'sending', holder = ${holder}, attempts = p.attempts + 1,
        first_tried_at = coalesce(p.first_tried_at, ${now}::timestamptz),
        lease_until = clock_timestamp() + ${leaseSeconds}::float8 * interval '1 second'
    from due where p.organisation_id = due.organisation_id and p.id = due.id
    returning p.organisation_id as organisation, p.id::text as id, p.holder, p.attempts, p.first_tried_at as "firstTriedAt"`;
}

/** How many pages are in each state that is not at rest, over all organisations; nothing of whom. */
export async function countPages(db: Database): Promise<readonly { readonly state: string; readonly count: number }[]> {
  return db.$queryRaw<{ state: string; count: number }[]>`
    select state, count(*)::int as count from page where state in ('pending', 'sending', 'parked') group by state`;
}

import type { Database, OrganisationTransaction } from '../store/transaction.ts';

/** Pages taken away at once. */
export const pagesAtOnce = 200;

/** The oldest pages from before a moment that arrived or were called off, and that ring about nothing that is open. */
export async function findOldPages(tx: OrganisationTransaction, before: Date): Promise<readonly string[]> {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    select g.id::text as id from page g
    where g.organisation_id = ${tx.organisation} and g.state in ('sent', 'dropped') and g.at < ${before}::timestamptz
      and g.next_at < ${before}::timestamptz
      and not exists (
        select 1 from escalation e
        where e.organisation_id = g.organisation_id and e.state <> 'resolved'
          and e.id = substring(g.incident from '^[0-9a-f]{8}-[0-9a-f-]{27}$')::uuid)
    order by g.at limit ${pagesAtOnce}::int`;
  return rows.map(({ id }) => id);
}

/** Takes these away, as the worker. How many went. */
export async function forgetPages(
  db: Database,
  organisation: string,
  ids: readonly string[],
  before: Date,
): Promise<number> {
  return db.$executeRaw`
    delete from page
    where organisation_id = ${organisation} and id = any(${[...ids]}::uuid[]) and state in ('sent', 'dropped')
      and next_at < ${before}::timestamptz`;
}

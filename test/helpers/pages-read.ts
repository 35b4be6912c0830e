import type { OrganisationTransaction } from '../../src/store/transaction.ts';

/**
 * Pages of tables and indexes that this connection has asked for and not yet reported: to be taken before and after. The
 * statement itself reads those of the catalogue.
 */
export async function pagesRead(tx: OrganisationTransaction): Promise<number> {
  const rows = await tx.db.$queryRaw<{ pages: number }[]>`
    select sum(pg_stat_get_xact_blocks_fetched(c.oid))::int as pages
    from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'`;
  return rows[0]?.pages ?? 0;
}

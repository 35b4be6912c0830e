import type { OrganisationTransaction } from '../../store/transaction.ts';

export const exportVerb = 'export.write';

/** One table that was written out. */
export interface Export {
  readonly at: Date;
  /** A person's id, or `cli`. */
  readonly by: string;
  readonly table: string;
  readonly rows: number;
}

/** Exports of an organisation come one after the other, so that each sees those before it. */
export async function lockExports(tx: OrganisationTransaction): Promise<void> {
  await tx.db.$queryRaw`
    select 1 as locked from (select pg_advisory_xact_lock(hashtextextended(${`exports/${tx.organisation}`}, 0))) held`;
}

/** After one moment and before another, the oldest first. */
export async function listExports(tx: OrganisationTransaction, after: Date, before: Date): Promise<readonly Export[]> {
  return tx.db.$queryRaw<Export[]>`
    select at, actor as by, subject_id as table, coalesce((detail ->> 'rows')::int, 0) as rows
    from audit_event
    where organisation_id = ${tx.organisation} and verb = 'export.write'
      and at > ${after}::timestamptz and at < ${before}::timestamptz
    order by at, sequence`;
}

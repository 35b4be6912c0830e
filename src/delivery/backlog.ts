import type { Database } from '../store/transaction.ts';

/** How much waits, over all organisations; nothing of whom or what. */
export interface Backlog {
  /** Deliveries by state that are not at rest. */
  readonly pending: number;
  readonly sending: number;
  readonly unknown: number;
  readonly parked: number;
  /** Seconds of product time since the oldest due delivery became due; 0 when nothing is. */
  readonly oldestSeconds: number;
}

export async function readBacklog(db: Database, now: Date): Promise<Backlog> {
  const rows = await db.$queryRaw<{ state: string; count: number; oldest: Date | null }[]>`
    select state, count(*)::int as count, min(next_at) filter (where state <> 'parked') as oldest
    from delivery where state in ('pending', 'sending', 'unknown', 'parked') group by state`;
  const count = (state: string): number => rows.find((row) => row.state === state)?.count ?? 0;
  const oldest = Math.min(...rows.flatMap((row) => (row.oldest === null ? [] : [row.oldest.getTime()])));
  return {
    pending: count('pending'),
    sending: count('sending'),
    unknown: count('unknown'),
    parked: count('parked'),
    oldestSeconds: Number.isFinite(oldest) ? Math.max(0, Math.round((now.getTime() - oldest) / 1_000)) : 0,
  };
}

/** How many places a platform asked to wait with. */
export interface Held {
  readonly platform: string;
  readonly method: string;
  readonly count: number;
}

export async function readHolds(db: Database, now: Date): Promise<readonly Held[]> {
  return db.$queryRaw<Held[]>`
    select w.platform, h.method, count(*)::int as count
    from hold h join workspace w on w.organisation_id = h.organisation_id and w.id = h.workspace_id
    where h.until > ${now}::timestamptz group by w.platform, h.method`;
}

import type { Platform } from '../../platform.ts';
import type { ExportRange } from '../../feature/exports.ts';
import { isUuid } from '../../ids.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';
import type { DismissReason } from './rules.ts';

/** A delivery that was given up until a human decides. */
export interface ParkedDelivery {
  readonly id: string;
  readonly kind: string;
  readonly audience: 'person' | 'team';
  /** Name of the person or the team. */
  readonly to: string;
  readonly platform: Platform | null;
  readonly attempts: number;
  readonly reason: string;
  readonly parkedAt: Date;
}

/** What waits for a supervisor, the most urgent and then the oldest first. */
export async function listParked(tx: OrganisationTransaction): Promise<readonly ParkedDelivery[]> {
  return tx.db.$queryRaw<ParkedDelivery[]>`
    select d.id::text as id, p.kind, p.audience, coalesce(o.name, t.name, p.destination) as to, d.platform, d.attempts,
           d.reason, d.next_at as "parkedAt"
    from delivery d
    join post p on p.organisation_id = d.organisation_id and p.id = d.post_id
    left join person o on p.audience = 'person' and o.organisation_id = p.organisation_id and o.id = p.destination
    left join team t on p.audience = 'team' and t.organisation_id = p.organisation_id and t.id = p.destination
    where d.organisation_id = ${tx.organisation} and d.state = 'parked'
    order by d.priority, d.next_at, d.id`;
}

export async function countParked(tx: OrganisationTransaction): Promise<number> {
  const rows = await tx.db.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from delivery where organisation_id = ${tx.organisation} and state = 'parked'`;
  return rows[0]?.count ?? 0;
}

/** Due again, as if new. False when it is not parked any more. */
export async function retryParked(tx: OrganisationTransaction, id: string, now: Date): Promise<boolean> {
  if (!isUuid(id)) return false;
  // For a person every platform is tried again, from the first.
  const changed = await tx.db.$executeRaw`
    update delivery d
    set state = 'pending', reason = null, attempts = 0, next_at = ${now}::timestamptz, stale = true, refused_by = '{}',
        workspace_id = case when p.audience = 'person' then null else d.workspace_id end,
        platform = case when p.audience = 'person' then null else d.platform end
    from post p
    where p.organisation_id = d.organisation_id and p.id = d.post_id
      and d.organisation_id = ${tx.organisation} and d.id = ${id}::uuid and d.state = 'parked'`;
  return changed === 1;
}

/** Taken off the list for good. False when it is not parked any more. */
export async function dismissParked(tx: OrganisationTransaction, id: string, reason: DismissReason): Promise<boolean> {
  if (!isUuid(id)) return false;
  const changed = await tx.db.$executeRaw`
    update delivery set state = 'cancelled', reason = ${`dismissed:${reason}`}
    where organisation_id = ${tx.organisation} and id = ${id}::uuid and state = 'parked'`;
  return changed === 1;
}

export interface DeliveryExportRow {
  readonly id: string;
  readonly kind: string;
  readonly destination: string;
  readonly state: string;
  readonly platform: string | null;
  readonly attempts: number;
  readonly reason: string | null;
  readonly at: string;
  readonly sentAt: string | null;
}

/** One row a copy: who or which team was told what, where, and what came of it. */
export async function exportDeliveries(
  tx: OrganisationTransaction,
  range: ExportRange,
): Promise<readonly DeliveryExportRow[]> {
  const rows = await tx.db.$queryRaw<(Omit<DeliveryExportRow, 'at' | 'sentAt'> & { at: Date; sentAt: Date | null })[]>`
    select d.id::text as id, p.kind,
           case when p.audience = 'team' then 'team:' || p.destination else p.destination end as destination,
           d.state, d.platform, d.attempts, d.reason, d.created_at as at, d.sent_at as "sentAt"
    from delivery d join post p on p.organisation_id = d.organisation_id and p.id = d.post_id
    where d.organisation_id = ${tx.organisation}
      and (${range.from ?? null}::date is null or (d.created_at at time zone 'UTC')::date >= ${range.from ?? null}::date)
      and (${range.to ?? null}::date is null or (d.created_at at time zone 'UTC')::date <= ${range.to ?? null}::date)
    order by d.created_at, d.id`;
  return rows.map(({ at, sentAt, ...row }) => ({
    ...row,
    at: at.toISOString(),
    sentAt: sentAt?.toISOString() ?? null,
  }));
}

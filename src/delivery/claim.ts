import type { Platform } from '../platform.ts';
import type { Database } from '../store/transaction.ts';
import { priorities } from './states.ts';

/** A delivery that is ours until its lease ends. */
export interface Claimed {
  readonly organisation: string;
  readonly id: string;
  readonly post: string;
  /** Ours alone: one a claim, so that a later claim of the same row is another holder. */
  readonly holder: string;
  readonly attempts: number;
  readonly priority: number;
  /** What it was before: `sending` = somebody's lease ended, so what came of it is not known. */
  readonly was: 'pending' | 'sending' | 'sent' | 'unknown';
  readonly key: string;
  readonly audience: 'person' | 'team';
  /** Id of that person or team. */
  readonly destination: string;
  readonly kind: string;
  readonly subject: string;
  readonly series: string | null;
  /** Key of the post in whose thread it stands. */
  readonly under: string | null;
  readonly workspace: string | null;
  readonly platform: Platform | null;
  readonly place: string | null;
  readonly messageId: string | null;
  readonly shown: Uint8Array | null;
  readonly nextAt: Date;
  readonly createdAt: Date;
  /** What orders it: one destination and subject. */
  readonly line: string;
  /** It waits for no courtesy. */
  readonly atOnce: boolean;
  /** Why it waited, where it did. */
  readonly reason: string | null;
  /** The message it shares with others: the delivery that carries them. */
  readonly bundle: string | null;
  /** What it came of, for logs: the request, or what fell due. */
  readonly correlation: string | null;
}

/** How long a claim holds, by the database's own clock: longer than the slowest send with all its time-outs. */
export const leaseSeconds = 30;

/** What orders and paces sends: one place, or one person whose place is not chosen yet. */
export function laneOf(claimed: Pick<Claimed, 'organisation' | 'workspace' | 'place' | 'destination'>): string {
  const { organisation, workspace, place, destination } = claimed;
  return place === null ? `${organisation}/person/${destination}` : `${organisation}/${workspace ?? ''}/${place}`;
}

/**
 * Takes what is due, as the worker: what waits, what somebody's ended lease left open, then messages whose subject
 * changed. Nothing behind an earlier open delivery of its line that is as urgent, nothing the platform asked to wait
 * with, nothing of the lanes in `avoid` but escalations, which overtake there; and nothing but those where `urgentOnly`.
 * Any number of replicas may ask at once; each row goes to one. `now` is the product's time.
 *
 * Whether a line is free is asked in a form that leaves only the line's own index to choose: on a table that has just
 * been filled the server knows nothing of it, and took another one (10,000 due: minutes instead of milliseconds).
 */
export async function claimDue(
  db: Database,
  work: {
    readonly now: Date;
    readonly holder: string;
    readonly batch: number;
    readonly avoid: readonly string[];
    readonly urgentOnly?: boolean;
  },
): Promise<Claimed[]> {
  const { now, holder, batch, urgentOnly = false } = work;
  const avoid = [...work.avoid];
  // A plan that the connection kept from when little waited reads all that waits for each row of it.
  void db.$writeRaw`set local plan_cache_mode = force_custom_plan`;
  const rows = await db.$queryRaw<Claimed[]>`
    with waiting as (
      select d.organisation_id, d.id, d.state as was from delivery d
      where d.state in ('pending', 'sending', 'unknown')
        and (case when d.state = 'sending' then d.lease_until < clock_timestamp() else d.next_at <= ${now}::timestamptz end)
        and (d.bundle_id is null or d.bundle_id = d.id or d.message_id is not null)
        and d.priority <= ${urgentOnly ? priorities.escalation : priorities.digest}
        and (d.priority = 0 or not (d.organisation_id || '/' || coalesce(d.workspace_id || '/' || d.place, '') = any(${avoid}::text[])))
        and (
          select true from delivery e
          where e.organisation_id = d.organisation_id and e.line = d.line
            and (e.state || '') in ('pending', 'sending', 'unknown') and coalesce(e.message_id, '') = ''
            and e.priority <= d.priority and (e.created_at, e.id) < (d.created_at, d.id)
            and not (e.state = 'pending' and e.attempts = 0 and e.next_at > ${now}::timestamptz) limit 1) is null
        and not exists (
          select 1 from hold h
          where h.organisation_id = d.organisation_id and h.workspace_id = d.workspace_id and h.place = d.place
            and h.method = case when d.message_id is null then 'post' else 'update' end and h.until > ${now}::timestamptz)
      order by d.priority, d.next_at, d.created_at limit ${batch}::bigint for update of d skip locked
    ), stale as (
      select d.organisation_id, d.id, d.state as was from delivery d
      where d.state = 'sent' and d.stale and d.message_id is not null and d.next_at <= ${now}::timestamptz
        and not ${urgentOnly}::boolean
        and not (d.organisation_id || '/' || coalesce(d.workspace_id || '/' || d.place, '') = any(${avoid}::text[]))
        and not exists (
          select 1 from hold h
          where h.organisation_id = d.organisation_id and h.workspace_id = d.workspace_id and h.place = d.place
            and h.method in ('update', 'remove') and h.until > ${now}::timestamptz)
      order by greatest(d.priority, 2), d.next_at limit (select greatest(0, ${batch}::bigint - count(*)) from waiting)
      for update of d skip locked
    ), due as (select * from waiting union all select * from stale)
    update delivery d
    set state = 'sending', holder = ${holder}, lease_until = clock_timestamp() + ${leaseSeconds}::float8 * interval '1 second',
        attempts = d.attempts + 1
    from due, post p
    where d.organisation_id = due.organisation_id and d.id = due.id
      and p.organisation_id = d.organisation_id and p.id = d.post_id
    returning d.organisation_id as organisation, d.id::text as id, d.post_id::text as post, d.holder, d.attempts,
              d.priority, due.was, p.key, p.audience, p.destination, p.kind, p.subject, p.series, p.under,
              d.workspace_id as workspace, d.platform, d.place, d.message_id as "messageId", d.shown, d.next_at as "nextAt",
              d.created_at as "createdAt", d.line, p.at_once as "atOnce", d.reason, d.bundle_id::text as bundle, p.correlation`;
  const rank = (row: Claimed): number => (row.messageId === null ? row.priority : Math.max(row.priority, 2));
  const times = (row: Claimed): [number, number] => [row.nextAt.getTime(), row.createdAt.getTime()];
  return rows.sort((a, b) => {
    const [[dueA, madeA], [dueB, madeB]] = [times(a), times(b)];
    return rank(a) - rank(b) || dueA - dueB || madeA - madeB;
  });
}

/** Gives claims back untried, as they were. */
export async function releaseClaims(db: Database, claims: readonly Claimed[]): Promise<void> {
  for (const { organisation, id, holder, attempts, was } of claims) {
    // Whose lease had ended is still of unknown outcome; the next holder reconciles it.
    const state = was === 'sending' ? 'unknown' : was;
    await db.$executeRaw`
      update delivery set state = ${state}, holder = null, lease_until = null, attempts = attempts - 1
      where organisation_id = ${organisation} and id = ${id}::uuid and holder = ${holder} and attempts = ${attempts}`;
  }
}

/** When something is due next: milliseconds of product time and of lease time; undefined when nothing is planned. */
export async function nextDue(db: Database, now: Date): Promise<number | undefined> {
  const rows = await db.$queryRaw<{ waiting: Date | null; held: Date | null; lease: number | null }[]>`
    select least(
             (select min(next_at) from delivery where state = 'pending' and next_at > ${now}::timestamptz),
             (select min(next_at) from delivery where state = 'unknown' and next_at > ${now}::timestamptz),
             (select min(next_at) from delivery where state = 'sent' and stale and next_at > ${now}::timestamptz)
           ) as waiting,
           (select min(until) from hold where until > ${now}::timestamptz) as held,
           (select extract(epoch from min(lease_until) - clock_timestamp())::float8 * 1000
            from delivery where state = 'sending') as lease`;
  const row = rows[0];
  const waits = [
    ...[row?.waiting, row?.held].flatMap((at) => (at ? [at.getTime() - now.getTime()] : [])),
    ...(typeof row?.lease === 'number' ? [Math.max(0, row.lease)] : []),
  ];
  return waits.length === 0 ? undefined : Math.min(...waits);
}

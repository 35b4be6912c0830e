import { lookingSchema, type LookingLimits } from './settings.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';
import type { Figures, Span, Told, Watch } from './looking-rules.ts';

/** Looks of one person come one after the other until each has committed, so that each counts those before it. */
export function lockLooking(tx: OrganisationTransaction, who: string): void {
  void tx.db.$writeRaw`
    select 1 from (select pg_advisory_xact_lock(hashtextextended(${`looking/${tx.organisation}/${who}`}, 0))) held`;
}

interface FiguresRow extends Omit<Figures, 'since'> {
  readonly since: Date | null;
  readonly limits: unknown;
}

/**
 * What is on record of one person within a span, and what the organisation calls usual. A client counts as their own who
 * was so at any time of the span: a caseload handed over at noon was not looked into in the morning.
 */
export async function countLooking(
  tx: OrganisationTransaction,
  who: string,
  span: Span,
  watch: Watch,
): Promise<{ readonly figures: Figures; readonly limits: LookingLimits }> {
  const rows = await tx.db.$queryRaw<FiguresRow[]>`
    with acted as (
      select e.verb, e.at, c.id as client
      from audit_event e
      left join lateral (
        select k.id from client k
        where k.organisation_id = ${tx.organisation} and k.code = e.detail ->> 'client'
          and e.verb not in ('client.search', 'access.denied') limit 1) c on true
      where e.organisation_id = ${tx.organisation}
        and e.actor = any(array[${who}::text] || array(
          select w.platform || ':' || i.platform_user
          from identity i join workspace w on w.organisation_id = i.organisation_id and w.id = i.workspace_id
          where i.organisation_id = ${tx.organisation} and i.person_id = ${who}))
        and e.verb in ('client.see', 'client.reveal', 'contact.copy-note', 'note.read', 'reach.break-glass',
                       'escalation.break-glass-read', 'client.search', 'access.denied')
        and e.at > ${span.after}::timestamptz and e.at <= ${span.upTo}::timestamptz),
    counted as (
      select verb, at, client,
             case verb when 'client.search' then 'searching' when 'access.denied' then 'refused' else 'looking' end as watch
      from acted
      where client is null or not exists (
        select 1 from coordinator_assignment a
        where a.organisation_id = ${tx.organisation} and a.client_id = acted.client and a.person_id = ${who}
          and (a.ended_at is null or a.ended_at > ${span.after}::timestamptz)))
    select count(*) filter (where watch = 'looking' and verb <> 'client.see')::int as reveals,
           count(distinct client) filter (where watch = 'looking')::int as clients,
           count(*) filter (where watch = 'searching')::int as searches,
           count(*) filter (where watch = 'refused')::int as denials,
           min(at) filter (where watch = ${watch}) as since,
           (select looking from organisation where id = ${tx.organisation}) as limits
    from counted`;
  const {
    since = null,
    limits,
    ...counts
  } = rows[0] ?? { reveals: 0, clients: 0, searches: 0, denials: 0, limits: {} };
  return { figures: { ...counts, since: since ?? undefined }, limits: lookingSchema.safeParse(limits).data ?? {} };
}

export const toldVerb = 'looking.unusual';
export const reviewedVerb = 'looking.reviewed';

/** When this was last told of this person within a span; undefined when it was not. */
export async function findTold(
  tx: OrganisationTransaction,
  { watch, who }: Pick<Told, 'watch' | 'who'>,
  span: Span,
): Promise<Date | undefined> {
  const rows = await tx.db.$queryRaw<{ at: Date }[]>`
    select at from audit_event
    where organisation_id = ${tx.organisation} and verb = 'looking.unusual' and subject_id = ${who}
      and detail ->> 'watch' = ${watch} and at > ${span.after}::timestamptz and at <= ${span.upTo}::timestamptz
    order by at desc limit 1`;
  return rows[0]?.at;
}

/** Who said that they looked at it, first. */
export async function findReviewed(
  tx: OrganisationTransaction,
  subject: string,
): Promise<{ readonly by: string; readonly at: Date } | undefined> {
  const rows = await tx.db.$queryRaw<{ by: string; at: Date }[]>`
    select coalesce(p.name, e.actor) as by, e.at
    from audit_event e left join person p on p.organisation_id = e.organisation_id and p.id = e.actor
    where e.organisation_id = ${tx.organisation} and e.verb = 'looking.reviewed' and e.subject_id = ${subject}
    order by e.sequence limit 1`;
  return rows[0];
}

/** The person behind a platform's user; undefined for a stranger. */
export async function findPersonBehind(
  tx: OrganisationTransaction,
  workspace: string,
  user: string,
): Promise<string | undefined> {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    select person_id as id from identity
    where organisation_id = ${tx.organisation} and workspace_id = ${workspace} and platform_user = ${user}`;
  return rows[0]?.id;
}

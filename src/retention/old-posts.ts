import type { Database, OrganisationTransaction } from '../store/transaction.ts';
import type { CardKeep, OpenSubject } from './keep-cards.ts';

/** Posts looked at, and at most taken away, at once. */
export const postsAtOnce = 200;

/** A post past its time. `before`: nothing of it happened since then. */
export interface OldPost {
  readonly id: string;
  readonly kind: string;
  readonly subject: string;
  readonly createdAt: Date;
  readonly before: Date;
}

/** Kinds of card that this organisation has posts of, in order: each found by one step through the index. */
export async function listKinds(tx: OrganisationTransaction): Promise<readonly string[]> {
  const rows = await tx.db.$queryRaw<{ kind: string }[]>`
    with recursive found as (
      (select kind from post where organisation_id = ${tx.organisation} order by kind limit 1)
      union all
      select (select p.kind from post p where p.organisation_id = ${tx.organisation} and p.kind > f.kind
              order by p.kind limit 1)
      from found f where f.kind is not null
    )
    select kind from found where kind is not null`;
  return rows.map(({ kind }) => kind);
}

/**
 * The oldest posts of these kinds, kind by kind, each from before its own moment, that are at rest: every copy was sent,
 * called off or replaced, is not about to be drawn again, was not touched since that moment, and carries no younger
 * copy's message. `after`: where the last look ended, in the first of the kinds. Each question has a limit of one row, so
 * that the server asks it post by post through an index, and never answers it for all posts at once.
 */
export async function findOldPosts(
  tx: OrganisationTransaction,
  kinds: readonly ({ readonly kind: string; readonly before: Date } & Pick<CardKeep, 'newest'>)[],
  after: Pick<OldPost, 'createdAt' | 'id'> | undefined,
): Promise<readonly OldPost[]> {
  const { organisation } = tx;
  return tx.db.$queryRaw<OldPost[]>`
    select p.id::text as id, k.kind, p.subject, p.created_at as "createdAt", k.before
    from unnest(${kinds.map(({ kind }) => kind)}::text[], ${kinds.map(({ before }) => before)}::timestamptz[],
                ${kinds.map(({ newest }) => newest === true)}::boolean[]) with ordinality as k (kind, before, newest, turn)
    cross join lateral (
      select * from post o
      where o.organisation_id = ${organisation} and o.kind = k.kind and o.created_at < k.before
        and (k.turn > 1 or (o.created_at, o.id) > (${after?.createdAt ?? new Date(0)}::timestamptz,
                                                    ${after?.id ?? '00000000-0000-0000-0000-000000000000'}::uuid))
        and (
          select true from delivery d
          where d.organisation_id = o.organisation_id and d.post_id = o.id
            and (d.state not in ('sent', 'cancelled', 'superseded') or d.stale or d.created_at >= k.before
                 or d.next_at >= k.before or d.sent_at >= k.before or d.acted_at >= k.before
                 or d.message_id is not null and k.newest and o.series is not null and (
                   select true from post n
                   join delivery m on m.organisation_id = n.organisation_id and m.post_id = n.id
                   where n.organisation_id = o.organisation_id and n.series = o.series and n.audience = o.audience
                     and n.destination = o.destination and (n.created_at, n.id) > (o.created_at, o.id)
                     and m.message_id is not null limit 1) is null
                 or d.message_id is not null and k.newest and o.under is not null and (
                   select true from post r where r.organisation_id = o.organisation_id and r.key = o.under limit 1)
                 or d.bundle_id = d.id and (
                   select true from delivery c
                   where c.organisation_id = d.organisation_id and c.bundle_id = d.id and c.post_id <> o.id limit 1))
          limit 1) is null
      order by o.created_at, o.id limit ${postsAtOnce}::int) p
    order by k.turn, p.created_at, p.id limit ${postsAtOnce}::int`;
}

/** Which of these are about something that still waits for somebody: true in the order given. */
export async function areOpen(
  tx: OrganisationTransaction,
  subjects: readonly { readonly what: OpenSubject; readonly subject: string }[],
): Promise<readonly boolean[]> {
  if (subjects.length === 0) return [];
  const { organisation } = tx;
  // A subject is an id, or begins with one; some go on with a person's: `<huddle>/<person>`.
  const rows = await tx.db.$queryRaw<{ open: boolean }[]>`
    select case s.what
        when 'escalation' then exists (
          select 1 from escalation e where e.organisation_id = ${organisation} and e.id = s.id and e.state <> 'resolved')
        when 'broken-glass' then exists (
          select 1 from break_glass b where b.organisation_id = ${organisation} and b.id = s.id and b.reviewed_at is null)
        when 'referral' then exists (
          select 1 from referral r where r.organisation_id = ${organisation} and r.id = s.id
            and r.state not in ('closed', 'entered-in-error'))
        when 'huddle' then exists (
          select 1 from huddle h where h.organisation_id = ${organisation} and h.id = s.id and h.state in ('planned', 'open'))
        when 'decision' then exists (
          select 1 from huddle_decision d
          join follow_up f on f.organisation_id = d.organisation_id and f.id = d.follow_up_id
          where d.organisation_id = ${organisation} and d.huddle_id = s.id and f.state = 'open')
        when 'recommendation' then exists (
          select 1 from huddle_recommendation c where c.organisation_id = ${organisation} and c.id = s.id and c.state = 'open')
        when 'absence' then exists (
          select 1 from absence a where a.organisation_id = ${organisation} and a.id = s.id
            and a.state in ('planned', 'running'))
        when 'duty-cover' then exists (
          select 1 from duty_cover c where c.organisation_id = ${organisation} and c.id = s.id and c.state = 'open')
        else true
      end as open
    from (select what, turn, substring(subject from '^[0-9a-f]{8}-[0-9a-f-]{27}')::uuid as id
          from unnest(${subjects.map(({ what }) => what)}::text[], ${subjects.map(({ subject }) => subject)}::text[])
            with ordinality as given (what, subject, turn)) s
    order by s.turn`;
  return rows.map(({ open }) => open);
}

/** Takes these away with their copies, as the worker; what somebody touched meanwhile stays. How many posts went. */
export async function forgetPosts(db: Database, organisation: string, posts: readonly OldPost[]): Promise<number> {
  const ids = posts.map(({ id }) => id);
  await db.$executeRaw`
    delete from delivery d
    using unnest(${ids}::uuid[], ${posts.map(({ before }) => before)}::timestamptz[]) as old (id, before)
    where d.organisation_id = ${organisation} and d.post_id = any(${ids}::uuid[]) and d.post_id = old.id and d.state in ('sent', 'cancelled', 'superseded')
      and not d.stale and d.next_at < old.before and coalesce(d.sent_at < old.before, true)
      and coalesce(d.acted_at < old.before, true)`;
  return db.$executeRaw`
    delete from post p
    where p.organisation_id = ${organisation} and p.id = any(${ids}::uuid[])
      and not exists (select 1 from delivery d where d.organisation_id = p.organisation_id and d.post_id = p.id)`;
}

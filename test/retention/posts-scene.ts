import fc from 'fast-check';
import type { OrganisationTransaction } from '../../src/store/transaction.ts';

export const day = 24 * 60 * 60_000;

const states = ['pending', 'sending', 'sent', 'unknown', 'parked', 'cancelled', 'superseded'] as const;

/** A post of some age with its copies, as a test makes it up. `touched`: days since the copy last changed. */
export interface MadeUp {
  readonly kind: string;
  readonly age: number;
  readonly series: boolean;
  /** What it is about still waits for somebody. */
  readonly open: boolean;
  readonly copies: readonly {
    readonly state: (typeof states)[number];
    readonly stale: boolean;
    readonly message: boolean;
    readonly touched: number;
  }[];
}

const aroundAnEnd = fc.oneof(fc.nat(3000), ...[400, 2196].map((end) => fc.integer({ min: end - 2, max: end + 2 })));
export const madeUp: fc.Arbitrary<MadeUp> = fc
  .record({
    kind: fc.constantFrom(
      'digests.person',
      'duty.cover',
      'escalations.card',
      'week-reviews.week',
      'of another version',
    ),
    age: aroundAnEnd,
    series: fc.boolean(),
    open: fc.boolean(),
    copies: fc.array(
      fc.record({
        state: fc.oneof({ weight: 4, arbitrary: fc.constant('sent' as const) }, fc.constantFrom(...states)),
        stale: fc.boolean(),
        message: fc.boolean(),
        touched: aroundAnEnd,
      }),
      { maxLength: 3 },
    ),
  })
  .map((one) => ({
    ...one,
    copies: one.copies.map((copy) => ({
      ...copy,
      stale: copy.stale && copy.touched % 3 === 0,
      message: copy.message && copy.state === 'sent',
      touched: Math.min(copy.touched, one.age),
    })),
  }));

/** Which of these stay, said anew and plainly: the youngest first within a series, as their order here. */
export function whichStay(posts: readonly MadeUp[]): readonly boolean[] {
  const stands = (post: MadeUp): boolean => post.copies.some(({ message }) => message);
  return posts.map((post, index) => {
    const days = post.kind === 'digests.person' || post.kind === 'week-reviews.week' ? 400 : 2196;
    const touched = Math.min(post.age, ...post.copies.map((copy) => copy.touched));
    const rests = post.copies.every(
      ({ state, stale }) => ['sent', 'cancelled', 'superseded'].includes(state) && !stale,
    );
    const open = post.open && (post.kind === 'duty.cover' || post.kind === 'escalations.card');
    const newer = posts.some(
      (other, at) =>
        other.kind === post.kind &&
        other.series &&
        stands(other) &&
        (other.age < post.age || (other.age === post.age && at > index)),
    );
    const newest = post.kind === 'digests.person' && post.series && stands(post) && !newer;
    return touched <= days || !rests || open || newest;
  });
}

const idOf = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

/** Writes them, and what they are about; the ids are their numbers. */
export async function writePosts(tx: OrganisationTransaction, posts: readonly MadeUp[], now: Date): Promise<void> {
  const { db, organisation } = tx;
  const ago = (days: number): Date => new Date(now.getTime() - days * day);
  for (const [index, { kind, age, series, open, copies }] of posts.entries()) {
    const id = idOf(index);
    if (kind === 'duty.cover')
      await db.$executeRaw`
        insert into duty_cover (organisation_id, id, team_id, asked_by, starts_at, ends_at, state, created_at)
        values (${organisation}, ${id}::uuid, 'east', 'maya', ${ago(age)}, ${ago(-1)}, ${open ? 'open' : 'withdrawn'}, ${ago(age)})`;
    if (kind === 'escalations.card')
      await db.$executeRaw`
        insert into escalation (organisation_id, id, team_id, severity, reason, raised_by, raised_at, state, policy, owner_id,
                                outcome, disposition, resolved_by, resolved_at, about)
        select ${organisation}, ${id}::uuid, 'east', 'urgent', 'other', 'maya', ${ago(age)}::timestamptz,
               case when ${open} then 'raised' else 'resolved' end, '{}', 'maya', e.said, e.said,
               case when ${open} then null else 'maya' end, case when ${open} then null else ${ago(age)}::timestamptz end, '\\x00'
        from (select case when ${open} then null else 'other' end as said) e`;
    await db.$executeRaw`
      insert into post (organisation_id, id, key, audience, destination, kind, subject, priority, series, created_at)
      values (${organisation}, ${id}::uuid, ${`made-up:${index}`}, 'person', 'maya', ${kind}, ${id}, 3,
              ${series ? kind : null}, ${ago(age)})`;
    for (const [turn, { state, stale, message, touched }] of copies.entries())
      await db.$executeRaw`
        insert into delivery (organisation_id, id, post_id, line, state, priority, next_at, holder, lease_until, reason,
                              stale, message_id, created_at)
        values (${organisation}, ${`00000000-0000-4000-900${turn}-${String(index).padStart(12, '0')}`}::uuid, ${id}::uuid,
                ${`person:maya/${id}`}, ${state}, 3, ${ago(touched)}, ${state === 'sending' ? 'somebody' : null},
                ${state === 'sending' ? now : null}::timestamptz, ${state === 'parked' ? 'refused' : null}, ${stale},
                ${message ? `m${index}` : null}, ${ago(age)})`;
  }
}

/** Numbers of the posts that are there, each with how many copies. */
export async function postsLeft(tx: OrganisationTransaction): Promise<ReadonlyMap<number, number>> {
  const rows = await tx.db.$queryRaw<{ id: string; copies: number }[]>`
    select p.id::text as id, count(d.id)::int as copies
    from post p left join delivery d on d.organisation_id = p.organisation_id and d.post_id = p.id
    where p.organisation_id = ${tx.organisation} group by p.id`;
  return new Map(rows.map(({ id, copies }) => [Number(id.slice(-12)), copies]));
}

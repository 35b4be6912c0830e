import type { Post } from '../feature/feature.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';
import { priorities } from './states.ts';

/**
 * Writes a post and its deliveries in the caller's transaction, in one statement that is not waited for: one for a
 * person, one a place for a team. A team without a place gets one all the same, which is then parked where a supervisor
 * sees it. A key that was used before writes nothing.
 */
export function enqueuePost(tx: OrganisationTransaction, post: Post, now: Date): Promise<void> {
  const { organisation, ids } = tx;
  const [audience, destination] = 'person' in post.to ? ['person', post.to.person] : ['team', post.to.team];
  const line = `${audience}:${destination}/${post.subject}`;
  // What stands under another is younger than that one, so that their line lets it go first; and so is what takes the
  // place of another, of the same moment perhaps: the order in which they were written decides.
  void tx.db.$writeRaw`
    with made as (
      insert into post (organisation_id, id, key, audience, destination, kind, subject, priority, series, under, at_once, created_at)
      values (${organisation}, ${ids.uuid()}::uuid, ${post.key}, ${audience}, ${destination}, ${post.kind}, ${post.subject},
              ${priorities[post.priority]}::int, ${post.series ?? null}, ${post.under ?? null}, ${post.atOnce ?? false},
              greatest(${now}::timestamptz, (
                select max(o.created_at) + interval '1 millisecond' from post o
                where o.organisation_id = ${organisation}
                  and (o.series = ${post.series ?? null} and o.audience = ${audience} and o.destination = ${destination}
                       or o.key = ${post.under ?? null}))))
      on conflict do nothing
      returning organisation_id, id, priority, created_at
    ), place as (
      select p.workspace_id, w.platform, p.place, coalesce(p.service_url, w.service_url) as service_url
      from team_place p join workspace w on w.organisation_id = p.organisation_id and w.id = p.workspace_id
      where p.organisation_id = ${organisation} and ${audience} = 'team' and p.team_id = ${destination}
    )
    insert into delivery (organisation_id, id, post_id, workspace_id, platform, place, service_url, line, priority, next_at, created_at)
    select m.organisation_id, case when p.place is null then ${ids.uuid()}::uuid else gen_random_uuid() end, m.id,
           p.workspace_id, p.platform, p.place, p.service_url, ${line} || coalesce('@' || p.place, ''), m.priority,
           ${post.notBefore ?? now}::timestamptz, m.created_at
    from made m left join place p on true`;
  return Promise.resolve();
}

/** Cards to be drawn again, by transaction: several nouns may name the same one. */
const changed = new WeakMap<
  OrganisationTransaction,
  Map<string, { readonly kind: string; readonly subject: string }>
>();

/**
 * Every copy of this card that is out, or on its way, is drawn again from the database: all that a transaction names are
 * marked in one statement at its end. Copies marked already are marked again on purpose: the row's lock makes a drawing
 * that is under way wait for this transaction, or it this one, so that no change is ever drawn too early and then
 * forgotten.
 */
export function refreshCopies(tx: OrganisationTransaction, kind: string, subject: string): Promise<void> {
  let cards = changed.get(tx);
  if (cards === undefined) {
    const gathered = new Map<string, { readonly kind: string; readonly subject: string }>();
    changed.set(tx, gathered);
    tx.beforeCommit(() => markStale(tx, [...gathered.values()]));
    cards = gathered;
  }
  cards.set(`${kind} ${subject}`, { kind, subject });
  return Promise.resolve();
}

function markStale(
  tx: OrganisationTransaction,
  cards: readonly { readonly kind: string; readonly subject: string }[],
): void {
  // Locked in one order, which whoever takes the place of older copies keeps too: neither waits for the other in a circle.
  void tx.db.$writeRaw`
    with shown as (
      select d.organisation_id, d.id
      from post p
      join unnest(${cards.map((card) => card.kind)}::text[], ${cards.map((card) => card.subject)}::text[])
        as card (kind, subject) on p.kind = card.kind and p.subject = card.subject
      join delivery d on d.organisation_id = p.organisation_id and d.post_id = p.id
      where p.organisation_id = ${tx.organisation} and d.state in ('pending', 'sent', 'sending', 'unknown')
      order by d.id for update of d
    )
    update delivery d set stale = true from shown
    where d.organisation_id = shown.organisation_id and d.id = shown.id
      and d.state in ('pending', 'sent', 'sending', 'unknown')`;
}

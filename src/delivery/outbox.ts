import type { Post } from '../chat/feature.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';
import { priorities } from './states.ts';

/**
 * Writes a post and its deliveries in the caller's transaction: one for a person, one a place for a team. A team
 * without a place gets one all the same, which is then parked where a supervisor sees it. A key that was used before
 * writes nothing.
 */
export async function enqueuePost(tx: OrganisationTransaction, post: Post, now: Date): Promise<void> {
  const { organisation, ids } = tx;
  const id = ids.uuid();
  const [audience, destination] = 'person' in post.to ? ['person', post.to.person] : ['team', post.to.team];
  const made = await tx.db.$executeRaw`
    insert into post (organisation_id, id, key, audience, destination, kind, subject, priority, series, created_at)
    values (${organisation}, ${id}::uuid, ${post.key}, ${audience}, ${destination}, ${post.kind}, ${post.subject},
            ${priorities[post.priority]}, ${post.series ?? null}, ${now})
    on conflict do nothing`;
  if (made === 0) return;
  const dueAt = post.notBefore ?? now;
  const line = `${audience}:${destination}/${post.kind}:${post.subject}`;
  if (audience === 'person') return insertWithoutPlace();
  const places = await tx.db.$executeRaw`
    insert into delivery (organisation_id, id, post_id, workspace_id, platform, place, service_url, line, priority, next_at, created_at)
    select ${organisation}, gen_random_uuid(), ${id}::uuid, p.workspace_id, w.platform, p.place,
           coalesce(p.service_url, w.service_url), ${line} || '@' || p.place, ${priorities[post.priority]}, ${dueAt}, ${now}
    from team_place p join workspace w on w.organisation_id = p.organisation_id and w.id = p.workspace_id
    where p.organisation_id = ${organisation} and p.team_id = ${destination}`;
  if (places === 0) await insertWithoutPlace();

  async function insertWithoutPlace(): Promise<void> {
    await tx.db.$executeRaw`
      insert into delivery (organisation_id, id, post_id, line, priority, next_at, created_at)
      values (${organisation}, ${ids.uuid()}::uuid, ${id}::uuid, ${line}, ${priorities[post.priority]}, ${dueAt}, ${now})`;
  }
}

/**
 * Every copy of this card that is out, or on its way, is drawn again from the database. Copies marked already are
 * marked again on purpose: the row's lock makes a drawing that is under way wait for this transaction, or it this one,
 * so that no change is ever drawn too early and then forgotten.
 */
export async function refreshCopies(tx: OrganisationTransaction, kind: string, subject: string): Promise<void> {
  await tx.db.$executeRaw`
    update delivery d set stale = true
    from post p
    where p.organisation_id = ${tx.organisation} and p.kind = ${kind} and p.subject = ${subject}
      and d.organisation_id = p.organisation_id and d.post_id = p.id and d.state in ('pending', 'sent', 'sending', 'unknown')`;
}

import type { Store } from '../store/store.ts';
import { keepOf } from './keep-cards.ts';
import { keepTimes } from './keep-times.ts';
import { findOldPages, forgetPages, pagesAtOnce } from './old-pages.ts';
import { areOpen, findOldPosts, forgetPosts, listKinds, postsAtOnce, type OldPost } from './old-posts.ts';

const dayMilliseconds = 24 * 60 * 60_000;

type Ports = Pick<Store, 'inOrganisation' | 'asWorker'>;

/** Where a look through the posts ended: open ones before it stay, and are not looked at again in this round. */
export type Place = Pick<OldPost, 'kind' | 'createdAt' | 'id'>;

/** What one step did. `next`: where the following one begins; undefined when this round is through. */
export interface Step {
  readonly posts: number;
  readonly next: Place | undefined;
}

/**
 * Takes away at most one batch of posts past their time, with all their copies. They are found as the application, which
 * may see what they are about, and taken away as the worker, which alone may: of anybody else the database refuses it.
 */
export async function sweepPosts(ports: Ports, organisation: string, now: number, from?: Place): Promise<Step> {
  const found = await ports.inOrganisation(organisation, async (tx) => {
    const known = await listKinds(tx);
    const kinds = known
      .slice(from === undefined ? 0 : Math.max(0, known.indexOf(from.kind)))
      .map((kind) => ({ kind, ...keepOf(kind), before: ago(now, keepOf(kind).days) }));
    const all = await findOldPosts(tx, kinds, kinds[0]?.kind === from?.kind ? from : undefined);
    const asked = all.flatMap(({ kind, subject }) => {
      const { open } = keepOf(kind);
      return open === undefined ? [] : [{ what: open, subject }];
    });
    const open = (await areOpen(tx, asked)).values();
    return { all, old: all.filter(({ kind }) => keepOf(kind).open === undefined || open.next().value === false) };
  });
  const { all, old } = found;
  const posts = old.length === 0 ? 0 : await ports.asWorker((db) => forgetPosts(db, organisation, old));
  return { posts, next: all.length < postsAtOnce ? undefined : all.at(-1) };
}

/** The same for pages of the pager. True when there may be more. */
export async function sweepPages(ports: Ports, organisation: string, now: number): Promise<boolean> {
  const before = ago(now, keepTimes.records.days);
  const ids = await ports.inOrganisation(organisation, (tx) => findOldPages(tx, before));
  if (ids.length === 0) return false;
  const gone = await ports.asWorker((db) => forgetPages(db, organisation, ids, before));
  return gone === pagesAtOnce;
}

const ago = (now: number, days: number): Date => new Date(now - days * dayMilliseconds);

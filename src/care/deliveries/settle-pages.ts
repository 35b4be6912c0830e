import { recordEvent } from '../../audit/record-event.ts';
import type { Work } from '../../feature/feature.ts';
import { parkedCardKind, parkedCardSubject } from './cards.ts';
import { dismissPages, retryPages } from './page-records.ts';
import { requireSettler, settledAlready } from './settle-parked.ts';

/** All pages to one person that were given up go again. */
export const retryPagesTo = (work: Work, person: string): Promise<void> =>
  settle(work, person, 'page.retry', () => retryPages(work.tx, person, work.now));

/** All pages to one person that were given up are taken off the list. */
export const dismissPagesTo = (work: Work, person: string): Promise<void> =>
  settle(work, person, 'page.dismiss', () => dismissPages(work.tx, person));

async function settle(work: Work, person: string, verb: string, act: () => Promise<number>): Promise<void> {
  requireSettler(work);
  const count = await act();
  if (count === 0) throw settledAlready();
  const { actor } = work;
  await recordEvent(work.tx, {
    actor,
    verb,
    subjectKind: 'person',
    subjectId: person,
    detail: { count },
    at: work.now,
  });
  await work.refresh(parkedCardKind, parkedCardSubject);
}

import { recordEvent } from '../../audit/record-event.ts';
import type { Ask } from '../../chat/feature.ts';
import { parkedCardKind, parkedCardSubject } from './cards.ts';
import { dismissPages, retryPages } from './page-records.ts';
import { requireSettler, settledAlready } from './settle-parked.ts';

/** All pages to one person that were given up go again. */
export const retryPagesTo = (ask: Ask, person: string): Promise<void> =>
  settle(ask, person, 'page.retry', () => retryPages(ask.tx, person, ask.now));

/** All pages to one person that were given up are taken off the list. */
export const dismissPagesTo = (ask: Ask, person: string): Promise<void> =>
  settle(ask, person, 'page.dismiss', () => dismissPages(ask.tx, person));

async function settle(ask: Ask, person: string, verb: string, act: () => Promise<number>): Promise<void> {
  requireSettler(ask);
  const count = await act();
  if (count === 0) throw settledAlready();
  const actor = ask.actor.person;
  await recordEvent(ask.tx, { actor, verb, subjectKind: 'person', subjectId: person, detail: { count }, at: ask.now });
  await ask.refresh(parkedCardKind, parkedCardSubject);
}

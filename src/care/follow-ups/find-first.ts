import type { DueFirst, DueFirstQuery } from '../../chat/feature.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';
import { chooseDays } from './due-days.ts';
import { countDueFollowUps, listFirstOfDays, listNextDueDays, type FirstFollowUp } from './due-records.ts';

/** Where each person begins among their follow-ups. */
export type FirstFollowUps = Omit<DueFirst, 'first'> & { readonly first: readonly FirstFollowUp[] };

/**
 * The counts first, then only the days in which a person's first ones stand: which these are is for the calendars to
 * say, and those are not the database's.
 */
export async function findFirst(tx: OrganisationTransaction, query: DueFirstQuery): Promise<FirstFollowUps> {
  const { today, until } = query;
  const [counts, next] = await Promise.all([
    countDueFollowUps(tx, query, today),
    listNextDueDays(tx, query, { after: today, until }),
  ]);
  const parts = chooseDays(counts, query);
  return { counts, next, first: parts.length === 0 ? [] : await listFirstOfDays(tx, parts, query) };
}

import type { DueBeginning, DueQuery, Most } from '../../feature/due.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';
import { chooseDays } from './due-days.ts';
import { countDueFollowUps, listFirstOfDays, listNextDueDays, type DueFollowUp } from './due-records.ts';

/** Where each person begins among their follow-ups. */
export type FirstFollowUps = Omit<DueBeginning, 'first'> & { readonly first: readonly DueFollowUp[] };
/** Whose, how few of each, and how far ahead to look. */
export type FirstQuery = Omit<DueQuery, 'most'> & Most;

/**
 * The counts first, then only the tiers and days in which a person's first ones stand: which these are is for the calendars to
 * say, and those are not the database's.
 */
export async function findFirst(tx: OrganisationTransaction, query: FirstQuery): Promise<FirstFollowUps> {
  const { today, until } = query;
  const [counts, next] = await Promise.all([
    countDueFollowUps(tx, query, today),
    listNextDueDays(tx, query, { after: today, until }),
  ]);
  const parts = chooseDays(counts, query);
  return {
    counts: counts.map(({ owner, dueOn, tiers }) => ({
      owner,
      dueOn,
      count: Object.values(tiers).reduce((all, one) => all + one, 0),
    })),
    next,
    first: parts.length === 0 ? [] : await listFirstOfDays(tx, parts, query),
  };
}

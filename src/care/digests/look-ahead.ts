import { addDaysToDate } from '../../calendar/local-dates.ts';
import { furthestDays } from '../follow-ups/rules.ts';
import { horizonDays } from './rules.ts';

/** What was seen up to a day. */
export interface Seen {
  /** How much needs somebody today. */
  readonly needing: number;
  /** The first day after today on which somebody has to act. */
  readonly next: string | undefined;
}

/** Looks a week ahead; where nothing needs anybody until then, the next day is looked for further on. */
export async function lookAhead<T extends Seen>(today: string, look: (until: string) => Promise<T>): Promise<T> {
  const horizon = addDaysToDate(today, horizonDays);
  const near = await look(horizon);
  if (near.needing > 0 || (near.next !== undefined && near.next <= horizon)) return near;
  return { ...near, next: (await look(addDaysToDate(today, furthestDays))).next };
}

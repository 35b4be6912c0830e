import { findPhones } from '../../access/phones.ts';
import { listWorkingTimes } from '../../access/working-times.ts';
import { weekdayOf } from '../../calendar/local-dates.ts';
import { localDate, localTime } from '../../calendar/zones.ts';
import type { WorkingTime } from '../../calendar/working-time.ts';
import type { Sealed } from '../../store/seal.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';

/** How a colleague is reached at a moment, when chat may wake nobody. */
export interface Reachable {
  readonly phone: Sealed<string> | undefined;
  /** False outside the hours they stated; undefined where they stated none, and the team's count. */
  readonly works: boolean | undefined;
}

/** Numbers and hours of these people; whoever is not there is left out. */
export async function findReachable(
  tx: OrganisationTransaction,
  people: readonly string[],
  at: Date,
): Promise<ReadonlyMap<string, Reachable>> {
  const [times, phones] = await Promise.all([listWorkingTimes(tx, people), findPhones(tx, people)]);
  return new Map([...times].map(([id, time]) => [id, { phone: phones.get(id), works: isAtWork(time, at) }]));
}

function isAtWork({ hours, zone }: WorkingTime, at: Date): boolean | undefined {
  if (hours === undefined) return undefined;
  const span = hours[weekdayOf(localDate(at, zone))];
  const time = localTime(at, zone);
  return span !== undefined && time >= span.slice(0, 5) && time < span.slice(6);
}

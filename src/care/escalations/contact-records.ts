import { z } from 'zod';
import { findPhones } from '../../access/phones.ts';
import { weekdayOf } from '../../chat/local-date-arithmetic.ts';
import { localDate, localTime } from '../../chat/local-date.ts';
import type { Sealed } from '../../store/seal.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';

/** How a colleague is reached at a moment, when chat may wake nobody. */
export interface Reachable {
  readonly phone: Sealed<string> | undefined;
  /** False outside the hours they stated; undefined where they stated none, and the team's count. */
  readonly works: boolean | undefined;
}

const worksSchema = z.partialRecord(z.string(), z.string()).nullable();

/** Numbers and hours of these people; whoever is not there is left out. */
export async function findReachable(
  tx: OrganisationTransaction,
  people: readonly string[],
  at: Date,
): Promise<ReadonlyMap<string, Reachable>> {
  const rows = await tx.db.$queryRaw<{ id: string; works: unknown; zone: string }[]>`
    select p.id, p.works, coalesce(p.zone, t.zone) as zone
    from person p join team t on t.organisation_id = p.organisation_id and t.id = p.team_id
    where p.organisation_id = ${tx.organisation} and p.id = any(${[...people]}::text[])`;
  const phones = await findPhones(tx, people);
  return new Map(rows.map(({ id, works, zone }) => [id, { phone: phones.get(id), works: isAtWork(works, zone, at) }]));
}

function isAtWork(works: unknown, zone: string, at: Date): boolean | undefined {
  const hours = worksSchema.safeParse(works).data ?? undefined;
  if (hours === undefined) return undefined;
  const span = hours[weekdayOf(localDate(at, zone))];
  const time = localTime(at, zone);
  return span !== undefined && time >= span.slice(0, 5) && time < span.slice(6);
}

import type { OrganisationTransaction } from '../../store/transaction.ts';
import { findGapHolder } from './records.ts';
import { readRota } from './read-rota.ts';

export { findGapHolder };

export interface OnDuty {
  /** A person who works here. */
  readonly person: string;
  /** End of their stretch; undefined when it lies beyond the next two days. */
  readonly until: Date | undefined;
  readonly why: 'pattern' | 'override' | 'cover' | 'gap';
}

const hour = 3_600_000;
const lookAhead = 48 * hour;

/** Who has a team's duty at a moment. A gap falls to the team's supervisor; undefined only when nobody at all can be named. */
export async function findOnDuty(tx: OrganisationTransaction, team: string, at: Date): Promise<OnDuty | undefined> {
  const end = new Date(at.getTime() + lookAhead);
  const rota = await readRota(tx, team, at, end);
  const now = rota?.stretches[0];
  const until = now === undefined || now.endsAt >= end ? undefined : now.endsAt;
  if (now?.person !== undefined && now.origin !== undefined) return { person: now.person, until, why: now.origin };
  const holder = await findGapHolder(tx, team, at);
  return holder === undefined ? undefined : { person: holder, until, why: 'gap' };
}

import type { OrganisationTransaction } from '../store/transaction.ts';
import { leaseSeconds, type Claimed } from './claim.ts';

/**
 * What must be left of a lease, in milliseconds, where a delivery is about to be sent: half of it may pass until the
 * sending begins, which then has the other half for itself.
 */
const enough = 25_000;
/** After this long since it was prepared a delivery is left to whoever takes it next, unsent: in milliseconds. */
export const freshMilliseconds = enough - 15_000;

/** A claim whose row is locked until the end of the transaction: nobody else takes it, not even after its lease. */
export interface Held {
  readonly stale: boolean;
  /** Milliseconds that were left of its lease. */
  readonly left: number;
}

/**
 * Locks the row, fenced by holder and attempt; undefined when somebody else has it. A change of the subject that is under
 * way commits before the card is drawn, or marks the row again after it. Nothing is written: a claim is hardly ever
 * older than milliseconds here.
 */
export async function holdClaim(tx: OrganisationTransaction, claimed: Claimed): Promise<Held | undefined> {
  const rows = await tx.db.$queryRaw<Held[]>`
    select stale, extract(epoch from lease_until - clock_timestamp())::float8 * 1000 as left from delivery
    where organisation_id = ${tx.organisation} and id = ${claimed.id}::uuid and holder = ${claimed.holder}
      and attempts = ${claimed.attempts} and state = 'sending'
    for no key update`;
  return rows[0];
}

/**
 * Gives the sending its time, where waiting for its turn or drawing used it up. The row is locked since `held`, so that
 * the lease may even have ended: nobody has it but us. `took`: milliseconds since then.
 */
export async function renewIfLong(
  tx: OrganisationTransaction,
  claimed: Claimed,
  held: Held,
  took: number,
): Promise<void> {
  if (held.left - took >= enough) return;
  await tx.db.$executeRaw`
    update delivery set lease_until = clock_timestamp() + ${leaseSeconds}::float8 * interval '1 second'
    where organisation_id = ${tx.organisation} and id = ${claimed.id}::uuid and holder = ${claimed.holder}
      and attempts = ${claimed.attempts} and state = 'sending'`;
}

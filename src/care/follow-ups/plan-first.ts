import type { OrganisationTransaction } from '../../store/transaction.ts';
import { insertFollowUps, type NewFollowUp } from './records.ts';

/** Opens the first follow-up of clients who were just enrolled; who already has one keeps it. */
export async function planFirst(tx: OrganisationTransaction, list: readonly NewFollowUp[], now: Date): Promise<void> {
  await insertFollowUps(tx, list, now);
}

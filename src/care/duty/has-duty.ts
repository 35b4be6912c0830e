import type { OrganisationTransaction } from '../../store/transaction.ts';
import { findOnDuty } from './find-on-duty.ts';
import { listTeamIds } from './records.ts';

/** True when the rota of any team names this person at a moment. Who only stands in for a gap is not on it. */
export async function hasDuty(tx: OrganisationTransaction, person: string, at: Date): Promise<boolean> {
  for (const team of await listTeamIds(tx)) {
    const duty = await findOnDuty(tx, team, at);
    if (duty?.person === person && duty.why !== 'gap') return true;
  }
  return false;
}

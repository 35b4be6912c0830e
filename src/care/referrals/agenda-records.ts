import type { OrganisationTransaction } from '../../store/transaction.ts';
import { findReferrals, type Referral } from './records.ts';

/** Referrals of a team's clients whose next step should have been taken by a moment; no words. */
export async function listOverdueOfTeam(
  tx: OrganisationTransaction,
  team: string,
  now: Date,
): Promise<readonly Referral[]> {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    select r.id::text as id
    from referral r join client c on c.organisation_id = r.organisation_id and c.id = r.client_id
    where r.organisation_id = ${tx.organisation} and c.team_id = ${team} and r.due_at < ${now}::timestamptz
      and r.state not in ('draft', 'closed', 'entered-in-error')`;
  return findReferrals(
    tx,
    rows.map(({ id }) => id),
  );
}

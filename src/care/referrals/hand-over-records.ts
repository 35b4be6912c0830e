import type { OrganisationTransaction } from '../../store/transaction.ts';

/** Puts one person in another's place on both sides of a referral; who was asked at first stays on record. */
export async function inheritReferral(
  tx: OrganisationTransaction,
  id: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  await tx.db.$executeRaw`
    update referral
    set requester_id = case when requester_id = ${from} then ${to} else requester_id end,
        receiver_id = case when receiver_id = ${from} then ${to} else receiver_id end, version = version + 1
    where organisation_id = ${tx.organisation} and id = ${id}::uuid`;
}

/** Puts somebody on the named sides of a referral. */
export async function swapSides(
  tx: OrganisationTransaction,
  id: string,
  { to, requester, receiver }: { readonly to: string; readonly requester: boolean; readonly receiver: boolean },
): Promise<void> {
  await tx.db.$executeRaw`
    update referral
    set requester_id = case when ${requester}::boolean then ${to} else requester_id end,
        receiver_id = case when ${receiver}::boolean then ${to} else receiver_id end, version = version + 1
    where organisation_id = ${tx.organisation} and id = ${id}::uuid`;
}

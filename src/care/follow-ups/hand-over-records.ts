import type { OrganisationTransaction } from '../../store/transaction.ts';

/** A follow-up that has another owner now, with what a record of it names. */
export interface MovedFollowUp {
  readonly id: string;
  readonly code: string;
  readonly team: string;
}

/** Gives what is open of one person to another: all of it, or that of one client. */
export async function moveFollowUps(
  tx: OrganisationTransaction,
  move: { readonly from: string; readonly to: string; readonly client?: string },
): Promise<readonly MovedFollowUp[]> {
  const rows = await tx.db.$queryRaw<MovedFollowUp[]>`
    update follow_up f set owner_id = ${move.to}, version = f.version + 1
    from client c
    where f.organisation_id = ${tx.organisation} and f.owner_id = ${move.from} and f.state = 'open'
      and (${move.client ?? null}::uuid is null or f.client_id = ${move.client ?? null}::uuid)
      and c.organisation_id = f.organisation_id and c.id = f.client_id
    returning f.id::text as id, c.code, c.team_id as team`;
  return [...rows].sort((a, b) => (a.code < b.code ? -1 : 1));
}

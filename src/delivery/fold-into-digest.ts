import type { OrganisationTransaction } from '../store/transaction.ts';
import type { Claimed } from './claim.ts';

/**
 * What is beyond the pushes of a day waits, with the reason `folded`, for the person's next digest. The digest takes it
 * when it is drawn and stands in for it once it is out; a digest that never arrives leaves it to go by itself.
 */

/** Everything that waits for this person's digest is this one's, also what one took that did not go out. */
export async function takeFolded(tx: OrganisationTransaction, digest: Claimed): Promise<void> {
  await tx.db.$executeRaw`
    with folded as (
      select d.organisation_id, d.id from delivery d
      where d.organisation_id = ${tx.organisation} and d.line like 'person:%'
        and split_part(d.line, '/', 1) = ${`person:${digest.destination}`} and d.state = 'pending'
        and d.reason = 'folded' and d.attempts = 0 and d.message_id is null
      for update skip locked
    )
    update delivery d set folded_into = ${digest.id}::uuid
    from folded where d.organisation_id = folded.organisation_id and d.id = folded.id`;
}

/** The digest is out: what it speaks of needs no message of its own any more. */
export async function settleFolded(tx: OrganisationTransaction, digest: Claimed): Promise<void> {
  if (digest.audience !== 'person') return;
  await tx.db.$executeRaw`
    update delivery set state = 'superseded', reason = 'in_digest'
    where organisation_id = ${tx.organisation} and folded_into = ${digest.id}::uuid and state = 'pending'
      and attempts = 0`;
}

import type { OrganisationTransaction } from '../../store/transaction.ts';
import type { Named } from './records.ts';

/** Whom the pager has not reached: of each the latest call, when its last try failed or it was given up. By name. */
export async function listUnpaged(tx: OrganisationTransaction, escalation: string): Promise<readonly Named[]> {
  return tx.db.$queryRaw<Named[]>`
    select latest.id, p.name
    from (
      select distinct on (person_id) person_id as id, organisation_id, state, reason
      from page where organisation_id = ${tx.organisation} and incident = ${escalation} and event = 'call'
      order by person_id, sequence desc
    ) latest
    join person p on p.organisation_id = latest.organisation_id and p.id = latest.id
    where latest.state in ('pending', 'sending', 'parked') and latest.reason is not null
    order by p.name, p.id`;
}

import type { OrganisationTransaction } from '../../store/transaction.ts';
import type { FollowUp } from './records.ts';

/** A follow-up that is due, with what a list of such things shows of its client. */
export type DueFollowUp = Pick<FollowUp, 'id' | 'client' | 'owner' | 'kind' | 'dueOn' | 'version'> & {
  readonly task: string | null;
  readonly code: string;
  readonly tier: string;
  readonly team: string;
};

/** Open follow-ups of these people due on or before a day, for clients in one of these statuses. */
export async function listDueFollowUps(
  tx: OrganisationTransaction,
  people: readonly string[],
  until: string,
  statuses: readonly string[],
): Promise<readonly DueFollowUp[]> {
  return tx.db.$queryRaw<DueFollowUp[]>`
    select f.id::text as id, f.client_id::text as client, f.owner_id as owner, f.kind, f.task,
           f.due_on::text as "dueOn", f.version,
           c.code, c.tier, c.team_id as team
    from follow_up f
    join client c on c.organisation_id = f.organisation_id and c.id = f.client_id
    where f.organisation_id = ${tx.organisation} and f.owner_id = any(${[...people]}::text[]) and f.state = 'open'
      and f.due_on <= ${until}::date and c.status = any(${[...statuses]}::text[])`;
}

/**
 * The first ones of each person only, in the order for acting: longest overdue, then the higher tier, then the code.
 * Each person's are looked up by themselves along the index, which stops early: the work grows with the people, and
 * hardly with how much waits.
 */
export async function listFirstDueFollowUps(
  tx: OrganisationTransaction,
  people: readonly string[],
  until: string,
  statuses: readonly string[],
  most: number,
): Promise<readonly DueFollowUp[]> {
  return tx.db.$queryRaw<DueFollowUp[]>`
    select first.* from unnest(${[...new Set(people)]}::text[]) as person (id)
    cross join lateral (
      select f.id::text as id, f.client_id::text as client, f.owner_id as owner, f.kind, f.task,
             f.due_on::text as "dueOn", f.version, c.code, c.tier, c.team_id as team
      from follow_up f
      join client c on c.organisation_id = f.organisation_id and c.id = f.client_id
      where f.organisation_id = ${tx.organisation} and f.owner_id = person.id and f.state = 'open'
        and f.due_on <= ${until}::date and c.status = any(${[...statuses]}::text[])
      order by f.due_on, array_position(array['high', 'medium', 'low', 'maintenance'], c.tier), c.code
      limit ${most}::int) first`;
}

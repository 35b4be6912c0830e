import type { OrganisationTransaction } from '../../store/transaction.ts';
import { servedStatuses, tierOrder, type Tier } from '../clients/rules.ts';
import type { CountedDay, DueDay, FallingTogether } from './due-days.ts';
import type { FollowUp } from './records.ts';

/** A follow-up that is due, with what stands beside it of its client. */
export type DueFollowUp = Pick<FollowUp, 'id' | 'client' | 'owner' | 'kind' | 'dueOn' | 'version'> & {
  readonly task: string | null;
  readonly code: string;
  readonly tier: string;
};

/** Whose follow-ups: of these people, and of the clients of one team where one is named. */
interface WhoseFollowUps {
  readonly people: readonly string[];
  readonly team?: string | undefined;
}

/**
 * Open follow-ups of these people due on or before a day, for clients who are served. Of one person's, answered by the
 * index `follow_up_to_act_on` alone.
 */
export async function listDueFollowUps(
  tx: OrganisationTransaction,
  { people, team }: WhoseFollowUps,
  until: string,
): Promise<readonly DueFollowUp[]> {
  return tx.db.$queryRaw<DueFollowUp[]>`
    select id::text as id, client_id::text as client, owner_id as owner, kind, task, due_on::text as "dueOn", version,
           client_code as code, client_tier as tier
    from follow_up
    where organisation_id = ${tx.organisation} and owner_id = any(${[...people]}::text[]) and state = 'open'
      and due_on <= ${until}::date and client_status = any(${[...servedStatuses]}::text[])
      and (${team ?? null}::text is null or client_id in (
        select c.id from client c where c.organisation_id = ${tx.organisation} and c.team_id = ${team ?? null}))`;
}

/**
 * How many of these are due on each day up to one, for each person and by tier. Answered by the index
 * `follow_up_to_act_on` alone.
 */
export async function countDueFollowUps(
  tx: OrganisationTransaction,
  { people, team }: WhoseFollowUps,
  until: string,
): Promise<readonly CountedDay[]> {
  const rows = await tx.db.$queryRaw<(DueDay & Record<Tier, number>)[]>`
    select owner_id as owner, due_on::text as "dueOn", count(*) filter (where client_tier = 'high')::int as high,
           count(*) filter (where client_tier = 'medium')::int as medium,
           count(*) filter (where client_tier = 'low')::int as low,
           count(*) filter (where client_tier = 'maintenance')::int as maintenance
    from follow_up
    where organisation_id = ${tx.organisation} and owner_id = any(${[...people]}::text[]) and state = 'open'
      and due_on <= ${until}::date and client_status = any(${[...servedStatuses]}::text[])
      and (${team ?? null}::text is null or client_id in (
        select c.id from client c where c.organisation_id = ${tx.organisation} and c.team_id = ${team ?? null}))
    group by owner_id, due_on`;
  return rows.map(({ owner, dueOn, ...tiers }) => ({ owner, dueOn, tiers }));
}

/** For each of these people the first day after one, and not after another, on which something of theirs is due. */
export async function listNextDueDays(
  tx: OrganisationTransaction,
  { people, team }: WhoseFollowUps,
  { after, until }: { readonly after: string; readonly until: string },
): Promise<readonly DueDay[]> {
  return tx.db.$queryRaw<DueDay[]>`
    select person.id as owner, next.due_on::text as "dueOn"
    from unnest(${[...new Set(people)]}::text[]) as person (id)
    cross join lateral (
      select f.due_on from follow_up f
      where f.organisation_id = ${tx.organisation} and f.owner_id = person.id and f.state = 'open'
        and f.due_on > ${after}::date and f.due_on <= ${until}::date
        and f.client_status = any(${[...servedStatuses]}::text[])
        and (${team ?? null}::text is null or f.client_id in (
          select c.id from client c where c.organisation_id = ${tx.organisation} and c.team_id = ${team ?? null}))
      order by f.due_on limit 1) next`;
}

/**
 * The first ones of these days and tiers by the code. Each day of a person is looked up by itself along the index
 * `follow_up_to_act_on`, which holds all that is asked for and stops early: the work hardly grows with how much waits.
 */
export async function listFirstOfDays(
  tx: OrganisationTransaction,
  parts: readonly FallingTogether[],
  { team, each }: { readonly team?: string | undefined; readonly each: number },
): Promise<readonly DueFollowUp[]> {
  return tx.db.$queryRaw<DueFollowUp[]>`
    select first.id::text as id, first.client_id::text as client, first.owner_id as owner, first.kind, first.task,
           first.due_on::text as "dueOn", first.version, first.client_code as code, first.client_tier as tier
    from unnest(${parts.map(({ owner }) => owner)}::text[], ${parts.map(({ tier }) => tierOrder[tier] + 1)}::int[],
                ${parts.map(({ days }) => `{${days.join(',')}}`)}::text[]) as part (owner, tier, days)
    cross join lateral (
      select of_day.* from unnest(part.days::date[]) as day (due_on)
      cross join lateral (
        select f.id, f.client_id, f.owner_id, f.kind, f.task, f.due_on, f.version, f.client_code, f.client_tier
        from follow_up f
        where f.organisation_id = ${tx.organisation} and f.owner_id = part.owner and f.state = 'open'
          and f.due_on = day.due_on and f.client_status = any(${[...servedStatuses]}::text[])
          and array_position(array['high', 'medium', 'low', 'maintenance'], f.client_tier) = part.tier
          and (${team ?? null}::text is null or f.client_id in (
            select c.id from client c where c.organisation_id = ${tx.organisation} and c.team_id = ${team ?? null}))
        order by f.client_code, f.id
        limit ${each}::int) of_day
      order by of_day.client_code, of_day.id
      limit ${each}::int) first`;
}

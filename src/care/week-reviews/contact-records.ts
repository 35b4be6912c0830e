import type { OrganisationTransaction } from '../../store/transaction.ts';
import { servedStatuses, tierSchema } from '../clients/rules.ts';
import { isReached, outcomeSchema } from '../contacts/rules.ts';
import type { Figures } from './figures.ts';
import type { Period } from './period.ts';
import { attemptModes, missedInARow, missedLookback, missedOutcomes, trendWeeks } from './rules.ts';
import type { Scope } from './scope.ts';

const reachedOutcomes = outcomeSchema.options.filter(isReached);

/** Recorded contacts with the team's clients, by how they were tried: attempts, and how many reached somebody. */
export async function readModes(
  tx: OrganisationTransaction,
  scope: Scope,
  { from, to }: Period,
): Promise<Pick<Figures, 'modes' | 'otherContacts'>> {
  const rows = await tx.db.$queryRaw<{ mode: string; attempts: number; reached: number }[]>`
    select k.mode, count(*)::int as attempts,
           count(*) filter (where k.outcome = any(${reachedOutcomes}::text[]))::int as reached
    from contact k join client c on c.organisation_id = k.organisation_id and c.id = k.client_id
    where k.organisation_id = ${tx.organisation} and c.team_id = ${scope.team} and k.state = 'recorded'
      and k.occurred_on between ${from}::date and ${to}::date
      and (${scope.person ?? null}::text is null or k.person_id = ${scope.person ?? null})
    group by k.mode`;
  const tried = new Map(rows.map((row) => [row.mode, row]));
  return {
    modes: attemptModes.flatMap((mode) => tried.get(mode) ?? []),
    otherContacts: rows
      .filter(({ mode }) => !attemptModes.some((one) => one === mode))
      .reduce((all, { attempts }) => all + attempts, 0),
  };
}

/** The last weeks up to the period's last day, oldest first. */
export async function readWeeks(tx: OrganisationTransaction, scope: Scope, { to }: Period): Promise<Figures['weeks']> {
  return tx.db.$queryRaw<Figures['weeks']>`
    select (${to}::date - 7 * b.back - 6)::text as from, count(k.id)::int as attempts,
           count(k.id) filter (where k.outcome = any(${reachedOutcomes}::text[]))::int as reached
    from generate_series(${trendWeeks - 1}::int, 0, -1) as b (back)
    left join (contact k join client c on c.organisation_id = k.organisation_id and c.id = k.client_id)
      on k.organisation_id = ${tx.organisation} and c.team_id = ${scope.team} and k.state = 'recorded'
      and k.mode = any(${[...attemptModes]}::text[])
      and k.occurred_on between ${to}::date - 7 * b.back - 6 and ${to}::date - 7 * b.back
      and (${scope.person ?? null}::text is null or k.person_id = ${scope.person ?? null})
    group by b.back order by b.back desc`;
}

/** Served clients whose last attempts all missed them, three or more: the most first, then the higher tier, then the code. */
export async function readMissed(
  tx: OrganisationTransaction,
  scope: Scope,
  { to, end }: Period,
): Promise<Figures['missed']> {
  return tx.db.$queryRaw<Figures['missed']>`
    with tried as (
      select k.client_id, k.occurred_on, k.outcome = any(${[...missedOutcomes]}::text[]) as missed,
             row_number() over (partition by k.client_id order by k.occurred_at desc, k.logged_at desc, k.id desc) as n
      from contact k join client c on c.organisation_id = k.organisation_id and c.id = k.client_id
      where k.organisation_id = ${tx.organisation} and c.team_id = ${scope.team} and k.state = 'recorded'
        and c.status = any(${[...servedStatuses]}::text[]) and k.mode = any(${[...attemptModes]}::text[])
        and k.occurred_on between ${to}::date - ${missedLookback}::int and ${to}::date
        and (${scope.person ?? null}::text is null or exists (
          select 1 from coordinator_assignment a
          where a.organisation_id = k.organisation_id and a.client_id = k.client_id and a.person_id = ${scope.person ?? null}
            and a.started_at <= ${end} and (a.ended_at is null or a.ended_at > ${end})))
    ), answered as (
      select client_id, min(n) as n from tried where not missed group by client_id
    )
    select c.code, c.tier, count(*)::int as times, max(t.occurred_on)::text as "lastOn"
    from tried t
    join client c on c.organisation_id = ${tx.organisation} and c.id = t.client_id
    left join answered a on a.client_id = t.client_id
    where a.n is null or t.n < a.n
    group by c.code, c.tier having count(*) >= ${missedInARow}::int
    order by count(*) desc, array_position(${[...tierSchema.options]}::text[], c.tier), c.code collate "C"`;
}

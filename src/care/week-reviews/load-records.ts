import type { OrganisationTransaction } from '../../store/transaction.ts';
import { servedStatuses } from '../clients/rules.ts';
import type { Figures } from './figures.ts';
import type { Period } from './period.ts';
import { ceilingOf, ceilingOn, overdueAges } from './rules.ts';
import type { Scope } from './scope.ts';

/**
 * What each coordinator of the team answers for, wherever the client's team is, at the end of each of the last weeks. A
 * tier of earlier weeks is not on record: today's weighs for all of them.
 */
export async function readLoad(tx: OrganisationTransaction, scope: Scope, period: Period): Promise<Figures['load']> {
  const policy = ceilingOn(period.closes);
  const rows = await tx.db.$queryRaw<
    { person: string; name: string; fte: number | null; clients: number; trend: number[] }[]
  >`
    with moment as (
      select m.at, m.n from unnest(${[...period.weekEnds]}::timestamptz[]) with ordinality as m (at, n)
    ), weight as (
      select w.tier, w.points from unnest(${Object.keys(policy.weights)}::text[], ${Object.values(policy.weights)}::float8[])
        as w (tier, points)
    ), held as (
      select a.person_id, m.n, count(*) as clients, sum(w.points) as points
      from moment m
      join coordinator_assignment a on a.organisation_id = ${tx.organisation} and a.started_at <= m.at
        and (a.ended_at is null or a.ended_at > m.at)
        and a.person_id in (
          select o.id from person o where o.organisation_id = ${tx.organisation} and o.team_id = ${scope.team})
      join client c on c.organisation_id = a.organisation_id and c.id = a.client_id
        and c.status = any(${[...servedStatuses]}::text[])
      join weight w on w.tier = c.tier
      group by a.person_id, m.n
    )
    select p.id as person, p.name, p.fte::float8 as fte,
           coalesce((select h.clients from held h where h.person_id = p.id and h.n = ${period.weekEnds.length}), 0)::int as clients,
           array(select coalesce(h.points, 0)::float8 from moment m left join held h on h.n = m.n and h.person_id = p.id
                 order by m.n) as trend
    from person p
    where p.organisation_id = ${tx.organisation} and p.team_id = ${scope.team}
      and (${scope.person ?? null}::text is null or p.id = ${scope.person ?? null})
      and (p.active and 'coordinator' = any(p.roles) or exists (
        select 1 from held h where h.person_id = p.id and h.n = ${period.weekEnds.length}))
    order by p.name collate "C", p.id`;
  return rows.map(({ person, name, fte, clients, trend }) => ({
    person,
    name,
    clients,
    points: trend.at(-1) ?? 0,
    ceiling: ceilingOf(fte ?? undefined, policy),
    trend,
  }));
}

/** What was due before the end and not done by then, by its age in days. */
export async function readOverdue(tx: OrganisationTransaction, scope: Scope, period: Period): Promise<number[]> {
  const rows = await tx.db.$queryRaw<{ count: number }[]>`
    with late as materialized (
      select ${period.closes}::date - 1 - f.due_on as age
      from follow_up f join client c on c.organisation_id = f.organisation_id and c.id = f.client_id
      where f.organisation_id = ${tx.organisation} and c.team_id = ${scope.team} and f.due_on < ${period.closes}::date
        and f.created_at < ${period.end} and (f.closed_at is null or f.closed_at >= ${period.end})
        and (${scope.person ?? null}::text is null or f.owner_id = ${scope.person ?? null})
    )
    select (select count(*) from late l where l.age >= b.low and (b.high is null or l.age < b.high))::int as count
    from unnest(${overdueAges.map(({ from }) => from)}::int[], ${nextAges(overdueAges)}::int[]) with ordinality
      as b (low, high, n)
    order by b.n`;
  return rows.map((row) => row.count);
}

/** Where each age ends; the last has no end. */
export function nextAges(ages: readonly { readonly from: number }[]): (number | null)[] {
  return ages.map((_, index) => ages[index + 1]?.from ?? null);
}

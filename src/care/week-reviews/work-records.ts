import type { OrganisationTransaction } from '../../store/transaction.ts';
import { servedStatuses, tierSchema } from '../clients/rules.ts';
import type { Figures } from './figures.ts';
import type { Period } from './period.ts';
import { usualHours } from '../../calendar/working-time.ts';
import type { Scope } from './scope.ts';

/** Kinds of inbound deliveries that are an act of a person's. */
const acts = ['command', 'button', 'form-submitted'] as const;

/**
 * Work as people feel it: contacts outside the team's staffed hours and on its days off, by its clock, and how many
 * acts (presses, forms, commands) its people needed for the contacts they logged. Never a person by person list.
 */
export async function readWork(
  tx: OrganisationTransaction,
  scope: Scope,
  { start, end }: Period,
): Promise<Figures['work']> {
  const rows = await tx.db.$queryRaw<Figures['work'][]>`
    with calendar as (
      select t.zone, t.working_days, t.closures,
             string_to_array(coalesce(t.policies -> 'outOfHours' ->> 'staffed', ${usualHours}), '-')::time[] as hours
      from team t where t.organisation_id = ${tx.organisation} and t.id = ${scope.team}
    ), done as (
      select to_char(m.local, 'dy') = any(t.working_days) and m.local::date <> all(t.closures) as works,
             m.local::time >= t.hours[1] and m.local::time < t.hours[2] as staffed
      from contact k
      join client c on c.organisation_id = k.organisation_id and c.id = k.client_id and c.team_id = ${scope.team}
      cross join calendar t
      cross join lateral (select k.occurred_at at time zone t.zone as local) m
      where k.organisation_id = ${tx.organisation} and k.state = 'recorded' and k.source in ('slack', 'teams')
        and k.occurred_at >= ${start} and k.occurred_at < ${end}
        and k.occurred_on between ${start}::date - 1 and ${end}::date + 1
        and (${scope.person ?? null}::text is null or k.person_id = ${scope.person ?? null})
    )
    select (select count(*) from done)::int as contacts,
           (select count(*) from done where works and not staffed)::int as "afterHours",
           (select count(*) from done where not works)::int as "daysOff",
           (select count(*) from inbound_delivery d
            join person p on p.organisation_id = d.organisation_id and p.id = d.person_id and p.team_id = ${scope.team}
            where d.organisation_id = ${tx.organisation} and d.kind = any(${[...acts]}::text[])
              and d.received_at >= ${start} and d.received_at < ${end}
              and (${scope.person ?? null}::text is null or p.id = ${scope.person ?? null}))::int as acts,
           (select count(*) from contact k
            join person p on p.organisation_id = k.organisation_id and p.id = k.person_id and p.team_id = ${scope.team}
            where k.organisation_id = ${tx.organisation} and k.state = 'recorded' and k.source in ('slack', 'teams')
              and k.logged_at >= ${start} and k.logged_at < ${end}
              and (${scope.person ?? null}::text is null or p.id = ${scope.person ?? null}))::int as logged`;
  return rows[0] ?? { contacts: 0, afterHours: 0, daysOff: 0, acts: 0, logged: 0 };
}

/** Served clients by today's tier, and the minutes recorded with them in the period. */
export async function readTiers(
  tx: OrganisationTransaction,
  scope: Scope,
  { from, to, end }: Period,
): Promise<Figures['tiers']> {
  return tx.db.$queryRaw<Figures['tiers']>`
    with mine as (
      select c.id, c.tier from client c
      where c.organisation_id = ${tx.organisation} and c.team_id = ${scope.team}
        and c.status = any(${[...servedStatuses]}::text[]) and (
          select true from coordinator_assignment a
          where a.organisation_id = c.organisation_id and a.client_id = c.id and a.started_at <= ${end}
            and (a.ended_at is null or a.ended_at > ${end})
            and (${scope.person ?? null}::text is null or a.person_id = ${scope.person ?? null}) limit 1)
    )
    select m.tier, count(*)::int as clients, coalesce(sum(k.minutes), 0)::int as minutes
    from mine m
    left join lateral (
      select sum(k.minutes) as minutes from contact k
      where k.organisation_id = ${tx.organisation} and k.client_id = m.id and k.state = 'recorded'
        and k.occurred_on between ${from}::date and ${to}::date
        and (${scope.person ?? null}::text is null or k.person_id = ${scope.person ?? null})
    ) k on true
    group by m.tier order by array_position(${[...tierSchema.options]}::text[], m.tier)`;
}

import type { OrganisationTransaction } from '../../store/transaction.ts';
import { severitySchema } from '../escalations/rules.ts';
import type { Limit } from '../../calendar/limits.ts';
import { limits } from '../referrals/rules.ts';
import type { Figures } from './figures.ts';
import { nextAges } from './load-records.ts';
import type { Period } from './period.ts';
import { loopAges, openLoopStates, partnerDays } from './rules.ts';
import type { Scope } from './scope.ts';

/** Acts by which a named human has an escalation, or has ended it. */
const takingActs = ['acknowledge', 'take-over', 'resolve'] as const;

/**
 * Escalations raised in the period: how many somebody has, or has ended, at this moment, and how long it took until
 * somebody first had them. An acknowledgement that has run out is none.
 */
export async function readEscalations(
  tx: OrganisationTransaction,
  scope: Scope,
  { start, end }: Period,
  now: Date,
): Promise<Figures['escalations']> {
  return tx.db.$queryRaw<Figures['escalations']>`
    select e.severity, count(*)::int as raised,
           count(*) filter (where e.state = 'resolved'
                            or e.state = 'acknowledged' and coalesce(e.expires_at > ${now}::timestamptz, true))::int as taken,
           percentile_cont(0.5) within group (order by extract(epoch from t.at - e.raised_at) / 60)::float8 as "medianMinutes",
           max(extract(epoch from t.at - e.raised_at) / 60)::float8 as "longestMinutes",
           count(*) filter (where e.late)::int as late
    from escalation e
    left join lateral (
      select min(v.at) as at from escalation_event v
      where v.organisation_id = e.organisation_id and v.escalation_id = e.id and v.act = any(${[...takingActs]}::text[])
    ) t on true
    where e.organisation_id = ${tx.organisation} and e.team_id = ${scope.team}
      and e.raised_at >= ${start} and e.raised_at < ${end}
      and (${scope.person ?? null}::text is null or e.owner_id = ${scope.person ?? null})
    group by e.severity
    order by array_position(${[...severitySchema.options]}::text[], e.severity)`;
}

/** Referral loops about the team's clients that were open at the end, by whole days since they were asked for. */
export async function readLoops(tx: OrganisationTransaction, scope: Scope, { end }: Period): Promise<number[]> {
  const rows = await tx.db.$queryRaw<{ count: number }[]>`
    with loop as materialized (
      select floor(extract(epoch from ${end}::timestamptz - r.created_at) / 86400)::int as age
      from referral r join client c on c.organisation_id = r.organisation_id and c.id = r.client_id
      where r.organisation_id = ${tx.organisation} and c.team_id = ${scope.team} and r.created_at < ${end}
        and (${scope.person ?? null}::text is null or r.requester_id = ${scope.person ?? null}
          or r.receiver_id = ${scope.person ?? null})
        and (select v.to_state from referral_event v
             where v.organisation_id = r.organisation_id and v.referral_id = r.id and v.at < ${end}
             order by v.at desc, v.id desc limit 1) = any(${[...openLoopStates]}::text[])
    )
    select (select count(*) from loop l where l.age >= b.low and (b.high is null or l.age < b.high))::int as count
    from unnest(${loopAges.map(({ from }) => from)}::int[], ${nextAges(loopAges)}::int[]) with ordinality
      as b (low, high, n)
    order by b.n`;
  return rows.map((row) => row.count);
}

const hoursOf = (limit: Limit): number | null => ('hours' in limit ? limit.hours : null);
const daysOf = (limit: Limit): number | null => ('workingDays' in limit ? limit.workingDays : null);

/**
 * What partners were asked in the 90 days before the end, and whether they answered in time. The time is that of the
 * referral's own rules: hours on the clock, or working days of the team of who tracks the partner. What still has time
 * is asked, but not decided.
 */
export async function readPartners(
  tx: OrganisationTransaction,
  scope: Scope,
  { end }: Period,
): Promise<Figures['partners']> {
  const urgencies = Object.keys(limits);
  const answers = Object.values(limits).map(({ answer }) => answer);
  return tx.db.$queryRaw<Figures['partners']>`
    with asked as (
      select r.id, r.to_partner_id as partner, v.at, coalesce(r.receiver_id, r.requester_id) as tracker, l.hours, l.days,
             (select min(w.at) from referral_event w
              where w.organisation_id = r.organisation_id and w.referral_id = r.id and w.at >= v.at and w.at < ${end}
                and w.to_state in ('accepted', 'rejected')) as answered
      from referral r
      join client c on c.organisation_id = r.organisation_id and c.id = r.client_id and c.team_id = ${scope.team}
      join lateral (
        select min(e.at) as at from referral_event e
        where e.organisation_id = r.organisation_id and e.referral_id = r.id and e.step = 'request') v on true
      join unnest(${urgencies}::text[], ${answers.map(hoursOf)}::int[], ${answers.map(daysOf)}::int[])
        as l (urgency, hours, days) on l.urgency = r.urgency
      where r.organisation_id = ${tx.organisation} and r.to_partner_id is not null and r.state <> 'entered-in-error'
        and v.at < ${end} and v.at >= ${end}::timestamptz - ${partnerDays}::int * interval '24 hours'
        and r.id in (
          select w.referral_id from referral_event w
          where w.organisation_id = ${tx.organisation} and w.step = 'request' and w.at < ${end}
            and w.at >= ${end}::timestamptz - ${partnerDays}::int * interval '24 hours')
        and (${scope.person ?? null}::text is null or r.requester_id = ${scope.person ?? null}
          or r.receiver_id = ${scope.person ?? null})
    ), timed as (
      select a.*, case when a.hours is not null then a.at + a.hours * interval '1 hour' else (
        select (d.day::date + (a.at at time zone t.zone)::time) at time zone t.zone
        from generate_series((a.at at time zone t.zone)::date + 1, (a.at at time zone t.zone)::date + 400, interval '1 day')
          as d (day)
        where to_char(d.day, 'dy') = any(t.working_days) and d.day::date <> all(t.closures)
        order by d.day offset a.days - 1 limit 1) end as due
      from asked a
      join person p on p.organisation_id = ${tx.organisation} and p.id = a.tracker
      join team t on t.organisation_id = p.organisation_id and t.id = p.team_id
    )
    select p.name, count(*)::int as asked,
           count(*) filter (where m.answered is not null or m.due < ${end})::int as decided,
           count(*) filter (where m.answered <= m.due)::int as "inTime",
           percentile_cont(0.5) within group (order by extract(epoch from m.answered - m.at) / 3600)::float8 as "medianHours"
    from timed m join partner p on p.organisation_id = ${tx.organisation} and p.id = m.partner
    group by p.id, p.name order by p.name collate "C", p.id`;
}

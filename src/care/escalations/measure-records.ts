import type { OrganisationTransaction } from '../../store/transaction.ts';

export interface Count {
  readonly severity: string;
  readonly state: string;
  readonly late: boolean;
  readonly count: number;
}
/** So many of them took so many whole seconds. */
export interface Span {
  readonly severity: string;
  readonly seconds: number;
  readonly count: number;
}
export interface Figures {
  readonly counts: readonly Count[];
  readonly steps: readonly Span[];
  readonly acknowledged: readonly Span[];
}

/** Counts only: whole seconds, severities, states. */
export async function readFigures({ db, organisation }: OrganisationTransaction): Promise<Figures> {
  const counts = await db.$queryRaw<Count[]>`
    select severity, state, late, count(*)::int as count from escalation
    where organisation_id = ${organisation} group by severity, state, late`;
  const steps = await db.$queryRaw<Span[]>`
    select e.severity, count(*)::int as count,
           greatest(0, round(extract(epoch from v.at - (v.detail ->> 'planned')::timestamptz)))::int as seconds
    from escalation_event v
    join escalation e on e.organisation_id = v.organisation_id and e.id = v.escalation_id
    where v.organisation_id = ${organisation} and v.act = 'step' and v.detail ? 'planned' group by 1, 3`;
  const acknowledged = await db.$queryRaw<Span[]>`
    select e.severity, count(*)::int as count,
           greatest(0, round(extract(epoch from v.at - coalesce(begun.at, e.raised_at))))::int as seconds
    from escalation_event v
    join escalation e on e.organisation_id = v.organisation_id and e.id = v.escalation_id
    left join lateral (
      select min((s.detail ->> 'planned')::timestamptz) as at from escalation_event s
      where s.organisation_id = v.organisation_id and s.escalation_id = v.escalation_id and s.act = 'step'
        and s.detail -> 'run' = v.detail -> 'run'
    ) as begun on true
    where v.organisation_id = ${organisation} and v.act = 'acknowledge' group by 1, 3`;
  return { counts, steps, acknowledged };
}

import { readPrivacy, type KnownUser, type PrivacyRow } from '../access/records.ts';
import { readWorkingTime, type WorkingTime, type PersonTimeRow } from '../calendar/working-time.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';

/** How an owner's days go, and what their organisation shows: for what several people read, or nobody asked for. */
export interface OwnerCalendar extends WorkingTime, Pick<KnownUser, 'dateOrder' | 'privacy'> {
  readonly team: string;
}

/**
 * The calendar of a team or a person; undefined when there is none of that id any more. A person's days away are
 * closures to them.
 */
export async function findOwnerCalendar(
  tx: OrganisationTransaction,
  owner: { readonly kind: 'team' | 'person'; readonly id: string },
): Promise<OwnerCalendar | undefined> {
  const rows = await tx.db.$queryRaw<
    (PersonTimeRow & PrivacyRow & { team: string; date_order: 'dmy' | 'mdy' | null })[]
  >`
    select t.id as team, coalesce(p.zone, t.zone) as zone, t.working_days, p.works,
           t.closures::text[] || coalesce((
             select array_agg(d.day::date::text) from absence a
             cross join lateral generate_series(a.starts_on, a.ends_on, interval '1 day') as d (day)
             where a.organisation_id = t.organisation_id and a.person_id = p.id and a.state in ('planned', 'running')),
             '{}') as closures,
           o.date_order, o.privacy, o.label, o.names_in_forms
    from team t
    join organisation o on o.id = t.organisation_id
    left join person p on p.organisation_id = t.organisation_id and p.team_id = t.id and ${owner.kind} = 'person'
      and p.id = ${owner.id}
    where t.organisation_id = ${tx.organisation}
      and case ${owner.kind} when 'team' then t.id = ${owner.id} else p.id is not null end`;
  const row = rows[0];
  if (row === undefined) return undefined;
  return {
    ...readWorkingTime(row),
    team: row.team,
    dateOrder: row.date_order ?? undefined,
    privacy: readPrivacy(row),
  };
}

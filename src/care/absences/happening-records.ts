import type { OrganisationTransaction } from '../../store/transaction.ts';

/** What one colleague did for somebody's clients in a time. */
export interface Happening {
  readonly who: string;
  /** `spoke with`, `tried to reach`. */
  readonly what: string;
  readonly codes: readonly string[];
}

const says: Readonly<Record<string, string>> = {
  reached: 'spoke with',
  missed: 'tried to reach',
  escalated: 'raised an escalation about',
  settled: 'resolved an escalation about',
};

/** Contacts and escalations of others for the clients a person answers for, since an absence began, up to a moment. */
export async function listHappenings(
  tx: OrganisationTransaction,
  away: { readonly person: string; readonly startsAt: Date },
  until: Date,
): Promise<readonly Happening[]> {
  const { person, startsAt } = away;
  const rows = await tx.db.$queryRaw<{ who: string; what: string; codes: string[] }[]>`
    with own as (
      select a.organisation_id, a.client_id, c.code from coordinator_assignment a
      join client c on c.organisation_id = a.organisation_id and c.id = a.client_id
      where a.organisation_id = ${tx.organisation} and a.person_id = ${person} and a.ended_at is null),
    happened as (
      select k.person_id as who, case when k.outcome = 'reached' then 'reached' else 'missed' end as what, own.code
      from own join contact k on k.organisation_id = own.organisation_id and k.client_id = own.client_id
      where k.state = 'recorded' and k.logged_at >= ${startsAt} and k.logged_at <= ${until}
      union all
      select e.raised_by, 'escalated', own.code
      from own join escalation e on e.organisation_id = own.organisation_id and e.client_id = own.client_id
      where e.raised_at >= ${startsAt} and e.raised_at <= ${until}
      union all
      select e.resolved_by, 'settled', own.code
      from own join escalation e on e.organisation_id = own.organisation_id and e.client_id = own.client_id
      where e.resolved_at >= ${startsAt} and e.resolved_at <= ${until})
    select p.name as who, h.what, array_agg(distinct h.code order by h.code) as codes
    from happened h join person p on p.organisation_id = ${tx.organisation} and p.id = h.who
    where h.who <> ${person}
    group by p.name, h.what
    order by min(array_position(array['escalated', 'settled', 'reached', 'missed'], h.what)), p.name`;
  return rows.map(({ who, what, codes }) => ({ who, what: says[what] ?? what, codes }));
}

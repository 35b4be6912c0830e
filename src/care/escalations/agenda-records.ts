import type { OrganisationTransaction } from '../../store/transaction.ts';

/** What a team's meeting is told of an escalation: never its reason or its words. */
export interface AgendaEscalation {
  readonly id: string;
  readonly client: string | undefined;
  readonly code: string | undefined;
  readonly tier: string | undefined;
  /** Local date of the team on which it was raised. */
  readonly raisedOn: string;
}

/** Resolved escalations of a team, or of its clients, that were raised since a moment; not what was an error. */
export async function listSettledSince(
  tx: OrganisationTransaction,
  team: string,
  since: Date,
): Promise<readonly AgendaEscalation[]> {
  const rows = await tx.db.$queryRaw<
    { id: string; client: string | null; code: string | null; tier: string | null; raisedOn: string }[]
  >`
    select e.id::text as id, c.id::text as client, c.code, c.tier,
           (e.raised_at at time zone t.zone)::date::text as "raisedOn"
    from escalation e
    join team t on t.organisation_id = e.organisation_id and t.id = ${team}
    left join client c on c.organisation_id = e.organisation_id and c.id = e.client_id
    where e.organisation_id = ${tx.organisation} and coalesce(c.team_id, e.team_id) = ${team}
      and e.state = 'resolved' and e.raised_at > ${since}::timestamptz and e.outcome <> 'raised-in-error'
    order by e.raised_at, e.id`;
  return rows.map((row) => ({
    ...row,
    client: row.client ?? undefined,
    code: row.code ?? undefined,
    tier: row.tier ?? undefined,
  }));
}

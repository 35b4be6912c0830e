import { crisisSchema, teamPoliciesSchema, type Crisis, type TeamPolicies } from './policies.ts';
import { readWorkingTime, type WorkingTime, type WorkingTimeRow } from '../../calendar/working-time.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';

/** How a team answers when something is wrong, with its calendar and the organisation's numbers. */
export interface TeamSetup extends WorkingTime {
  readonly id: string;
  readonly name: string;
  readonly policies: TeamPolicies;
  readonly crisis: Crisis;
  readonly organisationName: string;
  /** Somebody can read a message to the team as such. */
  readonly hasPlace: boolean;
}

export async function findTeamSetup(tx: OrganisationTransaction, team: string): Promise<TeamSetup> {
  const rows = await tx.db.$queryRaw<
    (WorkingTimeRow & {
      name: string;
      policies: unknown;
      crisis: unknown;
      organisation_name: string;
      has_place: boolean;
    })[]
  >`
    select t.name, t.zone, t.working_days, t.closures::text[] as closures, t.policies, o.crisis,
           o.name as organisation_name,
           exists (select 1 from team_place p where p.organisation_id = t.organisation_id and p.team_id = t.id) as has_place
    from team t join organisation o on o.id = t.organisation_id
    where t.organisation_id = ${tx.organisation} and t.id = ${team}`;
  const row = rows[0];
  if (row === undefined) throw new Error('an escalation belongs to no team of the organisation');
  return {
    id: team,
    name: row.name,
    ...readWorkingTime(row),
    policies: teamPoliciesSchema.parse(row.policies),
    crisis: crisisSchema.parse(row.crisis),
    organisationName: row.organisation_name,
    hasPlace: row.has_place,
  };
}

/** The organisation's numbers to call. */
export async function findCrisis(tx: OrganisationTransaction): Promise<Crisis> {
  const rows = await tx.db.$queryRaw<{ crisis: unknown }[]>`
    select crisis from organisation where id = ${tx.organisation}`;
  return crisisSchema.parse(rows[0]?.crisis ?? {});
}

export async function findTeamZone(tx: OrganisationTransaction, team: string): Promise<string | undefined> {
  const rows = await tx.db.$queryRaw<{ zone: string }[]>`
    select zone from team where organisation_id = ${tx.organisation} and id = ${team}`;
  return rows[0]?.zone;
}

import { roleSchema, type Role } from '../../access/roles.ts';
import { findTeam, type Team } from '../../access/working-times.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';
import { plansOf, type Plan } from './rhythms.ts';

/** A team with when it works and when it meets. */
export interface HuddleTeam extends Team {
  readonly plans: readonly Plan[];
}

export async function findHuddleTeam(tx: OrganisationTransaction, id: string): Promise<HuddleTeam | undefined> {
  const team = await findTeam(tx, id);
  return team === undefined ? undefined : { ...team, plans: plansOf(team.schedules) };
}

/** A team's huddles begin, and are put off, one after the other: two who start at once start one. */
export async function lockTeamHuddles(tx: OrganisationTransaction, team: string): Promise<void> {
  await tx.db.$queryRaw`
    select 1 as locked
    from (select pg_advisory_xact_lock(hashtextextended(${`huddles/${tx.organisation}/${team}`}, 0))) held`;
}

/** What somebody is on a day: their roles, and the qualifications that hold then. */
export async function findStanding(
  tx: OrganisationTransaction,
  person: string,
  day: string,
): Promise<{ readonly roles: readonly string[]; readonly qualifications: readonly string[] }> {
  const rows = await tx.db.$queryRaw<{ roles: string[]; qualifications: string[] }[]>`
    select p.roles, array(
             select distinct q.kind from jsonb_to_recordset(p.qualifications) as q (kind text, "from" date, "to" date)
             where q."from" <= ${day}::date and (q."to" is null or q."to" >= ${day}::date) order by q.kind) as qualifications
    from person p where p.organisation_id = ${tx.organisation} and p.id = ${person}`;
  return rows[0] ?? { roles: [], qualifications: [] };
}

/** Whoever takes over what waits for somebody's answer: a colleague of the same trade, their own team's first. */
export async function findSameTrade(
  tx: OrganisationTransaction,
  leaver: string,
  roles: readonly Role[],
): Promise<string | undefined> {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    select p.id from person p
    join person l on l.organisation_id = p.organisation_id and l.id = ${leaver}
    where p.organisation_id = ${tx.organisation} and p.active and p.id <> l.id and p.roles && ${[...roles]}::text[]
      and exists (select 1 from identity i where i.organisation_id = p.organisation_id and i.person_id = p.id
                  and i.active and not i.guest and i.guest_until is null)
    order by (p.team_id = l.team_id) desc, (p.roles && l.roles) desc, p.id limit 1`;
  return rows[0]?.id;
}

/** Names of people, whether or not they work here still. */
export async function findNames(
  tx: OrganisationTransaction,
  people: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (people.length === 0) return new Map();
  const rows = await tx.db.$queryRaw<{ id: string; name: string }[]>`
    select id, name from person where organisation_id = ${tx.organisation} and id = any(${[...new Set(people)]}::text[])`;
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export const readRoles = (roles: readonly string[]): readonly Role[] => roles.map((role) => roleSchema.parse(role));

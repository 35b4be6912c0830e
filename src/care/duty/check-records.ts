import { listColleagues } from '../../access/records.ts';
import { findTeam, type Team } from '../../access/working-times.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';
import { patternOf } from './policies.ts';

/** Who is asked, and the calendar by which a team counts its working days. */
export interface CheckedTeam extends Team {
  /** Everybody of the weekly pattern who works here. */
  readonly people: readonly string[];
}

export async function findCheckedTeam(tx: OrganisationTransaction, team: string): Promise<CheckedTeam | undefined> {
  const found = await findTeam(tx, team);
  if (found === undefined) return undefined;
  const onRota = new Set((patternOf(found.policies) ?? []).map(({ person }) => person));
  const active = await listColleagues(tx);
  return { ...found, people: active.map(({ id }) => id).filter((person) => onRota.has(person)) };
}

export interface Check {
  readonly team: string;
  readonly month: string;
}

/** False when they were asked already. */
export async function insertCheck(
  tx: OrganisationTransaction,
  { team, month }: Check,
  person: string,
  now: Date,
): Promise<boolean> {
  const made = await tx.db.$executeRaw`
    insert into duty_check (organisation_id, team_id, month, person_id, asked_at)
    values (${tx.organisation}, ${team}, ${month}, ${person}, ${now}) on conflict do nothing`;
  return made === 1;
}

/** When a person was asked, and answered; undefined when they were not. */
export async function findCheck(
  tx: OrganisationTransaction,
  { team, month }: Check,
  person: string,
): Promise<{ readonly confirmedAt: Date | undefined; readonly teamName: string } | undefined> {
  const rows = await tx.db.$queryRaw<{ confirmedAt: Date | null; teamName: string }[]>`
    select c.confirmed_at as "confirmedAt", t.name as "teamName"
    from duty_check c join team t on t.organisation_id = c.organisation_id and t.id = c.team_id
    where c.organisation_id = ${tx.organisation} and c.team_id = ${team} and c.month = ${month} and c.person_id = ${person}`;
  const row = rows[0];
  return row === undefined ? undefined : { teamName: row.teamName, confirmedAt: row.confirmedAt ?? undefined };
}

export async function confirmCheck(
  tx: OrganisationTransaction,
  { team, month }: Check,
  person: string,
  now: Date,
): Promise<void> {
  await tx.db.$executeRaw`
    update duty_check set confirmed_at = ${now}
    where organisation_id = ${tx.organisation} and team_id = ${team} and month = ${month} and person_id = ${person}
      and confirmed_at is null`;
}

/** How the test page that went with a check fares; undefined when there was none. */
export async function findTestPage(
  tx: OrganisationTransaction,
  incident: string,
  person: string,
): Promise<'rung' | 'failed' | undefined> {
  const rows = await tx.db.$queryRaw<{ reason: string | null }[]>`
    select reason from page
    where organisation_id = ${tx.organisation} and incident = ${incident} and person_id = ${person} and event = 'test'
    order by sequence desc limit 1`;
  const row = rows[0];
  if (row === undefined) return undefined;
  return row.reason === null ? 'rung' : 'failed';
}

/** Names of those who work here and have not confirmed the team's latest check, asked before a moment. */
export async function listUnconfirmed(
  tx: OrganisationTransaction,
  team: string,
  askedBefore: Date,
): Promise<readonly string[]> {
  const rows = await tx.db.$queryRaw<{ name: string }[]>`
    select p.name from duty_check c
    join person p on p.organisation_id = c.organisation_id and p.id = c.person_id and p.active
    where c.organisation_id = ${tx.organisation} and c.team_id = ${team} and c.confirmed_at is null
      and c.asked_at <= ${askedBefore}
      and c.month = (select max(l.month) from duty_check l
                     where l.organisation_id = c.organisation_id and l.team_id = c.team_id)
    order by p.name, p.id`;
  return rows.map(({ name }) => name);
}

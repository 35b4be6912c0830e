import { z } from 'zod';
import type { Database, OrganisationTransaction } from '../store/transaction.ts';
import { weekdays } from '../calendar/local-dates.ts';
import type { TurnRule } from '../calendar/turns.ts';
import type { ScheduledPerson, ScheduledTeam } from '../feature/schedules.ts';

/** One thing that happens at local times: what, for whom, when. */
export interface Schedule {
  readonly id: string;
  /** Names its handler in the feature table. */
  readonly kind: string;
  /** Id of the team or person it is for. */
  readonly owner: string;
  readonly rule: TurnRule;
}

const weekdaySchema = z.enum(weekdays);
interface ScheduleRow {
  id: string;
  kind: string;
  owner: string;
  at: string;
  zone: string;
  weekday: string | null;
}

/**
 * Whose turn it is, in all organisations: the longest waiting first. Looking locks nothing: only who works on one holds
 * it, so that two who look at the same moment never both pass it by.
 */
export async function findDue(
  db: Database,
  now: Date,
  kinds: readonly string[],
  limit: number,
): Promise<readonly { readonly organisation: string; readonly id: string }[]> {
  return db.$queryRaw<{ organisation: string; id: string }[]>`
    select organisation_id as organisation, id from schedule
    where next_at <= ${now} and kind = any(${[...kinds]}::text[])
    order by next_at, organisation_id, id limit ${limit}`;
}

/** The schedule, locked until the transaction ends, when it is still due and nobody else works on it. */
export async function takeSchedule(tx: OrganisationTransaction, id: string, now: Date): Promise<Schedule | undefined> {
  const rows = await tx.db.$queryRaw<ScheduleRow[]>`
    select id, kind, owner, at, zone, weekday from schedule
    where organisation_id = ${tx.organisation} and id = ${id} and next_at <= ${now} for update skip locked`;
  const row = rows[0];
  if (row === undefined) return undefined;
  const { weekday, at, zone } = row;
  const rule = { at, zone, ...(weekday === null ? {} : { weekday: weekdaySchema.parse(weekday) }) };
  return { id: row.id, kind: row.kind, owner: row.owner, rule };
}

/** True for the first who makes this schedule's occurrence of a local date; false for ever after. */
export async function makeOccurrence(
  tx: OrganisationTransaction,
  schedule: string,
  localDate: string,
  now: Date,
): Promise<boolean> {
  const made = await tx.db.$executeRaw`
    insert into occurrence (organisation_id, schedule_id, local_date, made_at)
    values (${tx.organisation}, ${schedule}, ${localDate}::date, ${now}) on conflict do nothing`;
  return made === 1;
}

export async function moveSchedule(tx: OrganisationTransaction, id: string, nextAt: Date): Promise<void> {
  await tx.db.$executeRaw`
    update schedule set next_at = ${nextAt} where organisation_id = ${tx.organisation} and id = ${id}`;
}

/** Schedules as they should stand; each with the turns around now, should it be new or changed. */
export type WantedSchedule = Schedule & {
  readonly nextAt: Date;
  readonly last: { readonly at: Date; readonly localDate: string };
};

/**
 * Makes the schedules of these kinds what is wanted; returns how many rows changed. A schedule that stays as it is
 * keeps its next turn, so that what was missed while nothing ran is still caught up with. One that moves to an earlier
 * hour, which has passed today while its old one had not, has today's turn at once: no date is left out.
 */
export async function replaceSchedules(
  tx: OrganisationTransaction,
  kinds: readonly string[],
  wanted: readonly WantedSchedule[],
): Promise<number> {
  const removed = await tx.db.$executeRaw`
    delete from schedule
    where organisation_id = ${tx.organisation} and kind = any(${[...kinds]}::text[])
      and id <> all(${wanted.map((one) => one.id)}::text[])`;
  const written = await tx.db.$executeRaw`
    insert into schedule (organisation_id, id, kind, owner, at, zone, weekday, next_at)
    select ${tx.organisation}, id, kind, owner, at, zone, weekday,
           case when exists (select 1 from schedule old
                             where old.organisation_id = ${tx.organisation} and old.id = given.id
                               and (old.next_at at time zone old.zone)::date = given.last_on::date)
                then given.last_at else given.next_at end::timestamptz
    from unnest(${wanted.map((one) => one.id)}::text[], ${wanted.map((one) => one.kind)}::text[],
                ${wanted.map((one) => one.owner)}::text[], ${wanted.map((one) => one.rule.at)}::text[],
                ${wanted.map((one) => one.rule.zone)}::text[], ${wanted.map((one) => one.rule.weekday ?? null)}::text[],
                ${wanted.map((one) => one.nextAt.toISOString())}::text[],
                ${wanted.map((one) => one.last.at.toISOString())}::text[],
                ${wanted.map((one) => one.last.localDate)}::text[])
         as given (id, kind, owner, at, zone, weekday, next_at, last_at, last_on)
    on conflict (organisation_id, id) do update
    set kind = excluded.kind, owner = excluded.owner, at = excluded.at, zone = excluded.zone,
        weekday = excluded.weekday, next_at = excluded.next_at
    where (schedule.kind, schedule.owner, schedule.at, schedule.zone, schedule.weekday)
      is distinct from (excluded.kind, excluded.owner, excluded.at, excluded.zone, excluded.weekday)`;
  return removed + written;
}

/** Teams with their schedules, as the organisation file wrote them and as they were chosen since. */
export async function listTeamSchedules(tx: OrganisationTransaction): Promise<readonly ScheduledTeam[]> {
  return tx.db.$queryRaw<ScheduledTeam[]>`
    select id, zone, schedules, policies, digest_at as "digestAt" from team
    where organisation_id = ${tx.organisation} order by id`;
}

/** Active people, with the zone they live in and what they chose. */
export async function listActivePeople(tx: OrganisationTransaction): Promise<readonly ScheduledPerson[]> {
  return tx.db.$queryRaw<ScheduledPerson[]>`
    select p.id, p.team_id as team, coalesce(p.zone, t.zone) as zone, p.roles, p.digest_at as "digestAt", p.works
    from person p join team t on t.organisation_id = p.organisation_id and t.id = p.team_id
    where p.organisation_id = ${tx.organisation} and p.active
    order by p.id`;
}

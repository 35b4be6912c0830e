import { isUuid } from '../../ids.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';
import { patternOf, type PatternShift } from './policies.ts';
import type { Shift } from './rules.ts';

export interface DutyTeam {
  readonly id: string;
  readonly name: string;
  readonly zone: string;
  /** Undefined where it has no rota. */
  readonly pattern: readonly PatternShift[] | undefined;
}

/** A team with its weekly pattern. */
export async function findDutyTeam(tx: OrganisationTransaction, id: string): Promise<DutyTeam | undefined> {
  const rows = await tx.db.$queryRaw<(Omit<DutyTeam, 'pattern'> & { policies: unknown })[]>`
    select id, name, zone, policies from team where organisation_id = ${tx.organisation} and id = ${id}`;
  const row = rows[0];
  if (row === undefined) return undefined;
  const { policies, ...team } = row;
  return { ...team, pattern: patternOf(policies) };
}

/** Every team of the organisation, in a fixed order. */
export async function listTeamIds(tx: OrganisationTransaction): Promise<readonly string[]> {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    select id from team where organisation_id = ${tx.organisation} order by id`;
  return rows.map(({ id }) => id);
}

/** What lies above the pattern in a time, of people who work here. */
export async function listPlanned(
  tx: OrganisationTransaction,
  team: string,
  from: Date,
  to: Date,
): Promise<readonly Shift[]> {
  const rows = await tx.db.$queryRaw<
    { person: string; starts_at: Date; ends_at: Date; origin: string; created_at: Date }[]
  >`
    select person_id as person, starts_at, ends_at, origin, created_at from duty_override
    where organisation_id = ${tx.organisation} and team_id = ${team} and cancelled_at is null
      and starts_at < ${to} and ends_at > ${from}
    order by created_at, id`;
  return rows.map((row) => ({
    person: row.person,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    origin: row.origin === 'cover' ? 'cover' : 'override',
    plannedAt: row.created_at,
  }));
}

/** Who of these works here now. */
export async function listNames(
  tx: OrganisationTransaction,
  people: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (people.length === 0) return new Map();
  const rows = await tx.db.$queryRaw<{ id: string; name: string }[]>`
    select id, name from person
    where organisation_id = ${tx.organisation} and id = any(${[...new Set(people)]}::text[]) and active`;
  return new Map(rows.map((row) => [row.id, row.name]));
}

/**
 * To whom a gap falls at a moment: the team's supervisor, else any supervisor or director, else who answers for the
 * service; who is away then comes last. The first by id, so that it is the same one for everybody who asks.
 */
export async function findGapHolder(tx: OrganisationTransaction, team: string, at: Date): Promise<string | undefined> {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    select p.id from person p
    where p.organisation_id = ${tx.organisation} and p.active and p.roles && array['supervisor', 'director', 'admin']
    order by exists (select 1 from absence a where a.organisation_id = p.organisation_id and a.person_id = p.id
                     and a.starts_at <= ${at} and a.ends_at > ${at}),
             case when 'supervisor' = any(p.roles) and p.team_id = ${team} then 0
                  when 'supervisor' = any(p.roles) then 1
                  when 'director' = any(p.roles) then 2 else 3 end, p.id
    limit 1`;
  return rows[0]?.id;
}

export async function insertOverride(
  tx: OrganisationTransaction,
  planned: {
    readonly team: string;
    readonly person: string;
    readonly startsAt: Date;
    readonly endsAt: Date;
    readonly origin: 'set' | 'cover';
    readonly by: string;
    readonly now: Date;
  },
): Promise<string> {
  const id = tx.ids.uuid();
  await tx.db.$executeRaw`
    insert into duty_override (organisation_id, id, team_id, person_id, starts_at, ends_at, origin, created_by, created_at)
    values (${tx.organisation}, ${id}::uuid, ${planned.team}, ${planned.person}, ${planned.startsAt}, ${planned.endsAt},
            ${planned.origin}, ${planned.by}, ${planned.now})`;
  return id;
}

/** What a leaver had planned counts no more; returns the teams it concerned. */
export async function cancelPlanned(
  tx: OrganisationTransaction,
  person: string,
  now: Date,
): Promise<readonly string[]> {
  const rows = await tx.db.$queryRaw<{ team: string }[]>`
    update duty_override set cancelled_at = ${now}
    where organisation_id = ${tx.organisation} and person_id = ${person} and cancelled_at is null and ends_at > ${now}
    returning team_id as team`;
  await tx.db.$executeRaw`
    update duty_cover set state = 'withdrawn', version = version + 1
    where organisation_id = ${tx.organisation} and asked_by = ${person} and state = 'open'`;
  return [...new Set(rows.map((row) => row.team))];
}

export interface Cover {
  readonly id: string;
  readonly team: string;
  readonly askedBy: string;
  readonly askedByName: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly state: 'open' | 'taken' | 'withdrawn';
  readonly takenBy: string | undefined;
  readonly takenByName: string | undefined;
  readonly version: number;
}

export async function insertCover(
  tx: OrganisationTransaction,
  asked: {
    readonly team: string;
    readonly by: string;
    readonly startsAt: Date;
    readonly endsAt: Date;
    readonly now: Date;
  },
): Promise<string> {
  const id = tx.ids.uuid();
  await tx.db.$executeRaw`
    insert into duty_cover (organisation_id, id, team_id, asked_by, starts_at, ends_at, created_at)
    values (${tx.organisation}, ${id}::uuid, ${asked.team}, ${asked.by}, ${asked.startsAt}, ${asked.endsAt}, ${asked.now})`;
  return id;
}

export async function findCover(tx: OrganisationTransaction, id: string): Promise<Cover | undefined> {
  if (!isUuid(id)) return undefined;
  const row = await tx.db.dutyCover.findUnique({
    where: { organisationId_id: { organisationId: tx.organisation, id } },
    include: { asker: { select: { name: true } }, taker: { select: { name: true } } },
  });
  if (row === null) return undefined;
  return {
    id: row.id,
    team: row.teamId,
    askedBy: row.askedBy,
    askedByName: row.asker.name,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    state: row.state === 'taken' ? 'taken' : row.state === 'withdrawn' ? 'withdrawn' : 'open',
    takenBy: row.takenBy ?? undefined,
    takenByName: row.taker?.name,
    version: row.version,
  };
}

/** Open requests of a person that touch a time. */
export async function hasOpenCover(
  tx: OrganisationTransaction,
  of: { readonly team: string; readonly person: string; readonly startsAt: Date; readonly endsAt: Date },
): Promise<boolean> {
  const found = await tx.db.dutyCover.count({
    where: {
      organisationId: tx.organisation,
      teamId: of.team,
      askedBy: of.person,
      state: 'open',
      startsAt: { lt: of.endsAt },
      endsAt: { gt: of.startsAt },
    },
  });
  return found > 0;
}

/** True for the first who ends an open request: taken by somebody, or withdrawn. */
export async function endCover(tx: OrganisationTransaction, id: string, takenBy: string | undefined): Promise<boolean> {
  const ended = await tx.db.$executeRaw`
    update duty_cover
    set state = ${takenBy === undefined ? 'withdrawn' : 'taken'}, taken_by = ${takenBy ?? null}, version = version + 1
    where organisation_id = ${tx.organisation} and id = ${id}::uuid and state = 'open'`;
  return ended === 1;
}

/** Something planned above the pattern, as a card tells it. */
export interface PlannedChange {
  readonly person: string;
  readonly personName: string;
  /** Who planned it, as it is on record, and their name where it was a person. */
  readonly by: string;
  readonly byName: string | null;
  readonly teamName: string;
  readonly zone: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** Undefined when it was cancelled since. */
export async function findPlannedChange(tx: OrganisationTransaction, id: string): Promise<PlannedChange | undefined> {
  if (!isUuid(id)) return undefined;
  const rows = await tx.db.$queryRaw<PlannedChange[]>`
    select o.person_id as person, p.name as "personName", planner.name as "byName", o.created_by as by,
           t.name as "teamName", t.zone, o.starts_at as "startsAt", o.ends_at as "endsAt"
    from duty_override o
    join person p on p.organisation_id = o.organisation_id and p.id = o.person_id
    join team t on t.organisation_id = o.organisation_id and t.id = o.team_id
    left join person planner on planner.organisation_id = o.organisation_id and planner.id = o.created_by
    where o.organisation_id = ${tx.organisation} and o.id = ${id}::uuid and o.cancelled_at is null`;
  return rows[0];
}

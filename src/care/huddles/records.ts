import { z } from 'zod';
import { agendaSections, type AgendaSection } from '../../feature/agenda.ts';
import { isUuid } from '../../ids.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';
import type { Reason } from './arrange-agenda.ts';
import { readAttendance, readDecisions, readRecommendations } from './outcome-records.ts';
import type { Attendance, Decision, Recommendation } from './outcome-records.ts';
import { huddleStates, itemStates, rhythmSchema, type HuddleState, type ItemState, type Rhythm } from './rules.ts';

/** One line of the agenda. */
export interface Item {
  readonly id: string;
  readonly source: string;
  readonly section: AgendaSection;
  readonly client: { readonly id: string; readonly code: string } | undefined;
  /** The colleague it is about, where it is about one. */
  readonly person: { readonly id: string; readonly name: string } | undefined;
  readonly reason: string;
  /** Local date it counts from. */
  readonly since: string;
  readonly others: readonly Reason[];
  readonly tier: string | undefined;
  readonly seconds: number;
  readonly minutes: number | undefined;
  readonly state: ItemState;
  readonly reviewedAt: Date | undefined;
}

export interface Huddle {
  readonly id: string;
  readonly team: string;
  readonly teamName: string;
  readonly zone: string;
  readonly rhythm: Rhythm;
  /** Local dates. */
  readonly heldFor: string | undefined;
  readonly movedFrom: string | undefined;
  readonly startsAt: Date;
  readonly minutes: number;
  readonly state: HuddleState;
  readonly startedAt: Date | undefined;
  /** Names; undefined where it began, or ended, by itself. */
  readonly startedBy: string | undefined;
  readonly endedAt: Date | undefined;
  readonly endedBy: string | undefined;
  /** Counted from 0; as many as there are items when all were spoken about. */
  readonly position: number;
  readonly itemSince: Date | undefined;
  readonly version: number;
  /** In the order of the agenda. */
  readonly items: readonly Item[];
  /** In the order in which they came. */
  readonly attendance: readonly Attendance[];
  readonly recommendations: readonly Recommendation[];
  readonly decisions: readonly Decision[];
}

interface HuddleRow {
  id: string;
  team: string;
  team_name: string;
  zone: string;
  rhythm: string;
  held_for: string | null;
  moved_from: string | null;
  starts_at: Date;
  minutes: number;
  state: string;
  started_at: Date | null;
  started_name: string | null;
  ended_at: Date | null;
  ended_name: string | null;
  position: number;
  item_since: Date | null;
  version: number;
}

interface ItemRow {
  id: string;
  huddle: string;
  source: string;
  section: string;
  client: string | null;
  code: string | null;
  person: string | null;
  person_name: string | null;
  reason: string;
  since: string;
  others: unknown;
  tier: string | null;
  seconds: number;
  minutes: number | null;
  state: string;
  reviewed_at: Date | null;
}

const sectionSchema = z.enum(agendaSections);
const othersSchema = z.array(z.object({ section: sectionSchema, reason: z.string(), since: z.string() }));

function readItem(row: ItemRow): Item {
  return {
    id: row.id,
    source: row.source,
    section: sectionSchema.parse(row.section),
    client: row.client === null ? undefined : { id: row.client, code: row.code ?? '' },
    person: row.person === null ? undefined : { id: row.person, name: row.person_name ?? row.person },
    reason: row.reason,
    since: row.since,
    others: othersSchema.parse(row.others),
    tier: row.tier ?? undefined,
    seconds: row.seconds,
    minutes: row.minutes ?? undefined,
    state: itemStates.find((state) => state === row.state) ?? 'waiting',
    reviewedAt: row.reviewed_at ?? undefined,
  };
}

async function readItems(
  tx: OrganisationTransaction,
  huddles: readonly string[],
): Promise<ReadonlyMap<string, readonly Item[]>> {
  const rows = await tx.db.$queryRaw<ItemRow[]>`
    select i.id::text as id, i.huddle_id::text as huddle, i.source, i.section, i.client_id::text as client, c.code,
           i.person_id as person, p.name as person_name, i.reason, i.since::text as since, i.others, i.tier, i.seconds,
           i.minutes, i.state, i.reviewed_at
    from huddle_item i
    left join client c on c.organisation_id = i.organisation_id and c.id = i.client_id
    left join person p on p.organisation_id = i.organisation_id and p.id = i.person_id
    where i.organisation_id = ${tx.organisation} and i.huddle_id = any(${[...huddles]}::uuid[])
    order by i.position`;
  const found = new Map<string, Item[]>();
  for (const row of rows) found.set(row.huddle, [...(found.get(row.huddle) ?? []), readItem(row)]);
  return found;
}

/** Huddles by id with all that stands in them, in the order of the ids; sealed words only when asked for. */
export async function findHuddles(
  tx: OrganisationTransaction,
  ids: readonly string[],
  withWords = false,
): Promise<readonly Huddle[]> {
  if (ids.length === 0 || !ids.every(isUuid)) return [];
  const rows = await tx.db.$queryRaw<HuddleRow[]>`
    select h.id::text as id, h.team_id as team, t.name as team_name, t.zone, h.rhythm, h.held_for::text as held_for,
           h.moved_from::text as moved_from, h.starts_at, h.minutes, h.state, h.started_at, s.name as started_name,
           h.ended_at, e.name as ended_name, h.position, h.item_since, h.version
    from huddle h
    join team t on t.organisation_id = h.organisation_id and t.id = h.team_id
    left join person s on s.organisation_id = h.organisation_id and s.id = h.started_by
    left join person e on e.organisation_id = h.organisation_id and e.id = h.ended_by
    where h.organisation_id = ${tx.organisation} and h.id = any(${[...ids]}::uuid[])
    order by array_position(${[...ids]}::uuid[], h.id)`;
  const items = await readItems(tx, ids);
  const attendance = await readAttendance(tx, ids);
  const recommendations = await readRecommendations(tx, { huddles: ids }, withWords);
  const decisions = await readDecisions(tx, { huddles: ids }, withWords);
  return rows.map((row) => ({
    id: row.id,
    team: row.team,
    teamName: row.team_name,
    zone: row.zone,
    rhythm: rhythmSchema.parse(row.rhythm),
    heldFor: row.held_for ?? undefined,
    movedFrom: row.moved_from ?? undefined,
    startsAt: row.starts_at,
    minutes: row.minutes,
    state: huddleStates.find((state) => state === row.state) ?? 'ended',
    startedAt: row.started_at ?? undefined,
    startedBy: row.started_name ?? undefined,
    endedAt: row.ended_at ?? undefined,
    endedBy: row.ended_name ?? undefined,
    position: row.position,
    itemSince: row.item_since ?? undefined,
    version: row.version,
    items: items.get(row.id) ?? [],
    attendance: attendance.filter(({ huddle }) => huddle === row.id),
    recommendations: recommendations.filter(({ huddle }) => huddle === row.id),
    decisions: decisions.filter(({ huddle }) => huddle === row.id),
  }));
}

export async function findHuddle(
  tx: OrganisationTransaction,
  id: string,
  withWords = false,
): Promise<Huddle | undefined> {
  return (await findHuddles(tx, [id], withWords))[0];
}

/** The same, locked until the transaction ends: whoever comes second reads what the first one did. */
export async function lockHuddle(tx: OrganisationTransaction, id: string): Promise<Huddle | undefined> {
  if (!isUuid(id)) return undefined;
  await tx.db.$queryRaw`
    select 1 as locked from huddle where organisation_id = ${tx.organisation} and id = ${id}::uuid for update`;
  return findHuddle(tx, id);
}

/** The team's huddle that is under way. */
export async function findOpenHuddle(tx: OrganisationTransaction, team: string): Promise<string | undefined> {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    select id::text as id from huddle
    where organisation_id = ${tx.organisation} and team_id = ${team} and state = 'open'`;
  return rows[0]?.id;
}

/** What stands written of a team's turns from a day on: planned, held or skipped. */
export async function listTurns(
  tx: OrganisationTransaction,
  team: string,
  from: string,
): Promise<
  readonly { readonly id: string; readonly rhythm: string; readonly heldFor: string; readonly state: string }[]
> {
  return tx.db.$queryRaw<{ id: string; rhythm: string; heldFor: string; state: string }[]>`
    select id::text as id, rhythm, held_for::text as "heldFor", state from huddle
    where organisation_id = ${tx.organisation} and team_id = ${team} and held_for >= ${from}::date
    order by starts_at`;
}

/** Those that are over, the latest first. */
export async function listPast(tx: OrganisationTransaction, team: string, most: number): Promise<readonly string[]> {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    select id::text as id from huddle
    where organisation_id = ${tx.organisation} and team_id = ${team} and state in ('ended', 'skipped')
    order by ended_at desc, id limit ${most}`;
  return rows.map(({ id }) => id);
}

/** When the team last met in this rhythm. */
export async function findLastHeld(
  tx: OrganisationTransaction,
  team: string,
  rhythm: Rhythm,
): Promise<Date | undefined> {
  const rows = await tx.db.$queryRaw<{ at: Date | null }[]>`
    select max(started_at) as at from huddle
    where organisation_id = ${tx.organisation} and team_id = ${team} and rhythm = ${rhythm} and state = 'ended'`;
  return rows[0]?.at ?? undefined;
}

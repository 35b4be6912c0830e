import { isUuid } from '../../ids.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';
import type { Dates } from './plan-dates.ts';
import { absenceStates, type AbsenceKind, type AbsenceState } from './rules.ts';

export interface Absence extends Dates {
  readonly id: string;
  readonly person: string;
  readonly personName: string;
  readonly team: string;
  readonly kind: AbsenceKind;
  readonly zone: string;
  readonly state: AbsenceState;
  readonly beganAt: Date | undefined;
  readonly endedAt: Date | undefined;
  readonly setBy: string;
}

interface AbsenceRow extends Omit<Absence, 'kind' | 'state' | 'beganAt' | 'endedAt'> {
  readonly kind: string;
  readonly state: string;
  readonly beganAt: Date | null;
  readonly endedAt: Date | null;
}

const readAbsence = (row: AbsenceRow): Absence => ({
  ...row,
  kind: row.kind === 'sick' ? 'sick' : 'away',
  state: absenceStates.find((state) => state === row.state) ?? 'ended',
  beganAt: row.beganAt ?? undefined,
  endedAt: row.endedAt ?? undefined,
});

interface Wanted {
  readonly id?: string;
  readonly people?: readonly string[];
  readonly team?: string;
  readonly states?: readonly AbsenceState[];
}

/** Absences by what is asked of them, those that begin first on top. */
export async function listAbsences(
  tx: OrganisationTransaction,
  { id, people, team, states }: Wanted,
): Promise<readonly Absence[]> {
  if (id !== undefined && !isUuid(id)) return [];
  const rows = await tx.db.$queryRaw<AbsenceRow[]>`
    select a.id::text as id, a.person_id as person, p.name as "personName", p.team_id as team, a.kind,
           a.starts_on::text as "startsOn", a.ends_on::text as "endsOn", a.back_on::text as "backOn", a.zone,
           a.starts_at as "startsAt", a.ends_at as "endsAt", a.back_at as "backAt", a.state, a.began_at as "beganAt",
           a.ended_at as "endedAt", a.set_by as "setBy"
    from absence a join person p on p.organisation_id = a.organisation_id and p.id = a.person_id
    where a.organisation_id = ${tx.organisation}
      and (${id ?? null}::uuid is null or a.id = ${id ?? null}::uuid)
      and (${people === undefined}::boolean or a.person_id = any(${[...(people ?? [])]}::text[]))
      and (${team ?? null}::text is null or p.team_id = ${team ?? null}::text)
      and (${states === undefined}::boolean or a.state = any(${[...(states ?? [])]}::text[]))
    order by a.starts_at, a.id`;
  return rows.map(readAbsence);
}

/**
 * Who comes and who goes at the same moment do so one after the other, until the transaction ends: neither would see the
 * other, and what cannot wait would stay with somebody who is away. Taken before an absence is.
 */
export async function lockComingAndGoing(tx: OrganisationTransaction): Promise<void> {
  await tx.db.$queryRaw`
    select 1 as locked
    from (select pg_advisory_xact_lock(hashtextextended(${`absences/${tx.organisation}`}, 0))) held`;
}

/** One, locked until the transaction ends. */
export async function lockAbsence(tx: OrganisationTransaction, id: string): Promise<Absence | undefined> {
  if (!isUuid(id)) return undefined;
  await tx.db.$queryRaw`
    select 1 as locked from absence where organisation_id = ${tx.organisation} and id = ${id}::uuid for update`;
  return (await listAbsences(tx, { id }))[0];
}

export async function insertAbsence(
  tx: OrganisationTransaction,
  given: Dates & {
    readonly person: string;
    readonly kind: AbsenceKind;
    readonly zone: string;
    readonly state: 'planned' | 'running';
    readonly setBy: string;
    readonly now: Date;
  },
): Promise<string> {
  const id = tx.ids.uuid();
  const { startsOn, endsOn, backOn, startsAt, endsAt, backAt, now, state } = given;
  await tx.db.$executeRaw`
    insert into absence (organisation_id, id, person_id, kind, starts_on, ends_on, back_on, zone, starts_at, ends_at,
                         back_at, state, set_by, created_at, began_at)
    values (${tx.organisation}, ${id}::uuid, ${given.person}, ${given.kind}, ${startsOn}::date, ${endsOn}::date,
            ${backOn}::date, ${given.zone}, ${startsAt}, ${endsAt}, ${backAt}, ${state}, ${given.setBy}, ${now},
            ${state === 'running' ? now : null}::timestamptz)`;
  return id;
}

/** A locked absence has begun, or is over: from that moment on they are not away any more. */
export async function updateState(
  tx: OrganisationTransaction,
  id: string,
  change: { readonly state: 'running' | 'ended' | 'undone'; readonly at: Date },
): Promise<void> {
  const { state, at } = change;
  await tx.db.$executeRaw`
    update absence set state = ${state}, version = version + 1,
      began_at = case when ${state} = 'running' then ${at}::timestamptz else began_at end,
      ended_at = case when ${state} = 'running' then null else ${at}::timestamptz end,
      ends_at = case when ${state} = 'running' then ends_at else least(ends_at, greatest(starts_at, ${at}::timestamptz)) end
    where organisation_id = ${tx.organisation} and id = ${id}::uuid`;
}

import { nameRecorded } from '../../access/say-doer.ts';
import { isUuid } from '../../ids.ts';
import { sayWords } from '../../feature/say-sealed.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';
import { frozenSchema, type Frozen } from './ladder.ts';
import { escalationStates, severitySchema, type EscalationState, type Severity } from './rules.ts';

/** A person as cards name one. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface EscalationEvent {
  readonly at: Date;
  readonly by: string;
  readonly byName: string;
  readonly act: string;
  readonly detail: Readonly<Record<string, unknown>>;
  /** Read only where one escalation is opened. */
  readonly words: string | undefined;
}

export interface Notice {
  readonly at: Date;
  readonly person: Named | undefined;
  readonly team: string | undefined;
  /** Counted from 1; 0 = outside the ladder. */
  readonly step: number;
  readonly reason: string;
  /** The run of the ladder in which they were told. */
  readonly run: number;
}

export interface Escalation {
  readonly id: string;
  readonly client: string | undefined;
  /** Who it is about, in sealed words, when that is nobody of the list. */
  readonly about: string | undefined;
  /** A well-formed code that no client has, as it was typed. */
  readonly unknownCode: string | undefined;
  readonly team: string;
  readonly teamName: string;
  readonly severity: Severity;
  readonly reason: string;
  readonly note: string | undefined;
  readonly raisedBy: Named;
  readonly raisedAt: Date;
  readonly state: EscalationState;
  readonly frozen: Frozen;
  /** Steps of the present run that were told. */
  readonly step: number;
  /** The one human who answers for it now. */
  readonly owner: Named;
  readonly acknowledged: { readonly by: Named; readonly at: Date } | undefined;
  readonly second: { readonly by: Named; readonly at: Date } | undefined;
  readonly remindAt: Date | undefined;
  readonly expiresAt: Date | undefined;
  readonly late: boolean;
  readonly resolved:
    { readonly by: Named; readonly at: Date; readonly outcome: string; readonly disposition: string } | undefined;
  readonly version: number;
  /** Oldest first. */
  readonly events: readonly EscalationEvent[];
  readonly notices: readonly Notice[];
}

interface EscalationRow {
  id: string;
  client: string | null;
  about: Uint8Array | null;
  unknown_code: string | null;
  team: string;
  team_name: string;
  severity: string;
  reason: string;
  note: Uint8Array | null;
  raised_by: string;
  raiser_name: string;
  raised_at: Date;
  state: string;
  policy: unknown;
  step: number;
  owner: string;
  owner_name: string;
  acknowledged_by: string | null;
  acknowledged_name: string | null;
  acknowledged_at: Date | null;
  second_by: string | null;
  second_name: string | null;
  second_at: Date | null;
  remind_at: Date | null;
  expires_at: Date | null;
  late: boolean;
  outcome: string | null;
  disposition: string | null;
  resolved_by: string | null;
  resolved_name: string | null;
  resolved_at: Date | null;
  version: number;
}

type SealedIn = { readonly table: string; readonly column: string; readonly row: string };
export const aboutPlace = (id: string): SealedIn => ({ table: 'escalation', column: 'about', row: id });
export const notePlace = (id: string): SealedIn => ({ table: 'escalation', column: 'note', row: id });
export const wordsPlace = (id: string): SealedIn => ({ table: 'escalation_event', column: 'words', row: id });

const moment = (
  by: string | null,
  name: string | null,
  at: Date | null,
): { readonly by: Named; readonly at: Date } | undefined =>
  by === null || at === null ? undefined : { by: { id: by, name: name ?? by }, at };

function readEscalation(
  tx: OrganisationTransaction,
  row: EscalationRow,
  events: readonly EscalationEvent[],
  notices: readonly Notice[],
): Escalation {
  const resolved = moment(row.resolved_by, row.resolved_name, row.resolved_at);
  return {
    id: row.id,
    client: row.client ?? undefined,
    about: row.about === null ? undefined : sayWords(tx.open(aboutPlace(row.id), row.about)),
    unknownCode: row.unknown_code ?? undefined,
    team: row.team,
    teamName: row.team_name,
    severity: severitySchema.parse(row.severity),
    reason: row.reason,
    note: row.note === null ? undefined : sayWords(tx.open(notePlace(row.id), row.note)),
    raisedBy: { id: row.raised_by, name: row.raiser_name },
    raisedAt: row.raised_at,
    state: escalationStates.find((state) => state === row.state) ?? 'raised',
    frozen: frozenSchema.parse(row.policy),
    step: row.step,
    owner: { id: row.owner, name: row.owner_name },
    acknowledged: moment(row.acknowledged_by, row.acknowledged_name, row.acknowledged_at),
    second: moment(row.second_by, row.second_name, row.second_at),
    remindAt: row.remind_at ?? undefined,
    expiresAt: row.expires_at ?? undefined,
    late: row.late,
    resolved:
      resolved === undefined
        ? undefined
        : { ...resolved, outcome: row.outcome ?? '', disposition: row.disposition ?? '' },
    version: row.version,
    events,
    notices,
  };
}

async function readEvents(
  tx: OrganisationTransaction,
  ids: readonly string[],
  withWords: boolean,
): Promise<ReadonlyMap<string, EscalationEvent[]>> {
  const rows = await tx.db.$queryRaw<
    {
      id: string;
      escalation: string;
      at: Date;
      by: string;
      by_name: string | null;
      act: string;
      detail: Readonly<Record<string, unknown>>;
      words: Uint8Array | null;
    }[]
  >`
    select e.id::text as id, e.escalation_id::text as escalation, e.at, e.actor as by, p.name as by_name, e.act,
           e.detail, case when ${withWords}::boolean then e.words end as words
    from escalation_event e
    left join person p on p.organisation_id = e.organisation_id and p.id = e.actor
    where e.organisation_id = ${tx.organisation} and e.escalation_id = any(${[...ids]}::uuid[])
    order by e.sequence`;
  const found = new Map<string, EscalationEvent[]>();
  for (const row of rows) {
    const { escalation, id, by_name, words, ...event } = row;
    const list = found.get(escalation) ?? [];
    found.set(escalation, list);
    list.push({
      ...event,
      byName: nameRecorded(row.by, by_name, row.detail),
      words: words === null ? undefined : sayWords(tx.open(wordsPlace(id), words)),
    });
  }
  return found;
}

async function readNotices(
  tx: OrganisationTransaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Notice[]>> {
  const rows = await tx.db.$queryRaw<
    {
      escalation: string;
      at: Date;
      person: string | null;
      name: string | null;
      team: string | null;
      step: number;
      reason: string;
      run: number;
    }[]
  >`
    select n.escalation_id::text as escalation, n.at, n.person_id as person, p.name, n.team_id as team, n.step, n.reason,
           coalesce(substring(n.post_key from '^escalation:[^:]+:([0-9]+):')::int, 1) as run
    from escalation_notice n
    left join person p on p.organisation_id = n.organisation_id and p.id = n.person_id
    where n.organisation_id = ${tx.organisation} and n.escalation_id = any(${[...ids]}::uuid[])
    order by n.sequence`;
  const found = new Map<string, Notice[]>();
  for (const { escalation, person, name, team, ...row } of rows) {
    const list = found.get(escalation) ?? [];
    found.set(escalation, list);
    list.push({
      ...row,
      person: person === null ? undefined : { id: person, name: name ?? person },
      team: team ?? undefined,
    });
  }
  return found;
}

/** Escalations by id, oldest first; sealed words only when asked for. */
export async function findEscalations(
  tx: OrganisationTransaction,
  ids: readonly string[],
  withWords = false,
): Promise<readonly Escalation[]> {
  if (ids.length === 0 || !ids.every(isUuid)) return [];
  // Sent together: they need nothing of each other.
  const [rows, events, notices] = await Promise.all([
    readRows(tx, ids, withWords),
    readEvents(tx, ids, withWords),
    readNotices(tx, ids),
  ]);
  return rows.map((row) => readEscalation(tx, row, events.get(row.id) ?? [], notices.get(row.id) ?? []));
}

function readRows(
  tx: OrganisationTransaction,
  ids: readonly string[],
  withWords: boolean,
): Promise<readonly EscalationRow[]> {
  return tx.db.$queryRaw<EscalationRow[]>`
    select e.id::text as id, e.client_id::text as client, case when ${withWords}::boolean then e.about end as about,
           e.unknown_code, e.team_id as team, t.name as team_name, e.severity, e.reason,
           case when ${withWords}::boolean then e.note end as note, e.raised_by, r.name as raiser_name, e.raised_at,
           e.state, e.policy, e.step, e.owner_id as owner, o.name as owner_name, e.acknowledged_by,
           a.name as acknowledged_name, e.acknowledged_at, e.second_by, s.name as second_name, e.second_at,
           e.remind_at, e.expires_at, e.late, e.outcome, e.disposition, e.resolved_by, d.name as resolved_name,
           e.resolved_at, e.version
    from escalation e
    join team t on t.organisation_id = e.organisation_id and t.id = e.team_id
    join person r on r.organisation_id = e.organisation_id and r.id = e.raised_by
    join person o on o.organisation_id = e.organisation_id and o.id = e.owner_id
    left join person a on a.organisation_id = e.organisation_id and a.id = e.acknowledged_by
    left join person s on s.organisation_id = e.organisation_id and s.id = e.second_by
    left join person d on d.organisation_id = e.organisation_id and d.id = e.resolved_by
    where e.organisation_id = ${tx.organisation} and e.id = any(${[...ids]}::uuid[])
    order by e.raised_at, e.id`;
}

/** One escalation with its words. */
export async function findEscalation(tx: OrganisationTransaction, id: string): Promise<Escalation | undefined> {
  return (await findEscalations(tx, [id], true))[0];
}

/** The same, locked until the transaction ends: whoever comes second reads what the first one did. */
export async function lockEscalation(tx: OrganisationTransaction, id: string): Promise<Escalation | undefined> {
  if (!isUuid(id)) return undefined;
  // The server does one after the other: what is read was locked before.
  const [, found] = await Promise.all([
    tx.db.$queryRaw`
      select 1 as locked from escalation where organisation_id = ${tx.organisation} and id = ${id}::uuid for update`,
    findEscalation(tx, id),
  ]);
  return found;
}

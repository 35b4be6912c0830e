import type { ExportRange } from '../../feature/exports.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';

/** One copy of one notification, with what became of it. */
interface NotificationRow {
  readonly to: string;
  readonly toKind: 'person' | 'team';
  readonly step: number;
  readonly reason: string;
  readonly platform: string | null;
  /** Slack channel or Teams conversation; for a person their platform user until the conversation is known. */
  readonly destination: string | null;
  readonly queuedAt: string;
  readonly deliveredAt: string | null;
  readonly state: string | null;
  readonly attempts: number;
}
interface RerouteRow extends Omit<NotificationRow, 'step' | 'reason' | 'toKind'> {
  /** Whom it was meant for. */
  readonly from: string;
}

export interface EscalationExportRow {
  readonly id: string;
  /** Null: somebody not in the list. The words for who are never exported. */
  readonly client: string | null;
  readonly team: string;
  readonly severity: string;
  readonly reason: string;
  readonly state: string;
  readonly raisedBy: string;
  readonly raisedAt: string;
  readonly owner: string;
  readonly acknowledgedBy: string | null;
  readonly acknowledgedAt: string | null;
  readonly notifications: readonly NotificationRow[];
  readonly resolution: {
    readonly outcome: string;
    readonly disposition: string;
    readonly by: string;
    readonly at: string;
  } | null;
  readonly acknowledgements: readonly {
    readonly by: string;
    readonly at: string;
    readonly act: string;
    readonly late: boolean;
  }[];
  readonly reroutes: readonly RerouteRow[];
  readonly late: boolean;
  readonly timeline: readonly {
    readonly at: string;
    readonly by: string;
    readonly act: string;
    readonly detail: Readonly<Record<string, unknown>>;
  }[];
}

/** In the order in which they are written. */
export const exportColumns = {
  id: true,
  client: true,
  team: true,
  severity: true,
  reason: true,
  state: true,
  raisedBy: true,
  raisedAt: true,
  owner: true,
  acknowledgedBy: true,
  acknowledgedAt: true,
  notifications: true,
  resolution: true,
  acknowledgements: true,
  reroutes: true,
  late: true,
  timeline: true,
} as const;

interface Row {
  id: string;
  client: string | null;
  team: string;
  severity: string;
  reason: string;
  state: string;
  raised_by: string;
  raised_at: Date;
  owner: string;
  acknowledged_by: string | null;
  acknowledged_at: Date | null;
  outcome: string | null;
  disposition: string | null;
  resolved_by: string | null;
  resolved_at: Date | null;
  late: boolean;
}
interface SentRow {
  escalation: string;
  person: string | null;
  team: string | null;
  step: number;
  reason: string;
  queued_at: Date;
  to: string | null;
  rerouted: boolean;
  platform: string | null;
  place: string | null;
  state: string | null;
  attempts: number | null;
  sent_at: Date | null;
}
interface EventRow {
  escalation: string;
  at: Date;
  by: string;
  act: string;
  detail: Readonly<Record<string, unknown>>;
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
const acknowledging: readonly string[] = ['acknowledge', 'second-acknowledge', 'take-over'];

/**
 * Escalations raised in the range, each with everybody who was told, where, when, and what became of it; who took it,
 * what went another way, how it ended, and every step in between. Codes, ids and coded facts; no words.
 */
export async function exportEscalations(
  tx: OrganisationTransaction,
  range: ExportRange,
): Promise<readonly EscalationExportRow[]> {
  const rows = await tx.db.$queryRaw<Row[]>`
    select e.id::text as id, c.code as client, e.team_id as team, e.severity, e.reason, e.state, e.raised_by, e.raised_at,
           e.owner_id as owner, e.acknowledged_by, e.acknowledged_at, e.outcome, e.disposition, e.resolved_by,
           e.resolved_at, e.late
    from escalation e left join client c on c.organisation_id = e.organisation_id and c.id = e.client_id
    where e.organisation_id = ${tx.organisation}
      and (${range.from ?? null}::date is null or (e.raised_at at time zone 'UTC')::date >= ${range.from ?? null}::date)
      and (${range.to ?? null}::date is null or (e.raised_at at time zone 'UTC')::date <= ${range.to ?? null}::date)
    order by e.raised_at, e.id`;
  const ids = rows.map(({ id }) => id);
  const sent = byEscalation(await readSent(tx, ids));
  const events = byEscalation(
    await tx.db.$queryRaw<EventRow[]>`
      select escalation_id::text as escalation, at, actor as by, act, detail from escalation_event
      where organisation_id = ${tx.organisation} and escalation_id = any(${ids}::uuid[]) order by sequence`,
  );
  return rows.map((row) => {
    const copies = sent.get(row.id) ?? [];
    const timeline = events.get(row.id) ?? [];
    return {
      id: row.id,
      client: row.client,
      team: row.team,
      severity: row.severity,
      reason: row.reason,
      state: row.state,
      raisedBy: row.raised_by,
      raisedAt: row.raised_at.toISOString(),
      owner: row.owner,
      acknowledgedBy: row.acknowledged_by,
      acknowledgedAt: iso(row.acknowledged_at),
      notifications: copies.filter(({ rerouted }) => !rerouted).map(readNotification),
      resolution:
        row.resolved_by === null
          ? null
          : {
              outcome: row.outcome ?? '',
              disposition: row.disposition ?? '',
              by: row.resolved_by,
              at: iso(row.resolved_at) ?? '',
            },
      acknowledgements: timeline
        .filter(({ act }) => acknowledging.includes(act))
        .map(({ by, at, act, detail }) => ({ by, at: at.toISOString(), act, late: detail['late'] === true })),
      reroutes: copies.filter(({ rerouted }) => rerouted).map(readReroute),
      late: row.late,
      timeline: timeline.map(({ at, by, act, detail }) => ({ at: at.toISOString(), by, act, detail })),
    };
  });
}

/** Every copy of every post: those that told somebody, and those that went another way because the first could not. */
function readSent(tx: OrganisationTransaction, ids: readonly string[]): Promise<SentRow[]> {
  return tx.db.$queryRaw<SentRow[]>`
    select n.escalation_id::text as escalation, n.person_id as person, n.team_id as team, n.step, n.reason,
           coalesce(p.created_at, n.at) as queued_at, p.destination as "to", coalesce(p.key <> n.post_key, false) as rerouted,
           d.platform, d.place, d.state, d.attempts, d.sent_at
    from escalation_notice n
    left join post p on p.organisation_id = n.organisation_id and p.subject = n.escalation_id::text
      and (p.key = n.post_key or right(p.key, length(n.post_key) + 1) = ':' || n.post_key)
    left join delivery d on d.organisation_id = p.organisation_id and d.post_id = p.id
    where n.organisation_id = ${tx.organisation} and n.escalation_id = any(${[...ids]}::uuid[])
    order by n.sequence, p.created_at, p.key, d.platform, d.place, d.id`;
}

function readCopy(row: SentRow): Omit<NotificationRow, 'to' | 'toKind' | 'step' | 'reason'> {
  return {
    platform: row.platform,
    destination: row.place,
    queuedAt: row.queued_at.toISOString(),
    deliveredAt: iso(row.sent_at),
    state: row.state,
    attempts: row.attempts ?? 0,
  };
}

const readNotification = (row: SentRow): NotificationRow => ({
  to: row.person ?? row.team ?? '',
  toKind: row.person === null ? 'team' : 'person',
  step: row.step,
  reason: row.reason,
  ...readCopy(row),
});

const readReroute = (row: SentRow): RerouteRow => ({
  from: row.person ?? row.team ?? '',
  to: row.to ?? '',
  ...readCopy(row),
});

function byEscalation<R extends { readonly escalation: string }>(
  rows: readonly R[],
): ReadonlyMap<string, readonly R[]> {
  const found = new Map<string, R[]>();
  for (const row of rows) {
    const list = found.get(row.escalation) ?? [];
    found.set(row.escalation, list);
    list.push(row);
  }
  return found;
}

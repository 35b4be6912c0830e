import type { ExportRange } from '../../feature/exports.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';

export interface ReferralExportRow {
  readonly id: string;
  readonly client: string;
  readonly from: string;
  /** Id of the person, team or partner asked; `toKind` says which. */
  readonly to: string;
  readonly toKind: 'person' | 'team' | 'partner';
  readonly receiver: string | null;
  readonly state: string;
  readonly urgency: string;
  readonly service: string | null;
  readonly dueAt: string | null;
  readonly events: readonly {
    readonly at: string;
    readonly by: string;
    readonly step: string;
    readonly from: string | null;
    readonly to: string;
    readonly reason: string | null;
  }[];
}

interface Row {
  id: string;
  client: string;
  from: string;
  to_person: string | null;
  to_team: string | null;
  to_partner: string | null;
  receiver: string | null;
  state: string;
  urgency: string;
  service: string | null;
  due_at: Date | null;
}
interface EventRow {
  referral: string;
  at: Date;
  by: string;
  step: string;
  from: string | null;
  to: string;
  reason: string | null;
}

/** Referrals asked for in the range with every step of their loop: codes, ids and coded reasons, no words. */
export async function exportReferrals(
  tx: OrganisationTransaction,
  range: ExportRange,
): Promise<readonly ReferralExportRow[]> {
  const rows = await tx.db.$queryRaw<Row[]>`
    select r.id::text as id, c.code as client, r.requester_id as from, r.to_person_id as to_person,
           r.to_team_id as to_team, r.to_partner_id as to_partner, r.receiver_id as receiver, r.state, r.urgency,
           r.service, r.due_at
    from referral r join client c on c.organisation_id = r.organisation_id and c.id = r.client_id
    where r.organisation_id = ${tx.organisation}
      and (${range.from ?? null}::date is null or (r.created_at at time zone 'UTC')::date >= ${range.from ?? null}::date)
      and (${range.to ?? null}::date is null or (r.created_at at time zone 'UTC')::date <= ${range.to ?? null}::date)
    order by r.created_at, r.id`;
  const events = await tx.db.$queryRaw<EventRow[]>`
    select referral_id::text as referral, at, actor as by, step, from_state as from, to_state as to, reason
    from referral_event
    where organisation_id = ${tx.organisation} and referral_id = any(${rows.map((row) => row.id)}::uuid[])
    order by at, id`;
  const stepsOf = new Map<string, EventRow[]>();
  for (const event of events) stepsOf.set(event.referral, [...(stepsOf.get(event.referral) ?? []), event]);
  return rows.map((row) => ({
    id: row.id,
    client: row.client,
    from: row.from,
    to: row.to_person ?? row.to_team ?? row.to_partner ?? '',
    toKind: row.to_person !== null ? 'person' : row.to_team !== null ? 'team' : 'partner',
    receiver: row.receiver,
    state: row.state,
    urgency: row.urgency,
    service: row.service,
    dueAt: row.due_at?.toISOString() ?? null,
    events: (stepsOf.get(row.id) ?? []).map((event) => ({
      at: event.at.toISOString(),
      by: event.by,
      step: event.step,
      from: event.from,
      to: event.to,
      reason: event.reason,
    })),
  }));
}

import { sayDoer } from '../access/say-doer.ts';
import { readRecorded } from '../access/recorded-doer.ts';
import type { Recorded } from '../doer.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';

export interface EventRow {
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly verb: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  /** Code of the client it is about, where it is about one. */
  readonly client?: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly hash: string;
  /** What kind of doer it was; rows of older versions tell it by their text alone. */
  readonly actorKind: Recorded['kind'];
  /** The same in words: `by maya`, `by the schedule`, `from the command line`. */
  readonly by: string;
}

/** The audit trail in order, for export. `hash` is the row's own content hash in hex. */
export async function listEvents(
  tx: OrganisationTransaction,
  range: { readonly from?: string; readonly to?: string },
): Promise<readonly EventRow[]> {
  const rows = await tx.db.$queryRaw<
    {
      id: string;
      at: Date;
      actor: string;
      verb: string;
      subject_kind: string;
      subject_id: string;
      detail: Record<string, unknown>;
      hash: string;
    }[]
  >`
    select id::text as id, at, actor, verb, subject_kind, subject_id, detail, encode(hash, 'hex') as hash
    from audit_event
    where organisation_id = ${tx.organisation}
      and at >= coalesce(${range.from ?? null}::timestamp at time zone 'UTC', '-infinity')
      and at < coalesce((${range.to ?? null}::date + 1)::timestamp at time zone 'UTC', 'infinity')
    order by sequence`;
  return rows.map((row) => ({
    ...sayActor(row.actor, row.detail),
    id: row.id,
    at: row.at.toISOString(),
    actor: row.actor,
    verb: row.verb,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    ...(typeof row.detail['client'] === 'string' ? { client: row.detail['client'] } : {}),
    detail: row.detail,
    hash: row.hash,
  }));
}

function sayActor(text: string, detail: Readonly<Record<string, unknown>>): Pick<EventRow, 'actorKind' | 'by'> {
  const actor = readRecorded(text, detail);
  return { actorKind: actor.kind, by: sayDoer(actor, text) };
}

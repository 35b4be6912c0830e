import { actorFacts, actorText } from '../access/recorded-doer.ts';
import type { Recorded } from '../doer.ts';
import { createHash } from 'node:crypto';
import type { OrganisationTransaction } from '../store/transaction.ts';

/** One thing that happened, in coded facts. `detail` holds ids, codes, states and numbers: never a client's data. */
export interface AuditEvent {
  /** Who did it: whoever acts in a use case, or one of the ways in which things happen without a person. */
  readonly actor: Recorded;
  /** `contact.log`, `client.reveal`, `access.denied` … */
  readonly verb: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
  readonly at: Date;
}

/** Appends one row, in the transaction of the change itself. The hash covers the whole row but its sequence. */
export async function recordEvent(tx: OrganisationTransaction, event: AuditEvent): Promise<void> {
  await recordEvents(tx, [event]);
}

/** Appends many rows in one statement. */
export async function recordEvents(tx: OrganisationTransaction, events: readonly AuditEvent[]): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map((event) => {
    const { actor } = event;
    // The kind is hashed with the rest of the facts: an older version computes the same.
    const row = {
      ...event,
      id: tx.ids.uuid(),
      actor: actorText(actor),
      detail: { ...event.detail, ...actorFacts(actor) },
    };
    return { ...row, hash: hashRow(tx.organisation, row) };
  });
  void tx.db.$writeRaw`
    insert into audit_event (organisation_id, id, at, actor, verb, subject_kind, subject_id, detail, hash)
    select ${tx.organisation}, id, at, actor, verb, subject_kind, subject_id, detail, hash
    from unnest(${rows.map((row) => row.id)}::uuid[], ${rows.map((row) => row.at)}::timestamptz[],
                ${rows.map((row) => row.actor)}::text[], ${rows.map((row) => row.verb)}::text[],
                ${rows.map((row) => row.subjectKind)}::text[], ${rows.map((row) => row.subjectId)}::text[],
                ${rows.map((row) => JSON.stringify(row.detail))}::jsonb[], ${rows.map((row) => row.hash)}::bytea[])
         as given (id, at, actor, verb, subject_kind, subject_id, detail, hash)`;
}

type Row = Required<Omit<AuditEvent, 'actor'>> & { readonly id: string; readonly actor: string };

/** SHA-256 over the row's fields in a fixed order, detail keys sorted: what `audit verify` computes again. */
export function hashRow(organisation: string, row: Row): Uint8Array<ArrayBuffer> {
  const detail = Object.entries(row.detail).sort(([a], [b]) => (a < b ? -1 : 1));
  const canonical = [
    organisation,
    row.id,
    row.at.toISOString(),
    row.actor,
    row.verb,
    row.subjectKind,
    row.subjectId,
    detail,
  ];
  return new Uint8Array(createHash('sha256').update(JSON.stringify(canonical)).digest());
}

import { createHash } from 'node:crypto';
import type { OrganisationTransaction } from '../store/transaction.ts';

/** One thing that happened, in coded facts. `detail` holds ids, codes, states and numbers: never a client's data. */
export interface AuditEvent {
  /** A person's id, or `cli`. */
  readonly actor: string;
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
  await tx.db.auditEvent.createMany({
    data: events.map((event) => {
      const row = {
        id: tx.ids.uuid(),
        at: event.at,
        actor: event.actor,
        verb: event.verb,
        subjectKind: event.subjectKind,
        subjectId: event.subjectId,
        detail: event.detail ?? {},
      };
      return { ...row, organisationId: tx.organisation, hash: hashRow(tx.organisation, row) };
    }),
  });
}

type Row = Required<Omit<AuditEvent, 'at'>> & { readonly id: string; readonly at: Date };

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

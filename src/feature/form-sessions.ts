import { isUuid } from '../ids.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';

/** Forms that somebody has open: what they were opened with stays here, and is given back with the submission. */

export interface FormSession {
  readonly id: string;
  readonly kind: string;
  readonly context: Readonly<Record<string, unknown>>;
}

/** Opens a form session for one person; returns its id. */
export async function createFormSession(
  tx: OrganisationTransaction,
  session: { person: string; kind: string; context: Readonly<Record<string, unknown>>; now: Date },
): Promise<string> {
  const id = tx.ids.uuid();
  await tx.db.$executeRaw`
    insert into form_session (organisation_id, id, person_id, kind, context, opened_at)
    values (${tx.organisation}, ${id}::uuid, ${session.person}, ${session.kind},
            ${JSON.stringify(session.context)}::jsonb, ${session.now})`;
  return id;
}

/** The person's own open session of that kind, locked; undefined when there is none or it was already submitted. */
export async function findFormSession(
  tx: OrganisationTransaction,
  wanted: { id: string; person: string; kind: string },
): Promise<FormSession | undefined> {
  if (!isUuid(wanted.id)) return undefined;
  const rows = await tx.db.$queryRaw<{ id: string; kind: string; context: Record<string, unknown> }[]>`
    select id::text as id, kind, context from form_session
    where organisation_id = ${tx.organisation} and id = ${wanted.id}::uuid and person_id = ${wanted.person}
      and kind = ${wanted.kind} and submitted_at is null for update`;
  return rows[0];
}

export async function closeFormSession(tx: OrganisationTransaction, id: string, now: Date): Promise<void> {
  await tx.db.$executeRaw`
    update form_session set submitted_at = ${now} where organisation_id = ${tx.organisation} and id = ${id}::uuid`;
}

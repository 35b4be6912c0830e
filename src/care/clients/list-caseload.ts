import { recordEvent } from '../../audit/record-event.ts';
import type { Ask, ExportTable } from '../../chat/feature.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';
import { exportCaseload, findClients, listCaseload, type Client } from './records.ts';

/** The clients a person is accountable for, by tier; one access record a view. */
export async function listOwnCaseload(ask: Ask): Promise<readonly Client[]> {
  const clients = await findClients(ask.tx, await listCaseload(ask.tx, ask.actor.person));
  await recordEvent(ask.tx, {
    actor: ask.actor.person,
    verb: 'caseload.see',
    subjectKind: 'person',
    subjectId: ask.actor.person,
    detail: { clients: clients.length },
    at: ask.now,
  });
  return clients;
}

/** The whole organisation's caseload, for the command line's export. */
export async function exportAllCaseloads(tx: OrganisationTransaction): Promise<ExportTable> {
  return (await exportCaseload(tx)).map((row) => ({ ...row }));
}

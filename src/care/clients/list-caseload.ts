import { requirePerson } from '../../access/actor.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Work } from '../../feature/feature.ts';
import { findClients, listCaseload, type Client } from './records.ts';

/** The whole organisation's caseload, for the command line's export. */
export { exportCaseload } from './records.ts';

/** The clients a person is accountable for, by tier; one access record a view. */
export async function listOwnCaseload(work: Work): Promise<readonly Client[]> {
  const clients = await findClients(work.tx, await listCaseload(work.tx, requirePerson(work.actor).person));
  await recordEvent(work.tx, {
    actor: work.actor,
    verb: 'caseload.see',
    subjectKind: 'person',
    subjectId: requirePerson(work.actor).person,
    detail: { clients: clients.length },
    at: work.now,
  });
  return clients;
}

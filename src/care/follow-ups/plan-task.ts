import { recordEvent } from '../../audit/record-event.ts';
import type { Work } from '../../feature/feature.ts';
import type { Client } from '../clients/find-allowed-client.ts';
import { insertTask } from './task-records.ts';

export { readTasks, type Task } from './task-records.ts';

/**
 * Somebody will do something for a client by a day, which is no contact of its own: another noun decided it and names
 * its kind. Several may be open at once. Returns the follow-up's id; who may own it is the caller's to ask.
 */
export async function planTask(
  work: Work,
  given: {
    readonly kind: string;
    /** Coded. */
    readonly task: string;
    readonly client: Client;
    readonly owner: string;
    /** Local date of the client's team. */
    readonly dueOn: string;
  },
): Promise<string> {
  const { kind, task, client, owner, dueOn } = given;
  const id = await insertTask(work.tx, { kind, task, client: client.id, owner, dueOn, zone: client.zone }, work.now);
  await recordEvent(work.tx, {
    actor: work.actor,
    verb: 'follow-up.plan',
    subjectKind: 'follow-up',
    subjectId: id,
    detail: { client: client.code, kind, task, owner, dueOn },
    at: work.now,
  });
  await work.publish('due.changed', { team: client.team, people: [owner] });
  return id;
}

import { recordEvent } from '../../audit/record-event.ts';
import type { Ask } from '../../chat/feature.ts';
import type { Client } from '../clients/find-allowed-client.ts';
import { insertTask } from './task-records.ts';

export { readTasks, type Task } from './task-records.ts';

/**
 * Somebody will do something for a client by a day, which is no contact of its own: another noun decided it and names
 * its kind. Several may be open at once. Returns the follow-up's id; who may own it is the caller's to ask.
 */
export async function planTask(
  ask: Ask,
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
  const id = await insertTask(ask.tx, { kind, task, client: client.id, owner, dueOn, zone: client.zone }, ask.now);
  await recordEvent(ask.tx, {
    actor: ask.actor.person,
    verb: 'follow-up.plan',
    subjectKind: 'follow-up',
    subjectId: id,
    detail: { client: client.code, kind, task, owner, dueOn },
    at: ask.now,
  });
  await ask.publish('due.changed', { team: client.team, people: [owner] });
  return id;
}

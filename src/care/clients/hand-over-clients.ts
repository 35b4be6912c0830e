import { findLatestDeparture } from '../../access/departures.ts';
import { recordEvents } from '../../audit/record-event.ts';
import type { Work, Events } from '../../feature/feature.ts';
import { leftCardKind } from './left-card.ts';
import { endAssignments, startAssignments } from './assignment-records.ts';

/**
 * A leaver's clients have the heir as their accountable coordinator from this moment on, and the heir is told once,
 * with a list to hand them on from.
 */
export async function handOverClients(work: Work, { person, heir }: Events['person.left']): Promise<void> {
  const clients = await endAssignments(work.tx, person, work.now);
  await startAssignments(
    work.tx,
    clients.map(({ id }) => id),
    heir,
    work.now,
  );
  await recordEvents(
    work.tx,
    clients.map(({ id, code }) => ({
      actor: work.actor,
      verb: 'client.inherit',
      subjectKind: 'client',
      subjectId: id,
      detail: { client: code, from: person, to: heir },
      at: work.now,
    })),
  );
  for (const team of new Set(clients.map((client) => client.team))) {
    await work.publish('due.changed', { team, people: [person, heir] });
  }
  const departure = await findLatestDeparture(work.tx, person);
  if (departure === undefined || departure.clients + departure.things === 0) return;
  await work.post({
    key: `left:${departure.id}`,
    to: { person: heir },
    kind: leftCardKind,
    subject: departure.id,
    priority: 'answer',
  });
}

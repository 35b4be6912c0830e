import { findLatestDeparture } from '../../access/departures.ts';
import { recordEvents } from '../../audit/record-event.ts';
import type { Ask, Events } from '../../chat/feature.ts';
import { leftCardKind } from './left-card.ts';
import { endAssignments, startAssignments } from './assignment-records.ts';

/**
 * A leaver's clients have the heir as their accountable coordinator from this moment on, and the heir is told once,
 * with a list to hand them on from.
 */
export async function handOverClients(ask: Ask, { person, heir }: Events['person.left']): Promise<void> {
  const clients = await endAssignments(ask.tx, person, ask.now);
  await startAssignments(
    ask.tx,
    clients.map(({ id }) => id),
    heir,
    ask.now,
  );
  await recordEvents(
    ask.tx,
    clients.map(({ id, code }) => ({
      actor: ask.actor.person,
      verb: 'client.inherit',
      subjectKind: 'client',
      subjectId: id,
      detail: { client: code, from: person, to: heir },
      at: ask.now,
    })),
  );
  for (const team of new Set(clients.map((client) => client.team))) {
    await ask.publish('due.changed', { team, people: [person, heir] });
  }
  const departure = await findLatestDeparture(ask.tx, person);
  if (departure === undefined || departure.clients + departure.things === 0) return;
  await ask.post({
    key: `left:${departure.id}`,
    to: { person: heir },
    kind: leftCardKind,
    subject: departure.id,
    priority: 'answer',
  });
}

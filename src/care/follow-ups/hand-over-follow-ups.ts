import { recordEvents } from '../../audit/record-event.ts';
import type { Ask, Events } from '../../chat/feature.ts';
import '../clients/events.ts';
import { moveFollowUps, type MovedFollowUp } from './hand-over-records.ts';

/** What waited on somebody who left waits on who answers for it now; its day does not move. */
export async function inheritFollowUps(ask: Ask, { person, heir }: Events['person.left']): Promise<void> {
  const moved = await moveFollowUps(ask.tx, { from: person, to: heir });
  await tell(ask, 'follow-up.inherit', moved, { from: person, to: heir });
}

/** A client handed on comes with what is open for them. */
export async function followCoordinator(ask: Ask, changed: Events['coordinator.changed']): Promise<void> {
  const { client, from, to } = changed;
  const moved = await moveFollowUps(ask.tx, { from, to, client });
  await tell(ask, 'follow-up.reassign', moved, { from, to });
}

async function tell(
  ask: Ask,
  verb: string,
  moved: readonly MovedFollowUp[],
  people: { readonly from: string; readonly to: string },
): Promise<void> {
  await recordEvents(
    ask.tx,
    moved.map(({ id, code }) => ({
      actor: ask.actor.person,
      verb,
      subjectKind: 'follow-up',
      subjectId: id,
      detail: { client: code, ...people },
      at: ask.now,
    })),
  );
  for (const team of new Set(moved.map((one) => one.team))) {
    await ask.publish('due.changed', { team, people: [people.from, people.to] });
  }
}

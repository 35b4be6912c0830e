import { recordEvents } from '../../audit/record-event.ts';
import type { Work, Events } from '../../feature/feature.ts';
import '../clients/events.ts';
import { moveFollowUps, type MovedFollowUp } from './hand-over-records.ts';

/** What waited on somebody who left waits on who answers for it now; its day does not move. */
export async function inheritFollowUps(work: Work, { person, heir }: Events['person.left']): Promise<void> {
  const moved = await moveFollowUps(work.tx, { from: person, to: heir });
  await tell(work, 'follow-up.inherit', moved, { from: person, to: heir });
}

/** A client handed on comes with what is open for them. */
export async function followCoordinator(work: Work, changed: Events['coordinator.changed']): Promise<void> {
  const { client, from, to } = changed;
  const moved = await moveFollowUps(work.tx, { from, to, client });
  await tell(work, 'follow-up.reassign', moved, { from, to });
}

async function tell(
  work: Work,
  verb: string,
  moved: readonly MovedFollowUp[],
  people: { readonly from: string; readonly to: string },
): Promise<void> {
  await recordEvents(
    work.tx,
    moved.map(({ id, code }) => ({
      actor: work.actor,
      verb,
      subjectKind: 'follow-up',
      subjectId: id,
      detail: { client: code, ...people },
      at: work.now,
    })),
  );
  for (const team of new Set(moved.map((one) => one.team))) {
    await work.publish('due.changed', { team, people: [people.from, people.to] });
  }
}

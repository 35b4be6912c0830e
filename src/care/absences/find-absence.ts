import { isSelf } from '../../access/actor.ts';
import { allows } from '../../access/policy.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Work } from '../../feature/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { lookTimer } from './card-kinds.ts';
import { lockAbsence, lockComingAndGoing, type Absence } from './records.ts';

/** Whose absence this person may change: their own, and as a supervisor anybody's. */
export function requireMaySet(work: Work, person: string): void {
  const verb = isSelf(work.actor, person) ? 'absence.set' : 'absence.set-for-others';
  if (allows(work.actor, verb, 'organisation')) return;
  throw new Refusal('not-allowed', 'You can say this for yourself. Your supervisor can say it for a colleague.', {
    denial: true,
  });
}

/** Locked. Refuses an id that leads nowhere. */
export async function getAbsence(work: Work, id: string): Promise<Absence> {
  const absence = await lockAbsence(work.tx, id);
  if (absence === undefined) throw new Refusal('unknown-button', 'That absence is no longer here.', { denial: true });
  return absence;
}

export const recordAbsence = (
  work: Work,
  { id, person }: Pick<Absence, 'id' | 'person'>,
  verb: 'plan' | 'begin' | 'end' | 'undo',
  detail: Readonly<Record<string, string>> = {},
): Promise<void> =>
  recordEvent(work.tx, {
    actor: work.actor,
    verb: `absence.${verb}`,
    subjectKind: 'absence',
    subjectId: id,
    // Why somebody is away is theirs to tell: it stands in no record of others.
    detail: { person, ...detail },
    at: work.now,
  });

/** The timer is taken first, as a tick does: who acts and a tick at the same moment wait for each other in one order. */
export async function takeAbsence(work: Work, id: string): Promise<Absence> {
  await work.wake(lookTimer, id, undefined);
  await lockComingAndGoing(work.tx);
  return getAbsence(work, id);
}

import { allows } from '../../access/policy.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Ask } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { lookTimer } from './card-kinds.ts';
import { lockAbsence, lockComingAndGoing, type Absence } from './records.ts';

/** Whose absence this person may change: their own, and as a supervisor anybody's. */
export function requireMaySet(ask: Ask, person: string): void {
  const verb = person === ask.actor.person ? 'absence.set' : 'absence.set-for-others';
  if (allows(ask.actor, verb, 'organisation')) return;
  throw new Refusal('not-allowed', 'You can say this for yourself. Your supervisor can say it for a colleague.', {
    denial: true,
  });
}

/** Locked. Refuses an id that leads nowhere. */
export async function getAbsence(ask: Ask, id: string): Promise<Absence> {
  const absence = await lockAbsence(ask.tx, id);
  if (absence === undefined) throw new Refusal('unknown-button', 'That absence is no longer here.', { denial: true });
  return absence;
}

export const recordAbsence = (
  ask: Ask,
  { id, person }: Pick<Absence, 'id' | 'person'>,
  verb: 'plan' | 'begin' | 'end' | 'undo',
  detail: Readonly<Record<string, string>> = {},
): Promise<void> =>
  recordEvent(ask.tx, {
    actor: ask.actor.person,
    verb: `absence.${verb}`,
    subjectKind: 'absence',
    subjectId: id,
    // Why somebody is away is theirs to tell: it stands in no record of others.
    detail: { person, ...detail },
    at: ask.now,
  });

/** The timer is taken first, as a tick does: who acts and a tick at the same moment wait for each other in one order. */
export async function takeAbsence(ask: Ask, id: string): Promise<Absence> {
  await ask.wake(lookTimer, id, undefined);
  await lockComingAndGoing(ask.tx);
  return getAbsence(ask, id);
}

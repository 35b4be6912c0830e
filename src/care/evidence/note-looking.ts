import { requirePerson } from '../../access/actor.ts';
import { bySystem } from '../../doer.ts';
import { listColleagues } from '../../access/records.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Work, Events } from '../../feature/feature.ts';
import '../clients/events.ts';
import { lookingCardKind } from './looking-card.ts';
import { countLooking, findPersonBehind, findTold, lockLooking, toldVerb } from './looking-records.ts';
import { isMuch, isRedrawn, quietSpan, subjectOf, windowOf, type Watch } from './looking-rules.ts';
import { tellOverseers, whoOversees } from './who-oversees.ts';

/** Somebody looked at a client, or searched: it is on record already. */
export const noteLooking = (work: Work, { how }: Events['client.looked']): Promise<void> =>
  note(work, how === 'searched' ? 'searching' : 'looking', requirePerson(work.actor).person);

/**
 * Somebody of ours was refused, on any of their platforms, and that is on record. A stranger leaves one row a day
 * (dispatch/record-denial.ts), which says all there is to say of them.
 */
export async function noteDenial(work: Work, { workspace, user }: Events['access.denied']): Promise<void> {
  const person = await findPersonBehind(work.tx, workspace, user);
  if (person !== undefined) await note(work, 'refused', person);
}

/**
 * Counts what is on record of them, and tells who oversees when it is more than usual, once an hour. Nothing is refused
 * and nothing waits: care is never held up by it, and whoever was stopped would find ways that nobody sees.
 */
async function note(work: Work, watch: Watch, who: string): Promise<void> {
  const { tx, now } = work;
  lockLooking(tx, who);
  const { figures, limits } = await countLooking(tx, who, windowOf(watch, now), watch);
  if (!isMuch(watch, figures, limits)) return;
  const told = await findTold(tx, { watch, who }, quietSpan(now));
  if (told !== undefined) {
    if (isRedrawn(figures)) await work.refresh(lookingCardKind, subjectOf({ watch, who, at: told }));
    return;
  }
  const { reveals, clients, searches, denials } = figures;
  await recordEvent(tx, {
    actor: bySystem,
    verb: toldVerb,
    subjectKind: 'person',
    subjectId: who,
    detail: { watch, reveals, clients, searches, denials },
    at: now,
  });
  const people = await listColleagues(tx);
  const person = people.find(({ id }) => id === who);
  const overseers = whoOversees(people, person);
  const subject = subjectOf({ watch, who, at: now });
  await tellOverseers(work, overseers, { key: `looking:${subject}`, kind: lookingCardKind, subject });
}

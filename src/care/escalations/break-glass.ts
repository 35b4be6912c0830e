import { requirePerson } from '../../access/actor.ts';
import { allows } from '../../access/policy.ts';
import { findAway } from '../../access/find-away.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Work } from '../../feature/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { insertBrokenGlass, listOverseers, reviewBrokenGlass, findBrokenGlass } from './break-glass-records.ts';
import { breakGlassReasonSchema, breakGlassVerbs, chooseReviewers, type BreakGlassWhat } from './break-glass-rules.ts';
import { unknownEscalation } from './find-actable.ts';
import { findEscalation } from './records.ts';
import { sceneOf } from './read-scene.ts';
import { brokenGlassCardKind } from './break-glass-cards.ts';

export interface BreakGlassPress {
  /** The escalation. */
  readonly id: string;
  /** The chip that was pressed. */
  readonly reason: string | undefined;
}

/**
 * Opens what this person may ask for: who may has been asked by the caller, in this transaction. On record under a verb
 * of its own, and whoever oversees is told at once; pressed twice it is one.
 */
export async function breakGlass(work: Work, press: BreakGlassPress, what: BreakGlassWhat): Promise<void> {
  const reason = breakGlassReasonSchema.safeParse(press.reason).data;
  if (reason === undefined) throw new Refusal('invalid-value', 'Please choose one of the reasons offered.');
  const escalation = await findEscalation(work.tx, press.id);
  if (escalation === undefined) throw unknownEscalation();
  const { person } = requirePerson(work.actor);
  const { id: subject, client, frozen } = escalation;
  const id = await insertBrokenGlass(
    work.tx,
    { escalation: subject, client, person, what, reason, run: frozen.run },
    work.now,
  );
  if (id === undefined) return;
  const scene = await sceneOf(work, escalation);
  const overseers = await listOverseers(work.tx);
  const away = await findAway(
    work.tx,
    overseers.map((one) => one.id),
    work.now,
  );
  const team = scene.client?.team ?? escalation.team;
  const told = chooseReviewers(overseers, { team, person, away });
  await recordEvent(work.tx, {
    actor: work.actor,
    verb: breakGlassVerbs[what],
    subjectKind: 'escalation',
    subjectId: subject,
    detail: { client: scene.client?.code ?? null, reason, run: frozen.run, told: told.join(' ') },
    at: work.now,
  });
  // It waits on the first of them until somebody has reviewed it.
  await work.publish('due.changed', { team, people: told.slice(0, 1) });
  for (const one of told) {
    await work.post({
      key: `break-glass:${id}:person:${one}`,
      to: { person: one },
      kind: brokenGlassCardKind,
      subject: id,
      priority: 'answer',
      atOnce: true,
    });
  }
}

/** Somebody who oversees has looked at it; never whoever it was. */
export async function reviewBreakGlass(work: Work, id: string): Promise<void> {
  const found = await findBrokenGlass(work.tx, id);
  const { person } = requirePerson(work.actor);
  if (found === undefined || !allows(work.actor, 'break-glass.review', 'organisation')) {
    throw new Refusal('not-allowed', 'That is for a supervisor to review.', { denial: true });
  }
  if (found.person.id === person) {
    throw new Refusal('not-allowed', 'Nobody reviews their own: somebody else who oversees does.', { denial: true });
  }
  // Whoever comes second finds on the card who was first.
  if (!(await reviewBrokenGlass(work.tx, id, person, work.now))) return;
  await recordEvent(work.tx, {
    actor: work.actor,
    verb: 'break-glass.reviewed',
    subjectKind: 'break-glass',
    subjectId: id,
    detail: { escalation: found.escalation, by: found.person.id, what: found.what, reason: found.reason },
    at: work.now,
  });
  await work.refresh(brokenGlassCardKind, id);
  const escalation = await findEscalation(work.tx, found.escalation);
  const overseers = await listOverseers(work.tx);
  if (escalation !== undefined) {
    await work.publish('due.changed', { team: escalation.team, people: overseers.map((one) => one.id) });
  }
}

import { isSelf, requirePerson } from '../../access/actor.ts';
import { allows } from '../../access/policy.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Work } from '../../feature/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { findClientsOf } from '../clients/find-allowed-client.ts';
import { recommendationCardKind, refreshHuddle } from './card-kinds.ts';
import { answerLabels } from './huddle-words.ts';
import { lockRecommendation, type Recommendation } from './outcome-records.ts';
import { postRecommendation } from './recommend.ts';
import { updateRecommendation } from './write-records.ts';

export interface WhichRecommendation {
  readonly id: string;
  readonly version?: number | undefined;
}

/** The recommendation, locked, when it waits for this person's answer. */
export async function findAnswerable(work: Work, which: WhichRecommendation): Promise<Recommendation> {
  const found = await lockRecommendation(work.tx, which.id);
  if (found === undefined) {
    throw new Refusal('unknown-button', 'I cannot find that recommendation. Nothing was changed.', { denial: true });
  }
  if (!isSelf(work.actor, found.to?.id) || !allows(work.actor, 'recommendation.answer', 'organisation')) {
    const who = found.to?.name ?? 'Nobody';
    throw new Refusal('not-allowed', `Only ${who} answers this. Nothing was changed.`, { denial: true });
  }
  if (found.state !== 'open') {
    throw new Refusal('already-done', `This recommendation is ${answerLabels[found.state]} already.`);
  }
  if (which.version !== undefined && which.version !== found.version) {
    throw new Refusal('changed-meanwhile', 'This recommendation has changed meanwhile. Please open it again.');
  }
  return found;
}

/** Accepts or declines; whoever made it and the client's coordinator read the answer. */
export async function answerRecommendation(
  work: Work,
  which: WhichRecommendation,
  given: { readonly state: 'accepted' } | { readonly state: 'declined'; readonly reason: string },
): Promise<void> {
  const found = await findAnswerable(work, which);
  const { person } = requirePerson(work.actor);
  const reason = given.state === 'declined' ? given.reason : undefined;
  await updateRecommendation(work.tx, found.id, { state: given.state, reason, by: person, at: work.now });
  await recordEvent(work.tx, {
    actor: work.actor,
    verb: given.state === 'accepted' ? 'recommendation.accept' : 'recommendation.decline',
    subjectKind: 'recommendation',
    subjectId: found.id,
    detail: { client: found.code ?? null, kind: found.kind, reason: reason ?? null },
    at: work.now,
  });
  await work.refresh(recommendationCardKind, found.id);
  await refreshHuddle(work, found.huddle);
  const { client } = found;
  const coordinator = client === undefined ? undefined : (await findClientsOf(work, [client])).get(client)?.coordinator;
  for (const one of new Set([found.madeBy, coordinator])) {
    if (one !== undefined && one !== person) {
      await postRecommendation(work, { id: found.id, version: found.version + 1 }, one);
    }
  }
  await work.publish('due.changed', { team: found.team, people: [person] });
}

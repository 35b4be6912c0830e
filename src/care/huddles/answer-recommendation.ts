import { allows } from '../../access/policy.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Ask } from '../../chat/feature.ts';
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
export async function findAnswerable(ask: Ask, which: WhichRecommendation): Promise<Recommendation> {
  const found = await lockRecommendation(ask.tx, which.id);
  if (found === undefined) {
    throw new Refusal('unknown-button', 'I cannot find that recommendation. Nothing was changed.', { denial: true });
  }
  if (found.to?.id !== ask.actor.person || !allows(ask.actor, 'recommendation.answer', 'organisation')) {
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
  ask: Ask,
  which: WhichRecommendation,
  given: { readonly state: 'accepted' } | { readonly state: 'declined'; readonly reason: string },
): Promise<void> {
  const found = await findAnswerable(ask, which);
  const { person } = ask.actor;
  const reason = given.state === 'declined' ? given.reason : undefined;
  await updateRecommendation(ask.tx, found.id, { state: given.state, reason, by: person, at: ask.now });
  await recordEvent(ask.tx, {
    actor: person,
    verb: given.state === 'accepted' ? 'recommendation.accept' : 'recommendation.decline',
    subjectKind: 'recommendation',
    subjectId: found.id,
    detail: { client: found.code ?? null, kind: found.kind, reason: reason ?? null },
    at: ask.now,
  });
  await ask.refresh(recommendationCardKind, found.id);
  await refreshHuddle(ask, found.huddle);
  const { client } = found;
  const coordinator = client === undefined ? undefined : (await findClientsOf(ask, [client])).get(client)?.coordinator;
  for (const one of new Set([found.madeBy, coordinator])) {
    if (one !== undefined && one !== person) {
      await postRecommendation(ask, { id: found.id, version: found.version + 1 }, one);
    }
  }
  await ask.publish('due.changed', { team: found.team, people: [person] });
}

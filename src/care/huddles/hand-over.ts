import { recordEvent } from '../../audit/record-event.ts';
import type { Ask, Events } from '../../chat/feature.ts';
import { recommendationCardKind, refreshHuddle } from './card-kinds.ts';
import { nameOfHand } from './find-huddle.ts';
import { readRecommendations } from './outcome-records.ts';
import { answeringRoles, postRecommendation } from './recommend.ts';
import { findSameTrade } from './team-records.ts';
import { updateRecommendation } from './write-records.ts';

/**
 * What waited for a leaver's answer waits for a colleague who decides about treatment; where there is none, for who
 * answers for everything of theirs. Decisions are follow-ups, and go with those. A huddle they led goes on.
 */
export async function handOverAnswers(ask: Ask, { person, heir }: Events['person.left']): Promise<void> {
  const open = await readRecommendations(ask.tx, { openTo: [person] }, false);
  if (open.length === 0) return;
  const to = (await findSameTrade(ask.tx, person, answeringRoles)) ?? heir;
  for (const { id, code, version, huddle } of open) {
    await updateRecommendation(ask.tx, id, { to });
    await recordEvent(ask.tx, {
      actor: nameOfHand(ask),
      verb: 'recommendation.inherit',
      subjectKind: 'recommendation',
      subjectId: id,
      detail: { client: code ?? null, from: person, to },
      at: ask.now,
    });
    await ask.refresh(recommendationCardKind, id);
    await refreshHuddle(ask, huddle);
    await postRecommendation(ask, { id, version: version + 1 }, to);
  }
  for (const team of new Set(open.map((one) => one.team))) {
    await ask.publish('due.changed', { team, people: [person, to] });
  }
}

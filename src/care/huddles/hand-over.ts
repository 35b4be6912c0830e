import { recordEvent } from '../../audit/record-event.ts';
import type { Work, Events } from '../../feature/feature.ts';
import { recommendationCardKind, refreshHuddle } from './card-kinds.ts';
import { readRecommendations } from './outcome-records.ts';
import { answeringRoles, postRecommendation } from './recommend.ts';
import { findSameTrade } from './team-records.ts';
import { updateRecommendation } from './write-records.ts';

/**
 * What waited for a leaver's answer waits for a colleague who decides about treatment; where there is none, for who
 * answers for everything of theirs. Decisions are follow-ups, and go with those. A huddle they led goes on.
 */
export async function handOverAnswers(work: Work, { person, heir }: Events['person.left']): Promise<void> {
  const open = await readRecommendations(work.tx, { openTo: [person] }, false);
  if (open.length === 0) return;
  const to = (await findSameTrade(work.tx, person, answeringRoles)) ?? heir;
  for (const { id, code, version, huddle } of open) {
    await updateRecommendation(work.tx, id, { to });
    await recordEvent(work.tx, {
      actor: work.actor,
      verb: 'recommendation.inherit',
      subjectKind: 'recommendation',
      subjectId: id,
      detail: { client: code ?? null, from: person, to },
      at: work.now,
    });
    await work.refresh(recommendationCardKind, id);
    await refreshHuddle(work, huddle);
    await postRecommendation(work, { id, version: version + 1 }, to);
  }
  for (const team of new Set(open.map((one) => one.team))) {
    await work.publish('due.changed', { team, people: [person, to] });
  }
}

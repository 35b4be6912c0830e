import { bySystem } from '../../doer.ts';
import type { Work } from '../../feature/feature.ts';
import type { Told } from './choose-told.ts';
import { beginRun, nextRun } from './climb-ladder.ts';
import { isLate } from './ladder.ts';
import { sceneOf } from './read-scene.ts';
import type { Escalation } from './records.ts';
import { saveChange, setTimers, takeEscalation } from './save-change.ts';
import { sendNews } from './tell-people.ts';

/**
 * The timer of an acknowledgement without an end: at two thirds of its time whoever has it is reminded; when it has
 * run out, the escalation is back on the ladder, from its first step, and who had it is among those told.
 */
export async function watchAcknowledgement(
  work: Work,
  { subject, dueAt }: { subject: string; dueAt: Date },
): Promise<void> {
  const escalation = await takeEscalation(work, subject);
  if (escalation === undefined) return;
  const { state, remindAt, expiresAt } = escalation;
  const due = remindAt ?? expiresAt;
  if (state !== 'acknowledged' || due === undefined || due > work.now) return setTimers(work, escalation);
  if (remindAt !== undefined) return remind(work, escalation, remindAt);
  return expire(work, escalation, dueAt);
}

const holders = ({ acknowledged, second }: Escalation): readonly string[] =>
  [acknowledged, second].flatMap((one) => (one === undefined ? [] : [one.by.id]));

async function remind(work: Work, escalation: Escalation, planned: Date): Promise<void> {
  const after = await saveChange(
    work,
    escalation,
    { remindAt: undefined },
    {
      act: 'acknowledgement-reminder',
      by: bySystem,
      detail: { planned: planned.toISOString(), actual: work.now.toISOString(), late: isLate(planned, work.now) },
    },
  );
  await sendNews(work, after, holders(escalation), 'escalation');
}

async function expire(work: Work, escalation: Escalation, planned: Date): Promise<void> {
  const scene = await sceneOf(work, escalation);
  const besides = holders(escalation)
    .filter((person) => scene.cast.everybody.has(person))
    .map((person): Told => ({ person, reason: 'held-before' }));
  // Its steps are counted from the moment it ran out, even if that is noticed late.
  const frozen = nextRun(escalation.frozen, planned, scene);
  await beginRun(work, escalation, scene, {
    frozen,
    besides,
    happened: {
      act: 'acknowledgement-expired',
      by: bySystem,
      detail: {
        run: frozen.run,
        planned: planned.toISOString(),
        actual: work.now.toISOString(),
        late: isLate(planned, work.now),
      },
    },
  });
}

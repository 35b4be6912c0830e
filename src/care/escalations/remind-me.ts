import { requirePerson } from '../../access/actor.ts';
import { findColleague } from '../../access/records.ts';
import type { Work } from '../../feature/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { unknownEscalation, wasTold } from './find-actable.ts';
import { findEscalation, type Escalation } from './records.ts';
import { escalationCardKind, recordHappened } from './save-change.ts';
import { cardSeries } from './tell-people.ts';

/** Wakes one person about one escalation, because they asked for it. */
export const remindTimer = 'escalations.remind-me';
/** How long somebody may put it out of sight, in minutes. The ladder runs on meanwhile. */
export const remindAfter = 15;

const subjectOf = (escalation: string, person: string): string => `${escalation}/${person}`;

/** True for whom it may ring again: they were told, and nobody has it. */
export const canBeReminded = (escalation: Pick<Escalation, 'state' | 'notices'>, person: string): boolean =>
  escalation.state === 'raised' && wasTold(escalation, person);

/** Takes nothing and stops nothing: whoever was told is rung once more. Asked again, the time counts anew. */
export async function remindMe(work: Work, id: string): Promise<Date> {
  const escalation = await findEscalation(work.tx, id);
  const { person } = requirePerson(work.actor);
  if (escalation === undefined || !wasTold(escalation, person)) throw unknownEscalation();
  if (!canBeReminded(escalation, person)) throw new Refusal('already-done', 'Somebody has it. You need no reminder.');
  const at = new Date(work.now.getTime() + remindAfter * 60_000);
  await work.wake(remindTimer, subjectOf(id, person), at);
  await recordHappened(work, escalation, {
    act: 'remind-me',
    detail: { run: escalation.frozen.run, at: at.toISOString() },
  });
  return at;
}

/** The timer of a reminder: the card comes anew when nobody has it still, and they still work here. */
export async function remindWhenDue(work: Work, { subject, dueAt }: { subject: string; dueAt: Date }): Promise<void> {
  const [id = '', person = ''] = subject.split('/');
  const escalation = await findEscalation(work.tx, id);
  if (escalation === undefined || !canBeReminded(escalation, person)) return;
  if (escalation.acknowledged?.by.id === person || (await findColleague(work.tx, person)) === undefined) return;
  await work.post({
    key: `escalation:${id}:remind:${dueAt.toISOString()}:person:${person}`,
    to: { person },
    ...{ kind: escalationCardKind, subject: id, priority: 'escalation', series: cardSeries(id) },
  });
}

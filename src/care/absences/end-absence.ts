import type { Work, Events } from '../../feature/feature.ts';
import { localDate } from '../../calendar/zones.ts';
import { Refusal } from '../../chat/refusal.ts';
import { backCardKind, lookTimer, statusCardKind } from './card-kinds.ts';
import { getAbsence, recordAbsence, requireMaySet, takeAbsence } from './find-absence.ts';
import { endRunning, finishAbsence } from './finish-absence.ts';
import { coverOthers, handOver } from './hand-over.ts';
import { inheritCovers, listItems, settleItems } from './item-records.ts';
import { nextLook } from './plan-dates.ts';
import { listAbsences, lockAbsence, lockComingAndGoing, updateState, type Absence } from './records.ts';
import { can } from './rules.ts';
import { askForDuty, beginAbsence } from './set-absence.ts';
import { takeBack } from './take-back.ts';

/** Taken for one who may change it. */
async function take(work: Work, id: string): Promise<Absence> {
  const absence = await takeAbsence(work, id);
  requireMaySet(work, absence.person);
  return absence;
}

/** True while an absence can be called off as if it had never been: planned, or begun today. */
export const canUndo = ({ state, beganAt, zone }: Absence, now: Date): boolean =>
  can('undo', state) && (beganAt === undefined || localDate(beganAt, zone) === localDate(now, zone));

/** It was a mistake, or did not come to pass: the same day everything is put back, but for what the cover has begun. */
export async function undoAbsence(work: Work, id: string): Promise<Absence> {
  const absence = await take(work, id);
  if (!can('undo', absence.state)) throw new Refusal('already-done', 'That absence is over already.');
  if (!canUndo(absence, work.now)) {
    throw new Refusal('already-done', 'It has begun on an earlier day. You can come back instead.', {
      offers: [{ action: 'absences.back', label: 'Back now', subject: id }],
    });
  }
  await updateState(work.tx, id, { state: 'undone', at: work.now });
  await recordAbsence(work, absence, 'undo');
  await takeBack(work, absence, 'before');
  await coverOthers(work, absence.person);
  await work.refresh(statusCardKind, id);
  return getAbsence(work, id);
}

/** They work again, earlier than planned or on the day. */
export async function comeBack(work: Work, id: string): Promise<Absence> {
  const absence = await take(work, id);
  if (!can('end', absence.state)) throw new Refusal('already-done', 'That absence is over already.');
  await finishAbsence(work, absence);
  await coverOthers(work, absence.person);
  return getAbsence(work, id);
}

/** Its moment has come: it begins, a day of it begins, or its person is back and reads what happened. */
export async function lookAtAbsence(work: Work, { subject }: { readonly subject: string }): Promise<void> {
  await lockComingAndGoing(work.tx);
  let absence = await lockAbsence(work.tx, subject);
  if (absence === undefined) return;
  if (absence.state === 'planned' && absence.startsAt <= work.now) {
    await endRunning(work, absence.person);
    await updateState(work.tx, subject, { state: 'running', at: work.now });
    await recordAbsence(work, absence, 'begin', { from: absence.startsOn, to: absence.endsOn });
    absence = await getAbsence(work, subject);
    if (absence.backAt > work.now) await beginAbsence(work, absence);
  } else if (absence.state === 'running' && absence.endsAt > work.now) {
    // What came meanwhile, and duty that is near now.
    await askForDuty(work, absence);
    await handOver(work, absence, 'all');
  }
  if (absence.state === 'running' && absence.backAt <= work.now) {
    await finishAbsence(work, absence);
    await coverOthers(work, absence.person);
    await work.post({
      key: `absence:${subject}:back`,
      to: { person: absence.person },
      kind: backCardKind,
      subject,
      priority: 'answer',
    });
    return;
  }
  await work.wake(lookTimer, subject, nextLook(absence, work.now));
}

/** Who left is not away any more; what a cover has of theirs stays with the cover. Covers who leave have an heir. */
export async function endForLeaver(work: Work, { person, heir }: Events['person.left']): Promise<void> {
  for (const { id } of await listAbsences(work.tx, { people: [person], states: ['planned', 'running'] })) {
    const absence = await takeAbsence(work, id);
    if (!can('undo', absence.state)) continue;
    await updateState(work.tx, id, { state: absence.state === 'planned' ? 'undone' : 'ended', at: work.now });
    await recordAbsence(work, absence, 'end', { reason: 'left' });
    const open = (await listItems(work.tx, id)).filter(({ state }) => state === 'open');
    await settleItems(
      work.tx,
      open.map((item) => ({ id: item.id, state: 'stays', reason: 'left' })),
      work.now,
    );
    await work.refresh(statusCardKind, id);
  }
  await inheritCovers(work.tx, { from: person, to: heir });
}

import type { Ask, Events } from '../../chat/feature.ts';
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
async function take(ask: Ask, id: string): Promise<Absence> {
  const absence = await takeAbsence(ask, id);
  requireMaySet(ask, absence.person);
  return absence;
}

/** True while an absence can be called off as if it had never been: planned, or begun today. */
export const canUndo = ({ state, beganAt, zone }: Absence, now: Date): boolean =>
  can('undo', state) && (beganAt === undefined || localDate(beganAt, zone) === localDate(now, zone));

/** It was a mistake, or did not come to pass: the same day everything is put back, but for what the cover has begun. */
export async function undoAbsence(ask: Ask, id: string): Promise<Absence> {
  const absence = await take(ask, id);
  if (!can('undo', absence.state)) throw new Refusal('already-done', 'That absence is over already.');
  if (!canUndo(absence, ask.now)) {
    throw new Refusal('already-done', 'It has begun on an earlier day. You can come back instead.', {
      offers: [{ action: 'absences.back', label: 'Back now', subject: id }],
    });
  }
  await updateState(ask.tx, id, { state: 'undone', at: ask.now });
  await recordAbsence(ask, absence, 'undo');
  await takeBack(ask, absence, 'before');
  await coverOthers(ask, absence.person);
  await ask.refresh(statusCardKind, id);
  return getAbsence(ask, id);
}

/** They work again, earlier than planned or on the day. */
export async function comeBack(ask: Ask, id: string): Promise<Absence> {
  const absence = await take(ask, id);
  if (!can('end', absence.state)) throw new Refusal('already-done', 'That absence is over already.');
  await finishAbsence(ask, absence);
  await coverOthers(ask, absence.person);
  return getAbsence(ask, id);
}

/** Its moment has come: it begins, a day of it begins, or its person is back and reads what happened. */
export async function lookAtAbsence(ask: Ask, { subject }: { readonly subject: string }): Promise<void> {
  await lockComingAndGoing(ask.tx);
  let absence = await lockAbsence(ask.tx, subject);
  if (absence === undefined) return;
  if (absence.state === 'planned' && absence.startsAt <= ask.now) {
    await endRunning(ask, absence.person);
    await updateState(ask.tx, subject, { state: 'running', at: ask.now });
    await recordAbsence(ask, absence, 'begin', { from: absence.startsOn, to: absence.endsOn });
    absence = await getAbsence(ask, subject);
    if (absence.backAt > ask.now) await beginAbsence(ask, absence);
  } else if (absence.state === 'running' && absence.endsAt > ask.now) {
    // What came meanwhile, and duty that is near now.
    await askForDuty(ask, absence);
    await handOver(ask, absence, 'all');
  }
  if (absence.state === 'running' && absence.backAt <= ask.now) {
    await finishAbsence(ask, absence);
    await coverOthers(ask, absence.person);
    await ask.post({
      key: `absence:${subject}:back`,
      to: { person: absence.person },
      kind: backCardKind,
      subject,
      priority: 'answer',
    });
    return;
  }
  await ask.wake(lookTimer, subject, nextLook(absence, ask.now));
}

/** Who left is not away any more; what a cover has of theirs stays with the cover. Covers who leave have an heir. */
export async function endForLeaver(ask: Ask, { person, heir }: Events['person.left']): Promise<void> {
  for (const { id } of await listAbsences(ask.tx, { people: [person], states: ['planned', 'running'] })) {
    const absence = await takeAbsence(ask, id);
    if (!can('undo', absence.state)) continue;
    await updateState(ask.tx, id, { state: absence.state === 'planned' ? 'undone' : 'ended', at: ask.now });
    await recordAbsence(ask, absence, 'end', { reason: 'left' });
    const open = (await listItems(ask.tx, id)).filter(({ state }) => state === 'open');
    await settleItems(
      ask.tx,
      open.map((item) => ({ id: item.id, state: 'stays', reason: 'left' })),
      ask.now,
    );
    await ask.refresh(statusCardKind, id);
  }
  await inheritCovers(ask.tx, { from: person, to: heir });
}

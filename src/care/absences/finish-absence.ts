import type { Work } from '../../feature/feature.ts';
import { localDate } from '../../calendar/zones.ts';
import { statusCardKind } from './card-kinds.ts';
import { recordAbsence, takeAbsence } from './find-absence.ts';
import { listAbsences, updateState, type Absence } from './records.ts';
import { can } from './rules.ts';
import { takeBack } from './take-back.ts';

/** A locked absence is over: from this moment on its person answers for their things again. */
export async function finishAbsence(work: Work, absence: Absence): Promise<void> {
  const early = localDate(work.now, absence.zone) < absence.backOn;
  await updateState(work.tx, absence.id, { state: 'ended', at: work.now });
  await recordAbsence(work, absence, 'end');
  await takeBack(work, absence, early ? 'today' : 'keep');
  await work.refresh(statusCardKind, absence.id);
}

/** Ends what runs for a person, because something else begins. */
export async function endRunning(work: Work, person: string): Promise<void> {
  for (const { id } of await listAbsences(work.tx, { people: [person], states: ['running'] })) {
    const absence = await takeAbsence(work, id);
    if (can('end', absence.state)) await finishAbsence(work, absence);
  }
}

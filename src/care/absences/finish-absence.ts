import type { Ask } from '../../chat/feature.ts';
import { localDate } from '../../calendar/zones.ts';
import { statusCardKind } from './card-kinds.ts';
import { recordAbsence, takeAbsence } from './find-absence.ts';
import { listAbsences, updateState, type Absence } from './records.ts';
import { can } from './rules.ts';
import { takeBack } from './take-back.ts';

/** A locked absence is over: from this moment on its person answers for their things again. */
export async function finishAbsence(ask: Ask, absence: Absence): Promise<void> {
  const early = localDate(ask.now, absence.zone) < absence.backOn;
  await updateState(ask.tx, absence.id, { state: 'ended', at: ask.now });
  await recordAbsence(ask, absence, 'end');
  await takeBack(ask, absence, early ? 'today' : 'keep');
  await ask.refresh(statusCardKind, absence.id);
}

/** Ends what runs for a person, because something else begins. */
export async function endRunning(ask: Ask, person: string): Promise<void> {
  for (const { id } of await listAbsences(ask.tx, { people: [person], states: ['running'] })) {
    const absence = await takeAbsence(ask, id);
    if (can('end', absence.state)) await finishAbsence(ask, absence);
  }
}

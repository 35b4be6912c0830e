import { actorText } from '../../access/recorded-doer.ts';
import { isSelf } from '../../access/actor.ts';
import { allows } from '../../access/policy.ts';
import { findColleague } from '../../access/records.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Work } from '../../feature/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { gapsCardKind, rotaCardKind, shiftCardKind } from './cards.ts';
import { readRota, type Rota } from './read-rota.ts';
import { insertOverride } from './records.ts';
import { compareRotas, longestShiftHours } from './rules.ts';

const hour = 3_600_000;

/** Somebody has the duty for a time, whatever the pattern says. */
export interface PlannedShift {
  readonly team: string;
  readonly person: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** Who may plan: asked when the form opens, and again when it comes back. */
export function requirePlanner(work: Work): void {
  if (allows(work.actor, 'duty.plan', 'organisation')) return;
  throw new Refusal('not-allowed', 'Supervisors plan the duty. You can ask for cover of your own shifts.', {
    denial: true,
  });
}

/** Plans a shift; who gains or loses duty by it is told. Refuses times that end before they begin, or have passed. */
export async function planShift(work: Work, planned: PlannedShift): Promise<void> {
  requirePlanner(work);
  const { startsAt, endsAt } = planned;
  if (endsAt <= startsAt) throw wrong('until-date', 'The end comes after the start.');
  if (endsAt <= work.now) throw wrong('until-date', 'That time has passed.');
  if (endsAt.getTime() - startsAt.getTime() > longestShiftHours * hour) {
    throw wrong('until-date', 'Please plan at most two weeks at once.');
  }
  const person = await findColleague(work.tx, planned.person);
  if (person === undefined || !allows(person, 'escalation.answer', 'organisation')) {
    throw wrong('person', 'Please choose somebody of the care team who works here now.');
  }
  await writePlanned(work, planned, 'set');
}

const wrong = (field: string, sentence: string): Refusal =>
  new Refusal('invalid-value', sentence, { fields: { [field]: sentence } });

/** Writes what was decided and tells everybody whose duty changed by it, and nobody else. */
export async function writePlanned(work: Work, planned: PlannedShift, origin: 'set' | 'cover'): Promise<void> {
  const { tx, actor, now } = work;
  const rota = async (): Promise<Rota> => {
    const read = await readRota(tx, planned.team, planned.startsAt, planned.endsAt);
    if (read === undefined) throw new Refusal('invalid-value', 'I do not know a team of that name here.');
    return read;
  };
  const before = await rota();
  const id = await insertOverride(tx, { ...planned, origin, by: actorText(actor), now });
  const after = await rota();
  await recordEvent(tx, {
    actor,
    verb: `duty.${origin}`,
    subjectKind: 'duty',
    subjectId: id,
    detail: {
      team: planned.team,
      person: planned.person,
      from: planned.startsAt.toISOString(),
      to: planned.endsAt.toISOString(),
    },
    at: now,
  });
  for (const person of compareRotas(before.stretches, after.stretches).keys()) {
    // Who planned it for themselves knows.
    if (isSelf(actor, person) && origin === 'set') continue;
    await work.post({
      key: `duty:${id}:${person}`,
      to: { person },
      kind: shiftCardKind,
      subject: id,
      priority: 'answer',
      // It may be tonight's.
      atOnce: true,
    });
  }
  await refreshRota(work, planned.team);
}

/** Cards that show the rota follow it. */
export async function refreshRota(work: Work, team: string): Promise<void> {
  await work.refresh(rotaCardKind, team);
  await work.refresh(gapsCardKind, team);
}

import { isSelf, requirePerson } from '../../access/actor.ts';
import { findWorkingTime } from '../../access/working-times.ts';
import { lockLeaver } from '../../access/departures.ts';
import type { Work } from '../../feature/feature.ts';
import { daysBetween, formatDay } from '../../calendar/local-dates.ts';
import { localDate } from '../../calendar/zones.ts';
import { Refusal } from '../../chat/refusal.ts';
import { askCoverWhileAway } from '../duty/cover-absence.ts';
import { lookTimer, statusCardKind } from './card-kinds.ts';
import { endRunning } from './finish-absence.ts';
import { getAbsence, recordAbsence, requireMaySet } from './find-absence.ts';
import { handOver } from './hand-over.ts';
import { insertItems } from './item-records.ts';
import { nextLook, planDates } from './plan-dates.ts';
import { insertAbsence, listAbsences, lockComingAndGoing, type Absence } from './records.ts';
import { furthestDays, longestDays, type AbsenceKind } from './rules.ts';

/** What somebody says of themselves, or a supervisor of them. Local dates; without, today. */
export interface Wish {
  readonly kind: AbsenceKind;
  /** Id of the person; default: who asks. */
  readonly person?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const wrong = (field: string, sentence: string): Refusal =>
  new Refusal('invalid-date', sentence, { fields: { [field]: sentence } });

/**
 * Somebody is away from one day to another. What begins today begins now, in this transaction; what lies ahead changes
 * nothing yet. Refuses days that are over, and a second absence for days that have one.
 */
export async function setAbsence(work: Work, wish: Wish): Promise<Absence> {
  const { tx, now } = work;
  const person = wish.person ?? requirePerson(work.actor).person;
  requireMaySet(work, person);
  await lockComingAndGoing(tx);
  const time = await findWorkingTime(tx, person);
  if (time === undefined || !(await lockLeaver(tx, person))) {
    throw new Refusal('invalid-value', 'That person does not work here. Please choose somebody who does.');
  }
  const today = localDate(now, time.zone);
  const from = wish.from ?? today;
  const to = wish.to ?? from;
  if (to < from) throw wrong('to', 'The last day comes after the first one.');
  if (from < today) throw wrong('from', 'That day has passed. Please begin with today.');
  if (daysBetween(today, from) > furthestDays) throw wrong('from', 'Please plan at most a year ahead.');
  if (daysBetween(from, to) > longestDays) {
    throw wrong('to', 'That is longer than three months. Please hand the clients on instead.');
  }
  await refuseTwice(work, person, { from, to, today });
  const dates = planDates(time, from, to, now);
  const state = dates.startsAt > now ? 'planned' : 'running';
  // One whose days are over, and whose person was not back yet, ends as the next begins.
  if (state === 'running') await endRunning(work, person);
  const { zone } = time;
  const id = await insertAbsence(tx, {
    ...dates,
    person,
    kind: wish.kind,
    zone,
    state,
    setBy: requirePerson(work.actor).person,
    now,
  });
  await recordAbsence(work, { id, person }, state === 'planned' ? 'plan' : 'begin', { from, to });
  await work.wake(lookTimer, id, nextLook({ ...dates, state, zone }, now));
  const absence = await getAbsence(work, id);
  if (state === 'running') await beginAbsence(work, absence);
  if (!isSelf(work.actor, person)) {
    await work.post({
      key: `absence:${id}:set`,
      to: { person },
      kind: statusCardKind,
      subject: id,
      priority: 'answer',
    });
  }
  return absence;
}

async function refuseTwice(
  work: Work,
  person: string,
  { from, to, today }: { from: string; to: string; today: string },
): Promise<void> {
  const others = await listAbsences(work.tx, { people: [person], states: ['planned', 'running'] });
  const other = others.find((one) => one.startsOn <= to && one.endsOn >= from);
  if (other === undefined) return;
  const days = `${formatDay(other.startsOn, today)} to ${formatDay(other.endsOn, today)}`;
  throw new Refusal('already-done', `There is an absence for those days already: ${days}.`, {
    offers: [{ action: 'absences.show', label: 'Show it', subject: other.id }],
  });
}

/** From this moment on they are away: duty, what cannot wait, and the rest. */
export async function beginAbsence(work: Work, absence: Absence): Promise<void> {
  await askForDuty(work, absence);
  await handOver(work, absence, 'all');
}

/** Their duty of the coming days is a gap; cover is asked for it. */
export async function askForDuty(work: Work, absence: Absence): Promise<void> {
  const asked = await askCoverWhileAway(work, absence);
  const items = asked.map((subject) => ({ kind: 'duty', subject, act: 'asked' }) as const);
  await insertItems(work.tx, absence.id, absence.person, items, work.now);
}

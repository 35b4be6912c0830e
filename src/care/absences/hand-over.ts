import { isPerson } from '../../access/actor.ts';
import type { Colleague } from '../../access/records.ts';
import type { Work, Events } from '../../feature/feature.ts';
import { atLocalTime, localDate } from '../../calendar/zones.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';
import { listHeldEscalations, passEscalation } from '../escalations/hand-over.ts';
import { listStandings, moveFollowUps, passFollowUps } from '../follow-ups/pass-on.ts';
import { listUrgentReferrals, passReferral } from '../referrals/pass-on.ts';
import { coverCardKind } from './card-kinds.ts';
import { chooseCover, listCovers } from './choose-cover.ts';
import { findConcerned, insertItems, type NewItem } from './item-records.ts';
import { usualMorning } from './plan-dates.ts';
import { listAbsences, lockAbsence, lockComingAndGoing, type Absence } from './records.ts';
import { cannotWait } from './rules.ts';

/** Transactions in which something is being handed over: what is published on the way asks for no second time. */
const handing = new WeakSet<OrganisationTransaction>();

/**
 * What cannot wait until somebody is back goes to a named cover, who is told; the rest that would be due moves to the
 * first working day, and stays theirs. What was handed over already is not theirs any more, so that this can be done
 * again for what came since. Where nobody can be named, things stay with their owner.
 */
export async function handOver(work: Work, absence: Absence, what: 'all' | 'without-escalations'): Promise<void> {
  handing.add(work.tx);
  try {
    // At midnight the night's duty answers for what burns; the day's list is for who has the duty in the morning.
    const morning = atLocalTime(localDate(work.now, absence.zone), usualMorning, absence.zone);
    const byDay = await listCovers(work, absence, work.now < morning ? morning : work.now);
    const items: NewItem[] = [
      ...(await handOverFollowUps(work, absence, byDay)),
      ...(await handOverReferrals(work, absence, byDay)),
      ...(what === 'all' ? await handOverEscalations(work, absence, await listCovers(work, absence, work.now)) : []),
    ];
    await insertItems(work.tx, absence.id, absence.person, items, work.now);
    await tellCovers(work, absence, items);
  } finally {
    handing.delete(work.tx);
  }
}

async function handOverFollowUps(work: Work, absence: Absence, covers: readonly Colleague[]): Promise<NewItem[]> {
  const { person, endsOn, backOn } = absence;
  const open = await listStandings(work.tx, { owner: person, until: endsOn });
  const waiting = open.filter((one) => !cannotWait(one)).map((one) => ({ ...one, to: backOn }));
  await moveFollowUps(work, waiting, 'owner-away');
  const items: NewItem[] = waiting.map(({ id, client, dueOn }) => ({
    ...{ kind: 'follow-up', subject: id, act: 'moved', client, dayBefore: dueOn, dayAfter: backOn },
  }));
  for (const one of open.filter(cannotWait)) {
    const cover = chooseCover(covers, 'follow-up.change', one)?.id;
    if (cover === undefined) continue;
    await passFollowUps(work, [one], cover, 'follow-up.cover');
    items.push({ kind: 'follow-up', subject: one.id, act: 'covered', client: one.client, cover, dayBefore: one.dueOn });
  }
  return items;
}

async function handOverReferrals(work: Work, absence: Absence, covers: readonly Colleague[]): Promise<NewItem[]> {
  const { person, endsOn: until, zone } = absence;
  const cover = chooseCover(covers, 'referral.answer', undefined)?.id;
  const items: NewItem[] = [];
  for (const { id, client, side } of await listUrgentReferrals(work, { person, until, zone })) {
    if (cover === undefined) break;
    await passReferral(work, id, { from: person, to: cover, side, step: 'cover' });
    items.push({ kind: 'referral', subject: id, act: 'covered', client, cover, side });
  }
  return items;
}

async function handOverEscalations(work: Work, absence: Absence, covers: readonly Colleague[]): Promise<NewItem[]> {
  const cover = chooseCover(covers, 'escalation.answer', undefined)?.id;
  const items: NewItem[] = [];
  for (const { id, client } of await listHeldEscalations(work, absence.person)) {
    if (cover === undefined) break;
    const passed = await passEscalation(work, id, { from: absence.person, to: cover, reason: 'cover' });
    if (passed) items.push({ kind: 'escalation', subject: id, act: 'covered', client, cover });
  }
  return items;
}

/**
 * One card a cover, in place of their earlier one. During the day it comes at once, as what it is about cannot wait; an
 * absence that begins at midnight wakes nobody, but for escalations, which tell by themselves.
 */
async function tellCovers(work: Work, absence: Absence, items: readonly NewItem[]): Promise<void> {
  const series = `absence:${absence.id}:cover`;
  // By the first thing of each: several may come in one moment.
  const firsts = new Map([...items].reverse().map(({ cover, subject }) => [cover, subject]));
  for (const [cover, first] of firsts) {
    if (cover === undefined) continue;
    const subject = `${absence.id}/${cover}`;
    await work.post({
      key: `${series}:${cover}:${first}:${work.now.toISOString()}`,
      to: { person: cover },
      kind: coverCardKind,
      subject,
      priority: 'answer',
      series: `${series}:${cover}`,
      atOnce: isPerson(work.actor),
    });
    await work.refresh(coverCardKind, subject);
  }
}

/**
 * Something became due, also for somebody who is away: what cannot wait does not wait for them either. What a cover has
 * done goes from their card.
 */
export async function coverWhatCame(work: Work, { people }: Events['due.changed']): Promise<void> {
  const { running, covers } = await findConcerned(work.tx, people, work.now);
  for (const subject of covers) await work.refresh(coverCardKind, subject);
  if (handing.has(work.tx)) return;
  if (running.length > 0) await lockComingAndGoing(work.tx);
  for (const id of running) {
    const absence = await lockAbsence(work.tx, id);
    // An escalation finds its next one by its ladder, which passes over who is away.
    if (absence?.state === 'running') await handOver(work, absence, 'without-escalations');
  }
}

/** Somebody works again: what colleagues who are away still have, because nobody could be named, finds its cover now. */
export async function coverOthers(work: Work, back: string): Promise<void> {
  for (const { id, person, endsAt } of await listAbsences(work.tx, { states: ['running'] })) {
    if (person === back || endsAt <= work.now) continue;
    const absence = await lockAbsence(work.tx, id);
    if (absence?.state === 'running') await handOver(work, absence, 'all');
  }
}

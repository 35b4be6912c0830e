import type { Colleague } from '../../access/records.ts';
import type { Ask, Events } from '../../chat/feature.ts';
import { systemActor } from '../../chat/create-system-ask.ts';
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
export async function handOver(ask: Ask, absence: Absence, what: 'all' | 'without-escalations'): Promise<void> {
  handing.add(ask.tx);
  try {
    // At midnight the night's duty answers for what burns; the day's list is for who has the duty in the morning.
    const morning = atLocalTime(localDate(ask.now, absence.zone), usualMorning, absence.zone);
    const byDay = await listCovers(ask, absence, ask.now < morning ? morning : ask.now);
    const items: NewItem[] = [
      ...(await handOverFollowUps(ask, absence, byDay)),
      ...(await handOverReferrals(ask, absence, byDay)),
      ...(what === 'all' ? await handOverEscalations(ask, absence, await listCovers(ask, absence, ask.now)) : []),
    ];
    await insertItems(ask.tx, absence.id, absence.person, items, ask.now);
    await tellCovers(ask, absence, items);
  } finally {
    handing.delete(ask.tx);
  }
}

async function handOverFollowUps(ask: Ask, absence: Absence, covers: readonly Colleague[]): Promise<NewItem[]> {
  const { person, endsOn, backOn } = absence;
  const open = await listStandings(ask.tx, { owner: person, until: endsOn });
  const waiting = open.filter((one) => !cannotWait(one)).map((one) => ({ ...one, to: backOn }));
  await moveFollowUps(ask, waiting, 'owner-away');
  const items: NewItem[] = waiting.map(({ id, client, dueOn }) => ({
    ...{ kind: 'follow-up', subject: id, act: 'moved', client, dayBefore: dueOn, dayAfter: backOn },
  }));
  for (const one of open.filter(cannotWait)) {
    const cover = chooseCover(covers, 'follow-up.change', one)?.id;
    if (cover === undefined) continue;
    await passFollowUps(ask, [one], cover, 'follow-up.cover');
    items.push({ kind: 'follow-up', subject: one.id, act: 'covered', client: one.client, cover, dayBefore: one.dueOn });
  }
  return items;
}

async function handOverReferrals(ask: Ask, absence: Absence, covers: readonly Colleague[]): Promise<NewItem[]> {
  const { person, endsOn: until, zone } = absence;
  const cover = chooseCover(covers, 'referral.answer', undefined)?.id;
  const items: NewItem[] = [];
  for (const { id, client, side } of await listUrgentReferrals(ask, { person, until, zone })) {
    if (cover === undefined) break;
    await passReferral(ask, id, { from: person, to: cover, side, step: 'cover' });
    items.push({ kind: 'referral', subject: id, act: 'covered', client, cover, side });
  }
  return items;
}

async function handOverEscalations(ask: Ask, absence: Absence, covers: readonly Colleague[]): Promise<NewItem[]> {
  const cover = chooseCover(covers, 'escalation.answer', undefined)?.id;
  const items: NewItem[] = [];
  for (const { id, client } of await listHeldEscalations(ask, absence.person)) {
    if (cover === undefined) break;
    const passed = await passEscalation(ask, id, { from: absence.person, to: cover, reason: 'cover' });
    if (passed) items.push({ kind: 'escalation', subject: id, act: 'covered', client, cover });
  }
  return items;
}

/**
 * One card a cover, in place of their earlier one. During the day it comes at once, as what it is about cannot wait; an
 * absence that begins at midnight wakes nobody, but for escalations, which tell by themselves.
 */
async function tellCovers(ask: Ask, absence: Absence, items: readonly NewItem[]): Promise<void> {
  const series = `absence:${absence.id}:cover`;
  // By the first thing of each: several may come in one moment.
  const firsts = new Map([...items].reverse().map(({ cover, subject }) => [cover, subject]));
  for (const [cover, first] of firsts) {
    if (cover === undefined) continue;
    const subject = `${absence.id}/${cover}`;
    await ask.post({
      key: `${series}:${cover}:${first}:${ask.now.toISOString()}`,
      to: { person: cover },
      kind: coverCardKind,
      subject,
      priority: 'answer',
      series: `${series}:${cover}`,
      atOnce: ask.actor.person !== systemActor,
    });
    await ask.refresh(coverCardKind, subject);
  }
}

/**
 * Something became due, also for somebody who is away: what cannot wait does not wait for them either. What a cover has
 * done goes from their card.
 */
export async function coverWhatCame(ask: Ask, { people }: Events['due.changed']): Promise<void> {
  const { running, covers } = await findConcerned(ask.tx, people, ask.now);
  for (const subject of covers) await ask.refresh(coverCardKind, subject);
  if (handing.has(ask.tx)) return;
  if (running.length > 0) await lockComingAndGoing(ask.tx);
  for (const id of running) {
    const absence = await lockAbsence(ask.tx, id);
    // An escalation finds its next one by its ladder, which passes over who is away.
    if (absence?.state === 'running') await handOver(ask, absence, 'without-escalations');
  }
}

/** Somebody works again: what colleagues who are away still have, because nobody could be named, finds its cover now. */
export async function coverOthers(ask: Ask, back: string): Promise<void> {
  for (const { id, person, endsAt } of await listAbsences(ask.tx, { states: ['running'] })) {
    if (person === back || endsAt <= ask.now) continue;
    const absence = await lockAbsence(ask.tx, id);
    if (absence?.state === 'running') await handOver(ask, absence, 'all');
  }
}

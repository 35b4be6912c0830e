import type { Work } from '../../feature/feature.ts';
import { localDate } from '../../calendar/zones.ts';
import { withdrawCovers } from '../duty/cover-absence.ts';
import { listEscalationStandings, passEscalation } from '../escalations/hand-over.ts';
import { listStandings, moveFollowUps, passFollowUps, type StandingFollowUp } from '../follow-ups/pass-on.ts';
import { listReferralStandings, passReferral } from '../referrals/pass-on.ts';
import { coverCardKind } from './card-kinds.ts';
import { listItems, moveCovers, settleItems, type Item } from './item-records.ts';
import type { Absence } from './records.ts';
import { settle, type Standing } from './rules.ts';

type Settled = Parameters<typeof settleItems>[1][number];
const returned = ({ id }: Item): Settled => ({ id, state: 'returned' });
const stays = ({ id }: Item, reason: string): Settled => ({ id, state: 'stays', reason });

/**
 * Somebody works again: what was handed over is theirs again, but for what the cover has begun. `days`: what was moved
 * goes back to the day it had (`before`), to no earlier than today (`today`), or is where it should be (`keep`).
 */
export async function takeBack(work: Work, absence: Absence, days: 'before' | 'today' | 'keep'): Promise<void> {
  const open = (await listItems(work.tx, absence.id)).filter(({ state }) => state === 'open');
  const of = (kind: Item['kind'], act: Item['act']): Item[] =>
    open.filter((item) => item.kind === kind && item.act === act);
  const asked = of('duty', 'asked');
  const settled = [
    ...(await takeBackFollowUps(work, absence, of('follow-up', 'covered'))),
    ...(await moveBack(work, absence, of('follow-up', 'moved'), days)),
    ...(await takeBackReferrals(work, absence, of('referral', 'covered'))),
    ...(await takeBackEscalations(work, absence, of('escalation', 'covered'))),
    ...asked.map(returned),
  ];
  await withdrawCovers(
    work,
    asked.map(({ subject }) => subject),
  );
  await settleItems(work.tx, settled, work.now);
  const back = new Set(settled.filter(({ state }) => state === 'returned').map(({ id }) => id));
  const moves = open.flatMap(({ id, subject, cover: from }) =>
    from === undefined || !back.has(id) ? [] : [{ subject, from, to: absence.person }],
  );
  await moveCovers(work.tx, moves);
  for (const cover of new Set(open.flatMap(({ cover: who = [] }) => who))) {
    await work.refresh(coverCardKind, `${absence.id}/${cover}`);
  }
}

/** Whose a covered thing is now. */
function judge(absence: Absence, item: Item, standing: Standing | undefined): Settled {
  if (standing === undefined) return stays(item, 'done');
  const given = { owner: absence.person, cover: item.cover ?? '', at: item.at };
  const decision = settle(given, standing);
  if (decision.is === 'returns') return returned(item);
  return { ...stays(item, decision.reason), ...(standing.holder === undefined ? {} : { holder: standing.holder }) };
}

const idsOf = (items: readonly Item[]): string[] => items.map(({ subject }) => subject);
const byId = <T extends { readonly id: string }>(list: readonly T[]): ReadonlyMap<string, T> =>
  new Map(list.map((one) => [one.id, one]));

async function takeBackFollowUps(work: Work, absence: Absence, items: readonly Item[]): Promise<Settled[]> {
  const found = byId(await listStandings(work.tx, { ids: idsOf(items) }));
  const back: StandingFollowUp[] = [];
  const settled = items.map((item) => {
    const now = found.get(item.subject);
    const standing = now && {
      over: now.state !== 'open',
      holder: now.owner,
      taken: now.dueOn !== item.dayBefore,
      acts: [],
    };
    const judged = judge(absence, item, standing);
    if (judged.state === 'returned' && now !== undefined) back.push(now);
    return judged;
  });
  await passFollowUps(work, back, absence.person, 'follow-up.return');
  return settled;
}

async function moveBack(
  work: Work,
  absence: Absence,
  items: readonly Item[],
  days: 'before' | 'today' | 'keep',
): Promise<Settled[]> {
  const today = localDate(work.now, absence.zone);
  const found = byId(await listStandings(work.tx, { ids: idsOf(items) }));
  const moves: (StandingFollowUp & { to: string })[] = [];
  const settled = items.map((item) => {
    const now = found.get(item.subject);
    if (now?.state !== 'open') return stays(item, 'done');
    if (now.owner !== absence.person) return stays(item, 'handed-on');
    if (now.dueOn !== item.dayAfter) return stays(item, 'begun');
    const before = item.dayBefore ?? today;
    const to = days === 'before' || before > today ? before : today;
    if (days !== 'keep') moves.push({ ...now, to });
    return returned(item);
  });
  await moveFollowUps(work, moves, 'owner-back');
  return settled;
}

async function takeBackReferrals(work: Work, absence: Absence, items: readonly Item[]): Promise<Settled[]> {
  const found = byId(await listReferralStandings(work, idsOf(items)));
  const settled: Settled[] = [];
  for (const item of items) {
    const now = found.get(item.subject);
    const { side = 'both', cover = '' } = item;
    const sides = now && [
      ...(side === 'receiver' ? [] : [now.requester]),
      ...(side === 'requester' ? [] : [now.receiver]),
    ];
    const holder = sides?.every((one) => one === sides[0]) === true ? sides[0] : undefined;
    const judged = judge(absence, item, now && { over: now.closed, holder, taken: false, acts: now.acts });
    if (judged.state === 'returned') {
      await passReferral(work, item.subject, { from: cover, to: absence.person, side, step: 'return' });
    }
    settled.push(judged);
  }
  return settled;
}

async function takeBackEscalations(work: Work, absence: Absence, items: readonly Item[]): Promise<Settled[]> {
  const found = byId(await listEscalationStandings(work, idsOf(items)));
  const settled: Settled[] = [];
  for (const item of items) {
    const now = found.get(item.subject);
    const standing = now && { over: now.state === 'resolved', holder: now.owner, taken: now.taken, acts: now.acts };
    const judged = judge(absence, item, standing);
    if (judged.state === 'returned') {
      await passEscalation(work, item.subject, { from: item.cover ?? '', to: absence.person, reason: 'returned' });
    }
    settled.push(judged);
  }
  return settled;
}

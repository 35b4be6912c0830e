import { sayRecorded } from '../../access/say-doer.ts';
import { isSelf, personOf } from '../../access/actor.ts';
import { allows } from '../../access/policy.ts';
import { findAway } from '../../access/find-away.ts';
import { findColleague } from '../../access/records.ts';
import type { Button, Card } from '../../chat/card.ts';
import type { Work } from '../../feature/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { coverCard, gapsCard, ownCard, rotaCard, shiftCard } from './cards.ts';
import { listSilent } from './monthly-check.ts';
import { readRota, type Rota } from './read-rota.ts';
import { findCover, findDutyTeam, findGapHolder, findPlannedChange, type Cover } from './records.ts';
import { gapHorizonDays } from './rules.ts';

const day = 24 * 3_600_000;

/** The rota of the coming week. Refuses a team that is not there. */
export async function readWeek(work: Pick<Work, 'tx' | 'now'>, team: string): Promise<Rota> {
  const rota = await readRota(work.tx, team, work.now, new Date(work.now.getTime() + gapHorizonDays * day));
  if (rota === undefined) throw new Refusal('invalid-value', 'I do not know a team of that name here.');
  return rota;
}

/** Who is on now, next and this week; what this reader can do about it. */
export async function drawRota(work: Work, team: string): Promise<Card> {
  const rota = await readWeek(work, team === '' ? work.actor.team : team);
  const { id, zone } = rota.team;
  const holder = await findGapHolder(work.tx, id, work.now);
  const mine = rota.stretches.some(({ person }) => isSelf(work.actor, person));
  const buttons: Button[] = [
    ...(mine ? [{ action: 'duty.ask-cover', label: 'Ask for cover', subject: id, opensForm: true }] : []),
    ...(allows(work.actor, 'duty.plan', 'organisation')
      ? [{ action: 'duty.plan', label: 'Plan', subject: id, opensForm: true }]
      : []),
  ];
  const name = holder === undefined ? undefined : (await findColleague(work.tx, holder))?.name;
  return rotaCard(rota, { now: work.now, zone }, { holder: name, buttons, silent: await listSilent(work, id) });
}

export async function drawCover(work: Work, id: string): Promise<Card> {
  const cover = await findCover(work.tx, id);
  const team = cover === undefined ? undefined : await findDutyTeam(work.tx, cover.team);
  if (cover === undefined || team === undefined) throw new Refusal('unknown-button', 'That request is no longer here.');
  const reader = work.audience === 'person' ? personOf(work.actor) : undefined;
  return coverCard(cover, { now: work.now, zone: team.zone }, reader, await findStandIn(work, cover));
}

/** Who has the shift meanwhile, where who asks for cover is away then. */
async function findStandIn(work: Work, cover: Cover): Promise<string | undefined> {
  const at = cover.startsAt > work.now ? cover.startsAt : work.now;
  if (!(await findAway(work.tx, [cover.askedBy], at)).has(cover.askedBy)) return undefined;
  const holder = await findGapHolder(work.tx, cover.team, at);
  return holder === undefined ? undefined : (await findColleague(work.tx, holder))?.name;
}

export async function drawShift(work: Work, id: string): Promise<Card> {
  const change = await findPlannedChange(work.tx, id);
  if (change === undefined) throw new Refusal('unknown-button', 'That change of the rota is no longer here.');
  const mine = isSelf(work.actor, change.person);
  return shiftCard(
    id,
    { ...change, team: change.teamName, holder: change.personName, mine, by: sayRecorded(change.by, change.byName) },
    { now: work.now, zone: change.zone },
  );
}

/** The reader's own stretches of the coming two weeks. */
export async function drawOwn(work: Work, team: string): Promise<Card> {
  const rota = await readRota(work.tx, team, work.now, new Date(work.now.getTime() + 2 * gapHorizonDays * day));
  if (rota === undefined) throw new Refusal('invalid-value', 'I do not know a team of that name here.');
  const own = rota.stretches.filter(({ person }) => isSelf(work.actor, person));
  return ownCard(rota.team, own, { now: work.now, zone: rota.team.zone });
}

export async function drawGaps(work: Work, team: string): Promise<Card> {
  const rota = await readWeek(work, team);
  return gapsCard(rota, { now: work.now, zone: rota.team.zone });
}

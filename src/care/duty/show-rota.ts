import { allows } from '../../access/policy.ts';
import { findAway } from '../../access/find-away.ts';
import { findColleague } from '../../access/records.ts';
import type { Button, Card } from '../../chat/card.ts';
import type { Ask } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { coverCard, gapsCard, ownCard, rotaCard, shiftCard } from './cards.ts';
import { listSilent } from './monthly-check.ts';
import { readRota, type Rota } from './read-rota.ts';
import { findCover, findDutyTeam, findGapHolder, findPlannedChange, type Cover } from './records.ts';
import { gapHorizonDays } from './rules.ts';

const day = 24 * 3_600_000;

/** The rota of the coming week. Refuses a team that is not there. */
export async function readWeek(ask: Pick<Ask, 'tx' | 'now'>, team: string): Promise<Rota> {
  const rota = await readRota(ask.tx, team, ask.now, new Date(ask.now.getTime() + gapHorizonDays * day));
  if (rota === undefined) throw new Refusal('invalid-value', 'I do not know a team of that name here.');
  return rota;
}

/** Who is on now, next and this week; what this reader can do about it. */
export async function drawRota(ask: Ask, team: string): Promise<Card> {
  const rota = await readWeek(ask, team === '' ? ask.actor.team : team);
  const { id, zone } = rota.team;
  const holder = await findGapHolder(ask.tx, id, ask.now);
  const mine = rota.stretches.some(({ person }) => person === ask.actor.person);
  const buttons: Button[] = [
    ...(mine ? [{ action: 'duty.ask-cover', label: 'Ask for cover', subject: id, opensForm: true }] : []),
    ...(allows(ask.actor, 'duty.plan', 'organisation')
      ? [{ action: 'duty.plan', label: 'Plan', subject: id, opensForm: true }]
      : []),
  ];
  const name = holder === undefined ? undefined : (await findColleague(ask.tx, holder))?.name;
  return rotaCard(rota, { now: ask.now, zone }, { holder: name, buttons, silent: await listSilent(ask, id) });
}

export async function drawCover(ask: Ask, id: string): Promise<Card> {
  const cover = await findCover(ask.tx, id);
  const team = cover === undefined ? undefined : await findDutyTeam(ask.tx, cover.team);
  if (cover === undefined || team === undefined) throw new Refusal('unknown-button', 'That request is no longer here.');
  const reader = ask.audience === 'person' ? ask.actor.person : undefined;
  return coverCard(cover, { now: ask.now, zone: team.zone }, reader, await findStandIn(ask, cover));
}

/** Who has the shift meanwhile, where who asks for cover is away then. */
async function findStandIn(ask: Ask, cover: Cover): Promise<string | undefined> {
  const at = cover.startsAt > ask.now ? cover.startsAt : ask.now;
  if (!(await findAway(ask.tx, [cover.askedBy], at)).has(cover.askedBy)) return undefined;
  const holder = await findGapHolder(ask.tx, cover.team, at);
  return holder === undefined ? undefined : (await findColleague(ask.tx, holder))?.name;
}

export async function drawShift(ask: Ask, id: string): Promise<Card> {
  const change = await findPlannedChange(ask.tx, id);
  if (change === undefined) throw new Refusal('unknown-button', 'That change of the rota is no longer here.');
  const mine = change.person === ask.actor.person;
  return shiftCard(
    id,
    { ...change, team: change.teamName, holder: change.personName, mine, by: change.byName },
    { now: ask.now, zone: change.zone },
  );
}

/** The reader's own stretches of the coming two weeks. */
export async function drawOwn(ask: Ask, team: string): Promise<Card> {
  const rota = await readRota(ask.tx, team, ask.now, new Date(ask.now.getTime() + 2 * gapHorizonDays * day));
  if (rota === undefined) throw new Refusal('invalid-value', 'I do not know a team of that name here.');
  const own = rota.stretches.filter(({ person }) => person === ask.actor.person);
  return ownCard(rota.team, own, { now: ask.now, zone: rota.team.zone });
}

export async function drawGaps(ask: Ask, team: string): Promise<Card> {
  const rota = await readWeek(ask, team);
  return gapsCard(rota, { now: ask.now, zone: rota.team.zone });
}

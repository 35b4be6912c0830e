import { allows } from '../../access/policy.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Ask } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { coverCardKind } from './cards.ts';
import { writePlanned } from './plan-shift.ts';
import { readRota } from './read-rota.ts';
import { endCover, findCover, hasOpenCover, insertCover, type Cover } from './records.ts';
import type { Stretch } from './rules.ts';

const day = 24 * 3_600_000;
/** How far ahead somebody can ask for cover. */
const horizonDays = 28;

/** What of a team's duty is the asker's own, now and in the coming weeks. */
export async function listOwnShifts(ask: Ask, team: string): Promise<readonly Stretch[]> {
  const rota = await readRota(ask.tx, team, ask.now, new Date(ask.now.getTime() + horizonDays * day));
  return (rota?.stretches ?? []).filter(({ person }) => person === ask.actor.person);
}

/** Asks in the team's places; until somebody takes it, the asker has the duty. */
export async function askCover(ask: Ask, team: string, start: string): Promise<Cover> {
  const { tx, actor, now } = ask;
  const shift = (await listOwnShifts(ask, team)).find(({ startsAt }) => startsAt.toISOString() === start);
  if (shift === undefined) {
    const sentence = 'That shift is not yours any more. Please look at the rota again.';
    throw new Refusal('changed-meanwhile', sentence, { fields: { shift: sentence } });
  }
  const { startsAt, endsAt } = shift;
  if (await hasOpenCover(tx, { team, person: actor.person, startsAt, endsAt })) {
    const sentence = 'You have asked for that already. It stands in the team’s channel.';
    throw new Refusal('already-done', sentence, { fields: { shift: sentence } });
  }
  const id = await insertCover(tx, { team, by: actor.person, startsAt, endsAt, now });
  await record(ask, id, 'duty.cover-asked', { team, from: startsAt.toISOString(), to: endsAt.toISOString() });
  await ask.post({ key: `cover:${id}`, to: { team }, kind: coverCardKind, subject: id, priority: 'answer' });
  return get(ask, id);
}

/** The first who volunteers has it. */
export async function takeCover(ask: Ask, id: string): Promise<void> {
  const cover = await findOpen(ask, id);
  if (!allows(ask.actor, 'escalation.answer', 'organisation')) {
    throw new Refusal('not-allowed', 'Only the care team can take a duty.', { denial: true });
  }
  if (!allows(ask.actor, 'duty.cover', ask.actor.team === cover.team ? 'team' : 'organisation')) {
    const sentence = 'Only that team’s own people take its duty by themselves. A supervisor can plan you in.';
    throw new Refusal('not-allowed', sentence, { denial: true });
  }
  if (cover.askedBy === ask.actor.person) {
    throw new Refusal('invalid-value', 'This is your own request. A colleague can take it, or you withdraw it.');
  }
  if (!(await endCover(ask.tx, id, ask.actor.person))) throw await tooLate(ask, id);
  // What has passed of it already was the asker's.
  const startsAt = cover.startsAt > ask.now ? cover.startsAt : ask.now;
  await writePlanned(ask, { team: cover.team, person: ask.actor.person, startsAt, endsAt: cover.endsAt }, 'cover');
  await ask.refresh(coverCardKind, id);
}

export async function withdrawCover(ask: Ask, id: string): Promise<void> {
  const cover = await findOpen(ask, id);
  if (cover.askedBy !== ask.actor.person && !allows(ask.actor, 'duty.plan', 'organisation')) {
    throw new Refusal('not-allowed', 'Only who asked, or a supervisor, can withdraw this.', { denial: true });
  }
  if (!(await endCover(ask.tx, id, undefined))) throw await tooLate(ask, id);
  await record(ask, id, 'duty.cover-withdrawn', { team: cover.team });
  await ask.refresh(coverCardKind, id);
}

async function get(ask: Ask, id: string): Promise<Cover> {
  const cover = await findCover(ask.tx, id);
  if (cover === undefined) throw new Refusal('unknown-button', 'That request is no longer here.', { denial: true });
  return cover;
}

async function findOpen(ask: Ask, id: string): Promise<Cover> {
  const cover = await get(ask, id);
  if (cover.state !== 'open') throw await tooLate(ask, id);
  if (cover.endsAt <= ask.now) throw new Refusal('already-done', 'That shift is over.');
  return cover;
}

async function tooLate(ask: Ask, id: string): Promise<Refusal> {
  const cover = await get(ask, id);
  return cover.state === 'taken'
    ? new Refusal('changed-meanwhile', `${cover.takenByName ?? 'A colleague'} was first and covers this. Thank you.`)
    : new Refusal('changed-meanwhile', 'This was withdrawn. Nothing is needed any more.');
}

const record = (ask: Ask, id: string, verb: string, detail: Readonly<Record<string, string>>): Promise<void> =>
  recordEvent(ask.tx, {
    actor: ask.actor.person,
    verb,
    subjectKind: 'duty-cover',
    subjectId: id,
    detail,
    at: ask.now,
  });

import { isSelf, requirePerson } from '../../access/actor.ts';
import { allows } from '../../access/policy.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Work } from '../../feature/feature.ts';
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
export async function listOwnShifts(work: Work, team: string): Promise<readonly Stretch[]> {
  const rota = await readRota(work.tx, team, work.now, new Date(work.now.getTime() + horizonDays * day));
  return (rota?.stretches ?? []).filter(({ person }) => isSelf(work.actor, person));
}

/** Asks in the team's places; until somebody takes it, the asker has the duty. */
export async function askCover(work: Work, team: string, start: string): Promise<Cover> {
  const { tx, actor, now } = work;
  const shift = (await listOwnShifts(work, team)).find(({ startsAt }) => startsAt.toISOString() === start);
  if (shift === undefined) {
    const sentence = 'That shift is not yours any more. Please look at the rota again.';
    throw new Refusal('changed-meanwhile', sentence, { fields: { shift: sentence } });
  }
  const { startsAt, endsAt } = shift;
  if (await hasOpenCover(tx, { team, person: requirePerson(actor).person, startsAt, endsAt })) {
    const sentence = 'You have asked for that already. It stands in the team’s channel.';
    throw new Refusal('already-done', sentence, { fields: { shift: sentence } });
  }
  const id = await insertCover(tx, { team, by: requirePerson(actor).person, startsAt, endsAt, now });
  await record(work, id, 'duty.cover-asked', { team, from: startsAt.toISOString(), to: endsAt.toISOString() });
  await work.post({ key: `cover:${id}`, to: { team }, kind: coverCardKind, subject: id, priority: 'answer' });
  return get(work, id);
}

/** The first who volunteers has it. */
export async function takeCover(work: Work, id: string): Promise<void> {
  const cover = await findOpen(work, id);
  if (!allows(work.actor, 'escalation.answer', 'organisation')) {
    throw new Refusal('not-allowed', 'Only the care team can take a duty.', { denial: true });
  }
  if (!allows(work.actor, 'duty.cover', work.actor.team === cover.team ? 'team' : 'organisation')) {
    const sentence = 'Only that team’s own people take its duty by themselves. A supervisor can plan you in.';
    throw new Refusal('not-allowed', sentence, { denial: true });
  }
  if (isSelf(work.actor, cover.askedBy)) {
    throw new Refusal('invalid-value', 'This is your own request. A colleague can take it, or you withdraw it.');
  }
  if (!(await endCover(work.tx, id, requirePerson(work.actor).person))) throw await tooLate(work, id);
  // What has passed of it already was the asker's.
  const startsAt = cover.startsAt > work.now ? cover.startsAt : work.now;
  await writePlanned(
    work,
    { team: cover.team, person: requirePerson(work.actor).person, startsAt, endsAt: cover.endsAt },
    'cover',
  );
  await work.refresh(coverCardKind, id);
}

export async function withdrawCover(work: Work, id: string): Promise<void> {
  const cover = await findOpen(work, id);
  if (!isSelf(work.actor, cover.askedBy) && !allows(work.actor, 'duty.plan', 'organisation')) {
    throw new Refusal('not-allowed', 'Only who asked, or a supervisor, can withdraw this.', { denial: true });
  }
  if (!(await endCover(work.tx, id, undefined))) throw await tooLate(work, id);
  await record(work, id, 'duty.cover-withdrawn', { team: cover.team });
  await work.refresh(coverCardKind, id);
}

async function get(work: Work, id: string): Promise<Cover> {
  const cover = await findCover(work.tx, id);
  if (cover === undefined) throw new Refusal('unknown-button', 'That request is no longer here.', { denial: true });
  return cover;
}

async function findOpen(work: Work, id: string): Promise<Cover> {
  const cover = await get(work, id);
  if (cover.state !== 'open') throw await tooLate(work, id);
  if (cover.endsAt <= work.now) throw new Refusal('already-done', 'That shift is over.');
  return cover;
}

async function tooLate(work: Work, id: string): Promise<Refusal> {
  const cover = await get(work, id);
  return cover.state === 'taken'
    ? new Refusal('changed-meanwhile', `${cover.takenByName ?? 'A colleague'} was first and covers this. Thank you.`)
    : new Refusal('changed-meanwhile', 'This was withdrawn. Nothing is needed any more.');
}

const record = (work: Work, id: string, verb: string, detail: Readonly<Record<string, string>>): Promise<void> =>
  recordEvent(work.tx, {
    actor: work.actor,
    verb,
    subjectKind: 'duty-cover',
    subjectId: id,
    detail,
    at: work.now,
  });

import { recordEvent } from '../../audit/record-event.ts';
import type { Ask } from '../../chat/feature.ts';
import { hasFolded } from '../deliveries/say-folded.ts';
import { personCardKind, teamCardKind, teamLineKind } from './cards.ts';
import { findQuietSince, findTeamPlan, saveQuietSince, type DigestOwner } from './records.ts';
import { countAll } from './arrange.ts';
import { digestSeries } from './rules.ts';
import { readPersonalStart, startTeam, type DigestStart } from './start-digest.ts';

interface Turn {
  readonly owner: string;
  readonly localDate: string;
}

/** A person's digest of a local date; on a day they do not work there is none. */
export async function makePersonDigest(ask: Ask, { owner, localDate }: Turn): Promise<void> {
  if (!ask.reading.isWorkingDay(localDate)) return;
  const digest = await readPersonalStart(ask, owner, ask.actor.zone);
  const news = await isNews(ask, { kind: 'person', id: owner }, digest, localDate);
  if (news || (await hasFolded(ask, owner))) {
    await postToPerson(ask, owner, localDate, 'digest');
  } else {
    await ask.refresh(personCardKind, owner);
  }
}

/** The same for every place of a team. */
export async function makeTeamDigest(ask: Ask, { owner, localDate }: Turn): Promise<void> {
  if (!ask.reading.isWorkingDay(localDate)) return;
  if (!(await isNews(ask, { kind: 'team', id: owner }, await startTeam(ask, owner), localDate))) {
    for (const kind of [teamCardKind, teamLineKind]) await ask.refresh(kind, owner);
    return;
  }
  const series = digestSeries('team', owner);
  const key = `${series}:${localDate}`;
  const post = { to: { team: owner }, subject: owner, priority: 'digest' } as const;
  const place = (await findTeamPlan(ask.tx, owner)).in;
  await ask.post({ ...post, key, kind: place === 'thread' ? teamLineKind : teamCardKind, series });
  // It goes when its line goes, so it is in no series of its own.
  if (place === 'thread') await ask.post({ ...post, key: `${key}:list`, kind: teamCardKind, under: key });
}

/**
 * False when nothing waits and the last digest said so already: the message that is there is only drawn again, without
 * a sound, and home says the same.
 */
async function isNews(ask: Ask, owner: DigestOwner, { counts }: DigestStart, localDate: string): Promise<boolean> {
  const since = await findQuietSince(ask.tx, owner);
  const waits = countAll(counts) > 0;
  if (waits && since !== undefined) await saveQuietSince(ask.tx, owner, undefined);
  if (!waits && since === undefined) await saveQuietSince(ask.tx, owner, localDate);
  return waits || since === undefined;
}

/** Whoever asks has theirs now, in place of today's. */
export async function makeDigestNow(ask: Ask): Promise<void> {
  const { person } = ask.actor;
  await postToPerson(ask, person, ask.now.toISOString(), 'answer');
  await recordEvent(ask.tx, {
    actor: person,
    verb: 'digest.ask',
    subjectKind: 'person',
    subjectId: person,
    at: ask.now,
  });
}

async function postToPerson(ask: Ask, person: string, when: string, priority: 'digest' | 'answer'): Promise<void> {
  const series = digestSeries('person', person);
  await ask.post({
    key: `${series}:${when}`,
    to: { person },
    kind: personCardKind,
    subject: person,
    priority,
    series,
  });
}

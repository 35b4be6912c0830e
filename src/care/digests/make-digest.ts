import { requirePerson } from '../../access/actor.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Work } from '../../feature/feature.ts';
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
export async function makePersonDigest(work: Work, { owner, localDate }: Turn): Promise<void> {
  if (!work.reading.isWorkingDay(localDate)) return;
  const digest = await readPersonalStart(work, owner, work.actor.zone);
  const news = await isNews(work, { kind: 'person', id: owner }, digest, localDate);
  if (news || (await hasFolded(work, owner))) {
    await postToPerson(work, owner, localDate, 'digest');
  } else {
    await work.refresh(personCardKind, owner);
  }
}

/** The same for every place of a team. */
export async function makeTeamDigest(work: Work, { owner, localDate }: Turn): Promise<void> {
  if (!work.reading.isWorkingDay(localDate)) return;
  if (!(await isNews(work, { kind: 'team', id: owner }, await startTeam(work, owner), localDate))) {
    for (const kind of [teamCardKind, teamLineKind]) await work.refresh(kind, owner);
    return;
  }
  const series = digestSeries('team', owner);
  const key = `${series}:${localDate}`;
  const post = { to: { team: owner }, subject: owner, priority: 'digest' } as const;
  const place = (await findTeamPlan(work.tx, owner)).in;
  await work.post({ ...post, key, kind: place === 'thread' ? teamLineKind : teamCardKind, series });
  // It goes when its line goes, so it is in no series of its own.
  if (place === 'thread') await work.post({ ...post, key: `${key}:list`, kind: teamCardKind, under: key });
}

/**
 * False when nothing waits and the last digest said so already: the message that is there is only drawn again, without
 * a sound, and home says the same.
 */
async function isNews(work: Work, owner: DigestOwner, { counts }: DigestStart, localDate: string): Promise<boolean> {
  const since = await findQuietSince(work.tx, owner);
  const waits = countAll(counts) > 0;
  if (waits && since !== undefined) await saveQuietSince(work.tx, owner, undefined);
  if (!waits && since === undefined) await saveQuietSince(work.tx, owner, localDate);
  return waits || since === undefined;
}

/** Whoever asks has theirs now, in place of today's. */
export async function makeDigestNow(work: Work): Promise<void> {
  const { person } = requirePerson(work.actor);
  await postToPerson(work, person, work.now.toISOString(), 'answer');
  await recordEvent(work.tx, {
    actor: work.actor,
    verb: 'digest.ask',
    subjectKind: 'person',
    subjectId: person,
    at: work.now,
  });
}

async function postToPerson(work: Work, person: string, when: string, priority: 'digest' | 'answer'): Promise<void> {
  const series = digestSeries('person', person);
  await work.post({
    key: `${series}:${when}`,
    to: { person },
    kind: personCardKind,
    subject: person,
    priority,
    series,
  });
}

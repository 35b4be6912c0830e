import { recordEvent } from '../../audit/record-event.ts';
import type { Ask } from '../../chat/feature.ts';
import { hasFolded } from '../deliveries/say-folded.ts';
import { personCardKind, teamCardKind } from './cards.ts';
import { findQuietSince, saveQuietSince, type DigestOwner } from './records.ts';
import { countAll, digestSeries } from './rules.ts';
import { readPersonal, viewTeam, type Digest } from './view-digest.ts';

interface Turn {
  readonly owner: string;
  readonly localDate: string;
}

/** A person's digest of a local date; on a day they do not work there is none. */
export async function makePersonDigest(ask: Ask, { owner, localDate }: Turn): Promise<void> {
  if (!ask.reading.isWorkingDay(localDate)) return;
  const digest = await readPersonal(ask, owner, ask.actor.zone);
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
  if (!(await isNews(ask, { kind: 'team', id: owner }, await viewTeam(ask, owner), localDate))) {
    await ask.refresh(teamCardKind, owner);
    return;
  }
  const series = digestSeries('team', owner);
  await ask.post({
    key: `${series}:${localDate}`,
    to: { team: owner },
    kind: teamCardKind,
    subject: owner,
    priority: 'digest',
    series,
  });
}

/**
 * False when nothing waits and the last digest said so already: the message that is there is only drawn again, without
 * a sound, and home says the same.
 */
async function isNews(ask: Ask, owner: DigestOwner, { sections }: Digest, localDate: string): Promise<boolean> {
  const since = await findQuietSince(ask.tx, owner);
  const waits = countAll(sections) > 0;
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

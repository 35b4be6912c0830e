import { recordEvent } from '../../audit/record-event.ts';
import type { Ask } from '../../chat/feature.ts';
import { personCardKind, teamCardKind } from './cards.ts';
import { digestSeries } from './rules.ts';

interface Turn {
  readonly owner: string;
  readonly localDate: string;
}

/** A person's digest of a local date; on a day they do not work there is none. */
export async function makePersonDigest(ask: Ask, { owner, localDate }: Turn): Promise<void> {
  if (!ask.reading.isWorkingDay(localDate)) return;
  await postToPerson(ask, owner, localDate, 'digest');
}

/** The same for every place of a team. */
export async function makeTeamDigest(ask: Ask, { owner, localDate }: Turn): Promise<void> {
  if (!ask.reading.isWorkingDay(localDate)) return;
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

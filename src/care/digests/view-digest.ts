import { listWorkingTimes } from '../../access/working-times.ts';
import type { Work, ClientMark } from '../../feature/feature.ts';
import type { DueItem } from '../../feature/due.ts';
import { localDate } from '../../calendar/zones.ts';
import { moveToWorkDay, type OnWorkDay } from '../follow-ups/work-days.ts';
import { findPersonalScope, findTeamScope, type OfTeam, type Scope } from './find-scope.ts';
import { lookAhead } from './look-ahead.ts';
import { arrange, needing, nextOf, type Sections } from './arrange.ts';

/** A due thing, on a day on which its owner works. */
export type DigestItem = OnWorkDay<DueItem>;

/** Everything that is due, as it stands now, with the local date it was read on: what `Show all` opens. */
export interface Digest {
  readonly today: string;
  readonly sections: Sections<DigestItem>;
  /** What is open about the clients of these, to be said in their rows. */
  readonly marks: ReadonlyMap<string, ClientMark>;
  /** When nothing needs anybody today: the next day on which something does. */
  readonly next: string | undefined;
}
export type TeamDigest = Digest & OfTeam;

/** All of one person's things. */
export async function viewPersonal(work: Work, person: string): Promise<Digest> {
  return readDigest(work, await findPersonalScope(work, person));
}

/** All things of a team's clients. */
export async function viewTeam(work: Work, id: string): Promise<TeamDigest> {
  const { scope, of } = await findTeamScope(work, id);
  return { ...(await readDigest(work, scope)), ...of };
}

async function readDigest(work: Work, { zone, people, team }: Scope): Promise<Digest> {
  const today = localDate(work.now, zone);
  const calendars = await listWorkingTimes(work.tx, people);
  const { sections, next } = await lookAhead(today, async (until) => {
    const { items: found } = await work.due({ people, until, ...(team === undefined ? {} : { team }) });
    const arranged = arrange(
      found.map((item) => moveToWorkDay(item, calendars.get(item.owner))),
      today,
    );
    return { sections: arranged, needing: needing(arranged).length, next: nextOf(arranged) };
  });
  const all: readonly DigestItem[] = Object.values(sections).flat();
  const clients = all.map(({ client }) => client);
  return { today, sections, next, marks: await work.marks([...new Set(clients)]) };
}

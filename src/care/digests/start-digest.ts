import { listWorkingTimes } from '../../access/working-times.ts';
import type { Work, ClientMark } from '../../feature/feature.ts';
import type { DueItem } from '../../feature/due.ts';
import { localDate } from '../../calendar/zones.ts';
import { moveToWorkDay, rememberDays, type OnWorkDay } from '../follow-ups/work-days.ts';
import { findPersonalScope, findTeamScope, type OfTeam, type Scope } from './find-scope.ts';
import { lookAhead } from './look-ahead.ts';
import { addDays, arrange, countNeeding, countSections, firstOf, nextOf, type Counts } from './arrange.ts';
import { startHere } from './rules.ts';

/** A due thing to begin with, on a day on which its owner works. */
export type FirstItem = OnWorkDay<DueItem>;

/** How much there is and where to begin: what a digest says at once. All of it is read only for `Show all`. */
export interface DigestStart {
  readonly today: string;
  readonly counts: Counts;
  /** At most `startHere`, in the one order of what waits. */
  readonly first: readonly FirstItem[];
  /** What is open about the clients of these, to be said in their rows. */
  readonly marks: ReadonlyMap<string, ClientMark>;
  /** When nothing needs anybody today: the next day on which something does. */
  readonly next: string | undefined;
}
export type TeamDigestStart = DigestStart & OfTeam;

/** Where a person begins. */
export async function startPersonal(work: Work, person: string): Promise<DigestStart> {
  return readStart(work, await findPersonalScope(work, person));
}

/** The same by nobody's rights: for deciding whether there is anything to tell this person. */
export async function readPersonalStart(work: Work, person: string, zone: string): Promise<DigestStart> {
  return readStart(work, { zone, people: [person] });
}

/** Where a team begins. */
export async function startTeam(work: Work, id: string): Promise<TeamDigestStart> {
  const { scope, of } = await findTeamScope(work, id);
  return { ...(await readStart(work, scope)), ...of };
}

/** A person's counts on a local date of theirs that need not be today: of a day that is over, what was left. */
export async function countOn(work: Work, person: string, today: string): Promise<Counts> {
  return (await look(work, { people: [person] }, today)).counts;
}

const clientsOf = (items: readonly FirstItem[]): readonly string[] => items.map(({ client }) => client);

async function readStart(work: Work, { zone, ...whose }: Scope): Promise<DigestStart> {
  const today = localDate(work.now, zone);
  const { counts, first, next } = await look(work, whose, today);
  return { today, counts, first, next, marks: await work.marks(clientsOf(first)) };
}

async function look(
  work: Work,
  whose: Omit<Scope, 'zone'>,
  today: string,
): Promise<Pick<DigestStart, 'counts' | 'first' | 'next'>> {
  const calendars = await listWorkingTimes(work.tx, whose.people);
  const move = <T extends DueItem>(item: T): OnWorkDay<T> => moveToWorkDay(item, calendars.get(item.owner));
  const dayFor = rememberDays(calendars);
  return lookAhead(today, async (until) => {
    const most = { each: startHere, today, dayFor };
    const { items, beginning } = await work.due({ ...whose, until, most });
    const inFull = arrange(items.map(move), today);
    const counted = beginning.counts.map((one) => ({ dueOn: dayFor(one.owner, one.dueOn), count: one.count }));
    const all = addDays(countSections(inFull), counted, today);
    const later = [...counted.map(({ dueOn }) => dueOn), ...beginning.next.map((one) => dayFor(one.owner, one.dueOn))];
    return {
      counts: all,
      needing: countNeeding(all),
      first: firstOf(arrange([...items, ...beginning.first].map(move), today)),
      next: [nextOf(inFull) ?? [], later.filter((day) => day > today)].flat().sort()[0],
    };
  });
}

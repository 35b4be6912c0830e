import { requirePerson } from '../../access/actor.ts';
import { listWorkingTimes } from '../../access/working-times.ts';
import { allows } from '../../access/policy.ts';
import { recordEvent } from '../../audit/record-event.ts';
import { compareAttention, compareComing, compareWeight } from '../../feature/attention-order.ts';
import type { Work, ClientMark } from '../../feature/feature.ts';
import type { DueItem } from '../../feature/due.ts';
import { localDate, localTime } from '../../calendar/zones.ts';
import { addDaysToDate } from '../../calendar/local-dates.ts';
import { findClientsOf, type Client } from '../clients/find-allowed-client.ts';
import { findCallHours } from '../clients/find-marks.ts';
import { relationTo } from '../clients/rules.ts';
import { findOpenFollowUpOf, findFollowUps, type FollowUp } from './records.ts';
import { followUpPrefix, furthestDays, isCallable } from './rules.ts';
import { moveToWorkDay, type OnWorkDay } from './work-days.ts';

/** How far ahead `next` looks, in days. */
const horizonDays = 7;
/** How many rows stand on a page: as many as both platforms hold in one message. */
export const pageSize = 5;
/** Who may be called now is looked for among so many at a time; nobody calls more in an hour. */
const callWindow = 50;

/** Something that waits, on a day on which its owner works. */
export type NextItem = OnWorkDay<DueItem>;

export interface NextRow {
  readonly item: NextItem;
  readonly followUp: FollowUp;
  readonly client: Client;
  /** Local date and time where the client is: their hours count, not the caller's. */
  readonly clientTime: string;
}

/** What of other nouns waits on the person, or is open about a client of theirs, with buttons of its own. */
export interface NextOther {
  readonly item: NextItem;
  /** Absent where this person sees the code only. */
  readonly client: Client | undefined;
}

export type NextEntry = NextRow | NextOther;
export const isFollowUp = (entry: NextEntry): entry is NextRow => 'followUp' in entry;

export interface NextList {
  readonly today: string;
  /** Due today or before, or waiting for somebody to take it at all. */
  readonly needing: number;
  /** Open about a client of theirs, and with others. */
  readonly watching: number;
  readonly comingUp: number;
  /** Where to begin: the same name wherever it stands at this moment. */
  readonly start: string | undefined;
  /** When that one may not be called at this hour, and another may: who stands first instead. */
  readonly callNow: string | undefined;
  /** Of this page, in the one order. */
  readonly due: readonly NextEntry[];
  readonly coming: readonly NextEntry[];
  /** Counted from 0. */
  readonly page: number;
  readonly pages: number;
  /** The first day after today on which something is due. */
  readonly next: string | undefined;
  readonly marks: ReadonlyMap<string, ClientMark>;
}

/** What of the list is shown. */
interface Part {
  readonly page: number;
  readonly size: number;
  /** Equals are ordered by who may be called at this hour. */
  readonly forNow: boolean;
}

/**
 * What waits on this person, of all nouns, in the one order. It is sorted by what stands in clear; only who stands on the
 * page that is shown is read in full.
 */
export async function listNext(work: Work, part: Partial<Part> = {}): Promise<NextList> {
  const { page = 0, size = pageSize, forNow = true } = part;
  const { person } = requirePerson(work.actor);
  const today = localDate(work.now, work.actor.zone);
  const { due, coming, later } = await readLight(work, today);
  const all = [...due, ...coming];
  const pages = Math.max(1, Math.ceil(all.length / size));
  const shown = Math.min(Math.max(0, page), pages - 1);
  const from = shown * size;
  const ordered = forNow ? await orderForNow(work, due, [from, from + size]) : due;
  const entries = await readEntries(work, [...ordered, ...coming].slice(from, from + size));
  const start = due.find(({ waitingOnOthers }) => !waitingOnOthers);
  const first = ordered.find(({ waitingOnOthers }) => !waitingOnOthers);
  const isDue = new Set(due.map(({ id }) => id));
  return {
    today,
    needing: due.filter(({ waitingOnOthers }) => !waitingOnOthers).length,
    watching: due.filter(({ waitingOnOthers }) => waitingOnOthers).length,
    comingUp: coming.length,
    start: start?.code,
    callNow: shown === 0 && first?.code !== start?.code ? first?.code : undefined,
    due: entries.filter(({ item }) => isDue.has(item.id)),
    coming: entries.filter(({ item }) => !isDue.has(item.id)),
    page: shown,
    pages,
    next: later,
    marks: await work.marks(entries.map(({ item }) => item.client)),
  };

  async function readLight(
    asked: Work,
    now: string,
  ): Promise<{ due: readonly NextItem[]; coming: readonly NextItem[]; later: string | undefined }> {
    const calendar = (await listWorkingTimes(asked.tx, [person])).get(person);
    const look = async (until: string): Promise<readonly NextItem[]> =>
      (await asked.due({ people: [person], until })).items
        .filter(({ waitingOnOthers, severity }) => !waitingOnOthers || severity !== undefined)
        .map((item) => moveToWorkDay(item, calendar));
    const waits = ({ severity, section, waitingOnOthers, dueOn }: NextItem): boolean =>
      section === 'unacknowledged' || dueOn <= now || (severity !== undefined && waitingOnOthers);
    const near = await look(addDaysToDate(now, horizonDays));
    const found = { due: near.filter(waits).sort(compareAttention), coming: near.filter((one) => !waits(one)) };
    const list = { due: found.due, coming: found.coming.sort(compareComing) };
    const [first] = list.coming;
    if (first !== undefined || list.due.some(({ waitingOnOthers }) => !waitingOnOthers)) {
      return { ...list, later: first?.dueOn };
    }
    const far = (await look(addDaysToDate(now, furthestDays))).filter((one) => !waits(one)).sort(compareComing);
    return { ...list, later: far[0]?.dueOn };
  }
}

/**
 * Equals by who may be called at this hour; an answer is no call, and can be given at any. Windows of the list are looked
 * at by themselves, so that a page needs the hours of few and every page stands still.
 */
async function orderForNow(
  work: Work,
  due: readonly NextItem[],
  [from, to]: readonly [number, number],
): Promise<readonly NextItem[]> {
  const start = from - (from % callWindow);
  const end = Math.min(due.length, Math.ceil(to / callWindow) * callWindow);
  const within = due.slice(start, end);
  const calls = within.filter(({ id }) => id.startsWith(followUpPrefix)).map(({ client }) => client);
  const hours = await findCallHours(work, calls);
  const rank = ({ id, client }: NextItem): number => {
    const known = id.startsWith(followUpPrefix) ? hours.get(client) : undefined;
    return known === undefined || isCallable(known.preferences, localTime(work.now, known.zone)) ? 0 : 1;
  };
  const place = new Map(within.map((item, index) => [item.id, { rank: rank(item), window: windowOf(start + index) }]));
  const of = ({ id }: NextItem): { rank: number; window: number } => place.get(id) ?? { rank: 0, window: 0 };
  const sorted = [...within].sort(
    (a, b) => of(a).window - of(b).window || compareWeight(a, b) || of(a).rank - of(b).rank || compareAttention(a, b),
  );
  return [...due.slice(0, start), ...sorted, ...due.slice(end)];
}

const windowOf = (index: number): number => Math.floor(index / callWindow);

/** The rows in full: who it is about, and the follow-ups with all that a tap needs. */
async function readEntries(work: Work, items: readonly NextItem[]): Promise<readonly NextEntry[]> {
  const clients = await findClientsOf(
    work,
    items.map(({ client }) => client),
  );
  const ids = items.flatMap(({ id }) => (id.startsWith(followUpPrefix) ? [id.slice(followUpPrefix.length)] : []));
  const followUps = new Map((await findFollowUps(work.tx, ids)).map((one) => [`${followUpPrefix}${one.id}`, one]));
  return items.flatMap((item): NextEntry[] => {
    const client = clients.get(item.client);
    const followUp = followUps.get(item.id);
    if (followUp !== undefined && client !== undefined) {
      const clientTime = localTime(work.now, client.preferences.zone ?? client.zone);
      return [{ item, followUp, client, clientTime }];
    }
    const seen = client !== undefined && allows(work.actor, 'client.see', relationTo(work.actor, client));
    return [{ item, client: seen ? client : undefined }];
  });
}

/** The same as somebody looks at it: one access record a view. */
export async function viewNext(work: Work, part: Partial<Part> = {}): Promise<NextList> {
  const list = await listNext(work, part);
  await recordEvent(work.tx, {
    actor: work.actor,
    verb: 'follow-ups.see',
    subjectKind: 'person',
    subjectId: requirePerson(work.actor).person,
    detail: { clients: list.due.length + list.coming.length },
    at: work.now,
  });
  return list;
}

/** The client's open follow-up, when something is planned: for their card and for confirmations. */
export async function nextOf(work: Work, client: string): Promise<FollowUp | undefined> {
  return findOpenFollowUpOf(work.tx, client);
}

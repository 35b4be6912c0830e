import fc from 'fast-check';
import { expect } from 'vitest';
import { countNeeding, firstOf, startOf } from '../../src/care/digests/arrange.ts';
import { startHere } from '../../src/care/digests/rules.ts';
import { countOn, startPersonal, startTeam, type DigestStart } from '../../src/care/digests/start-digest.ts';
import { viewPersonal, viewTeam, type Digest } from '../../src/care/digests/view-digest.ts';
import { listOpenNow } from '../../src/care/escalations/list-open.ts';
import { listNext } from '../../src/care/follow-ups/list-next.ts';
import type { Work } from '../../src/feature/feature.ts';
import { addDaysToDate } from '../../src/calendar/local-dates.ts';
import { createPushableClock } from '../../src/clock.ts';
import { randomIds } from '../../src/ids.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { createDatabase } from '../helpers/database.ts';
import { aClient, applyFile, enrol, readSample } from '../helpers/organisation.ts';
import { askOf } from './digest-asks.ts';
import { byDay, dateIn, listThings, type Listed } from './digest-reference-list.ts';
import {
  clientsOfSet,
  dataSet,
  personOf,
  teamIdOf,
  teamOf,
  writeSets,
  type DataSet,
  type Who,
} from './digest-reference-sets.ts';

/** So many stand in the tables at one time: what belongs to others must not be found. */
const together = 20;
const horizon = 7;
/** Who is looked at in turns, beside the first. */
const others: readonly Who[] = ['far', 'mate', 'bill', 'lead'];
class Undo extends Error {}

/** Compares digests with the plain list, on so many data sets drawn from a seed; returns also how many things they showed. */
export async function compareDigests(count: number, seed: number): Promise<{ compared: number; shown: number }> {
  const clock = createPushableClock({ start: new Date('2026-11-23T14:00:00Z'), frozen: true });
  const database = await createDatabase();
  const store = openStore({ url: database.url, masterKey: new Uint8Array(32).fill(7), clock, ids: randomIds });
  try {
    await applyFile(store, await readSample(), clock);
    const pool = await enrol(
      store,
      clock,
      Array.from({ length: together * clientsOfSet }, (_, index) =>
        aClient({ name: `Client Number${index}`, born: '1980-01-01' }),
      ),
    );
    const sets = fc.sample(dataSet, { numRuns: count, seed });
    let shown = 0;
    for (let from = 0; from < count; from += together) {
      shown += await compareBatch(store, sets.slice(from, from + together), pool);
    }
    return { compared: sets.length, shown };
  } finally {
    await store.close();
    await database.drop();
  }
}

async function compareBatch(
  store: Store,
  sets: readonly DataSet[],
  pool: readonly { readonly id: string; readonly code: string }[],
): Promise<number> {
  const numbered = sets.map((set, number) => {
    const mine = pool.slice(number * clientsOfSet, (number + 1) * clientsOfSet);
    return { set, number, clients: mine.map(({ id }) => id), codes: mine.map(({ code }) => code) };
  });
  let shown = 0;
  const work = store.inOrganisation('riverside', async (tx) => {
    await writeSets(tx, numbered);
    for (const { set, number, codes } of numbered) {
      for (const who of ['me', others[number % others.length] ?? 'far'] as const satisfies readonly Who[]) {
        const person = personOf(number, who);
        const zone = set.zones[teamOf[who]];
        const now = new Date(set.at);
        const work = askOf(tx, now, { person, zone, team: teamIdOf(number, teamOf[who]) });
        const view = await viewPersonal(work, person);
        const things = listThings(set, number, codes, who);
        const expected = arrangePlainly(things, dateIn(zone, now));
        shown += Object.values(expected).flat().length;
        const next = nextPlainly(things, expected, dateIn(zone, now));
        expect({ ...sectionsOf(view), next: view.next }, JSON.stringify({ who, set })).toEqual({ ...expected, next });
        expect(saysAtOnce(await startPersonal(work, person)), JSON.stringify({ who, set })).toEqual(
          saysPlainly(expected, next, firstPlainly(things, dateIn(zone, now))),
        );
        if (number % 4 === 0) await expectSameElsewhere(work, person, dateIn(zone, now), JSON.stringify({ who, set }));
      }
      // Everybody who reaches everywhere may own something of a team: of all sets together they are many.
      if (number % 10 > 0) continue;
      const team = teamIdOf(number, 'home');
      const place = askOf(tx, new Date(set.at), { audience: 'place', zone: set.zones.home });
      const view = await viewTeam(place, team);
      const all = sectionsOf(view);
      shown += Object.values(all).flat().length;
      expect(saysAtOnce(await startTeam(place, team)), JSON.stringify({ team, set })).toEqual(
        saysPlainly(all, view.next, firstOf(view.sections).map(line)),
      );
      await expectSameOfTeam(place, team, view, JSON.stringify({ team, set }));
    }
    throw new Undo();
  });
  await work.catch((error: unknown) => {
    if (!(error instanceof Undo)) throw error;
  });
  return shown;
}

/** `next`, home and the line at the end of a day count what the digest counts, and begin with whom it begins. */
async function expectSameElsewhere(work: Work, person: string, today: string, hint: string): Promise<void> {
  const { counts, first } = await startPersonal(work, person);
  const home = await listNext(work, { size: startHere, forNow: false });
  const next = await listNext(work);
  const needing = countNeeding(counts);
  const said = { needing, watching: counts.watching, start: needing === 0 ? undefined : startOf(first)?.code };
  for (const list of [home, next]) {
    expect({ needing: list.needing, watching: list.watching, start: list.start }, hint).toEqual(said);
  }
  const rows = first.slice(0, needing + counts.watching).map(({ id }) => id);
  expect(home.due.map(({ item }) => item.id).slice(0, rows.length), hint).toEqual(rows);
  expect(await countOn(work, person, today), hint).toEqual(counts);
}

/** What is open about a team's clients: its digest, its agenda and its report name the same, and count who has none. */
async function expectSameOfTeam(place: Work, team: string, { sections }: Digest, hint: string): Promise<void> {
  const say = ({ code, open }: { readonly code: string; readonly open?: string | undefined }): string =>
    `${code} · ${open ?? ''}`;
  const reported = await listOpenNow(place, { team });
  const all = Object.values(sections).flat();
  const digested = all.filter(({ severity }) => severity !== undefined);
  expect(digested.map(say).sort(), hint).toEqual(reported.map(say).sort());
  expect(sections.unacknowledged.length, hint).toBe(reported.filter(({ untaken }) => untaken).length);
  const agenda = (await place.agenda({ team, since: place.now })).filter(({ open }) => open !== undefined);
  expect(agenda.map(({ client, open }) => say({ code: client?.code ?? 'not in the list', open })).sort(), hint).toEqual(
    reported.map(say).sort(),
  );
}

const line = (one: Pick<Listed, 'id' | 'code' | 'tier' | 'dueOn'>): string =>
  `${one.id} ${one.code} ${one.tier} ${one.dueOn}`;

type Plain = Readonly<
  Record<
    'unacknowledged' | 'overdue' | 'today' | 'watching' | 'onMe' | 'waiting' | 'expiring' | 'coming',
    readonly string[]
  >
>;

const sectionsOf = ({ sections }: Digest): Plain => ({
  unacknowledged: sections.unacknowledged.map(line),
  overdue: sections.overdue.map(line),
  today: sections.today.map(line),
  watching: sections.watching.map(line),
  onMe: sections.onMe.map(line),
  waiting: sections.waiting.map(line),
  expiring: sections.expiring.map(line),
  coming: sections.coming.map(line),
});

/** What a card says at once: how much stands where, the first five, and when there is more. */
const saysAtOnce = ({ counts, first, next }: DigestStart) => ({ counts, first: first.map(line), next });

function saysPlainly({ coming: _coming, ...counted }: Plain, next: string | undefined, first: readonly string[]) {
  return {
    counts: Object.fromEntries(Object.entries(counted).map(([name, lines]) => [name, lines.length])),
    first,
    next,
  };
}

/** Where to begin: what is today's in the one order, whoever has it, then whom somebody waits for. */
function firstPlainly(things: readonly Listed[], today: string): readonly string[] {
  const within = things.filter(({ planned }) => planned <= addDaysToDate(today, horizon));
  const open = within.filter(
    ({ stands, dueOn }) =>
      stands === 'not taken' || stands === 'to watch' || (stands !== 'waits for others' && dueOn <= today),
  );
  const word = within.filter(({ stands, dueOn }) => stands === 'waits on me' && dueOn > today).sort(byDay);
  return [...open, ...word].slice(0, 5).map(line);
}

/** The day after today on which something of their own is due; a quiet day looks a year ahead. */
function nextPlainly(things: readonly Listed[], shown: Plain, today: string): string | undefined {
  const busy = [shown.unacknowledged, shown.overdue, shown.today].some((section) => section.length > 0);
  const furthest = addDaysToDate(today, busy ? horizon : 365);
  const own = things.filter(({ stands }) => stands === 'by its day' || stands === 'waits on me').sort(byDay);
  return own.find(({ dueOn, planned }) => dueOn > today && planned <= furthest)?.dueOn;
}

function arrangePlainly(things: readonly Listed[], today: string): Plain {
  const within = things.filter(({ planned }) => planned <= addDaysToDate(today, horizon));
  const mine = within.filter(({ stands }) => stands === 'by its day' || stands === 'waits on me');
  const later = mine.filter(({ dueOn }) => dueOn > today).sort(byDay);
  return {
    unacknowledged: within.filter(({ stands }) => stands === 'not taken').map(line),
    overdue: mine.filter(({ dueOn }) => dueOn < today).map(line),
    today: mine.filter(({ dueOn }) => dueOn === today).map(line),
    watching: within.filter(({ stands }) => stands === 'to watch').map(line),
    onMe: later.filter(({ stands }) => stands === 'waits on me').map(line),
    waiting: within.filter(({ stands }) => stands === 'waits for others').map(line),
    expiring: [],
    coming: later.filter(({ stands }) => stands === 'by its day').map(line),
  };
}

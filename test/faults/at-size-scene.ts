import { wallClock } from '../../src/clock.ts';
import type { Store } from '../../src/store/store.ts';
import { fillWork } from '../helpers/fill-years.ts';
import { pagesRead } from '../helpers/pages-read.ts';
import { openWorld, type World } from '../helpers/world.ts';
import { colleaguesOnSlack, sheetAtSize, withColleagues } from './at-size-organisation.ts';
import { openImportLine } from './import-line.ts';
import { vacuumAnalyze } from '../helpers/vacuum.ts';

const day = 24 * 60 * 60_000;

/** What one thing cost. */
export interface Cost {
  readonly what: string;
  /** Of tables and indexes, from memory or from disk, in all transactions that it took. */
  readonly pages: number;
  readonly transactions: number;
  readonly milliseconds: number;
}

export interface AtSize {
  readonly world: World;
  /** What the import said when it was taken up again. */
  readonly imported: unknown;
  /** Does it, waits until all that follows from it is done, and says what it cost. */
  costOf<T>(what: string, act: (store: Store) => Promise<T>): Promise<Cost & { readonly result: T }>;
}

/**
 * An organisation of 400 coordinators whose sheet came in by the compiled command line, which was killed in the middle and
 * taken up again; then a year of work behind it. The world stands on the Monday after, at 07:00 in New York at the latest.
 */
export async function openAtSize(clients: number): Promise<AtSize> {
  const sum = { pages: 0, transactions: 0 };
  let counted: Store | undefined;
  const world = await openWorld({
    at: beforeMonday(wallClock.now()).toISOString(),
    organisation: withColleagues,
    slackUsers: colleaguesOnSlack,
    storeThrough: (store) => (counted = countPages(store, sum)),
  });
  if (counted === undefined) throw new Error('the world opened without its store');
  const store = counted;
  const masterKey = new Uint8Array(32).fill(5);
  const line = await openImportLine({ store: world.store, databaseUrl: world.databaseUrl, masterKey });
  const file = await line.write('clinic.csv', sheetAtSize(clients, world.clock.now()));
  await line.isKilledAt(file, clients / 2);
  const imported = await line.imports(file);
  await line.close();
  await work(world, clients);
  await world.settled();
  return {
    world,
    imported,
    async costOf(what, act) {
      Object.assign(sum, { pages: 0, transactions: 0 });
      const from = wallClock.wallNow().getTime();
      const result = await act(store);
      await world.settled();
      return { what, ...sum, milliseconds: wallClock.wallNow().getTime() - from, result };
    },
  };
}

/** The next Monday at 11:00 UTC: before all digests of New York, and after whatever the command line writes by its own clock. */
function beforeMonday(now: Date): Date {
  const days = (8 - now.getUTCDay()) % 7 || 7;
  return new Date(Math.floor((now.getTime() + days * day) / day) * day + 11 * 60 * 60_000);
}

/** The same store, which adds up what its transactions read; asking for it reads pages of the catalogue alone. */
function countPages(store: Store, sum: { pages: number; transactions: number }): Store {
  return {
    ...store,
    inOrganisation: (organisation, act, ...rest) =>
      store.inOrganisation(
        organisation,
        async (tx) => {
          const before = await pagesRead(tx);
          const result = await act(tx);
          sum.pages += (await pagesRead(tx)) - before;
          sum.transactions += 1;
          return result;
        },
        ...rest,
      ),
  };
}

/** What lies behind a year: five contacts and done follow-ups, five audit rows, two posts and requests for each client. */
async function work(world: World, clients: number): Promise<void> {
  const batch = 20_000;
  const times = { contacts: 5, doneFollowUps: 5, audits: 5, posts: 2, requests: 2 } as const;
  for (let from = 0; from < clients; from += batch) {
    await world.store.inOrganisation('riverside', async (tx) => {
      await tx.db.$executeRaw`
        create temp table worked on commit drop as
        select n::int as n, id, team, person from (
          select row_number() over (order by c.code) as n, c.id, c.team_id as team, a.person_id as person
          from client c
          join coordinator_assignment a on a.organisation_id = c.organisation_id and a.client_id = c.id and a.ended_at is null
          where c.organisation_id = ${tx.organisation}) w
        where n > ${from}::int and n <= ${from + batch}::int`;
      await tx.db.$executeRaw`analyze worked`;
      await fillWork(tx, world.clock.now(), times);
    });
  }
  await vacuumAnalyze(world.databaseUrl);
}

import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from '../generated/prisma/client.ts';
import type { Clock } from '../clock.ts';
import type { Ids } from '../ids.ts';
import { connectAs } from './connect-as.ts';
import { migrationsStatus } from './migrate.ts';
import { createStatementNames } from './name-statements.ts';
import { createOrganisationKeys, unwrapKeys, type OrganisationKeys } from './seal.ts';
import { createTransaction, type Database, type OrganisationTransaction } from './transaction.ts';

/** The database, as the rest of Baton may use it. */
export interface Store {
  /** Runs `work` in one transaction of one organisation. Throwing rolls everything back. */
  inOrganisation<T>(organisation: string, work: (tx: OrganisationTransaction) => Promise<T>): Promise<T>;
  /** Runs `work` as the worker, which sees only routing tables of all organisations. */
  asWorker<T>(work: (db: Database) => Promise<T>): Promise<T>;
  /** Makes an organisation and its keys when there is none of that id yet. */
  createOrganisation(
    organisation: { id: string; name: string },
    /** What belongs to its making: all of it commits, or there is no organisation. */
    work?: (tx: OrganisationTransaction) => Promise<void>,
  ): Promise<'created' | 'existed'>;
  /** The ids of all organisations, sorted. */
  organisations(): Promise<readonly string[]>;
  /** Waits until the database answers again after a failure that `isTransient` calls so. */
  revive(): Promise<void>;
  /** Why nothing can be served now, in words; undefined when the database answers at this binary's schema. */
  problem(): Promise<string | undefined>;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** The owner's URL; pools take the runtime roles through `options=-c role=…`. */
  readonly url: string;
  readonly masterKey: Uint8Array;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Brings a private database back when it died. */
  readonly revive?: () => Promise<void>;
  /** Connections of the application pool. */
  readonly connections?: number;
}

export function openStore(options: StoreOptions): Store {
  const { clock, ids, masterKey } = options;
  const app = openPool(options.url, 'baton_app', options.connections ?? 10);
  const worker = openPool(options.url, 'baton_worker', 3);
  const keysOf = new Map<string, OrganisationKeys>();

  const loadKeys = async (db: Database, organisation: string): Promise<OrganisationKeys> => {
    const known = keysOf.get(organisation);
    if (known !== undefined) return known;
    const rows = await db.organisationKey.findMany({ where: { organisationId: organisation } });
    if (rows.length === 0) throw new Error(`there is no organisation ${organisation}`);
    const keys = unwrapKeys(masterKey, organisation, rows);
    keysOf.set(organisation, keys);
    return keys;
  };

  const scoped = <T>(organisation: string, work: (db: Database) => Promise<T>): Promise<T> =>
    app.$transaction(
      async (db) => {
        await db.$executeRaw`select set_config('baton.organisation', ${organisation}, true)`;
        return work(db);
      },
      { timeout: 60_000, maxWait: 10_000 },
    );

  return {
    inOrganisation: (organisation, work) =>
      scoped(organisation, async (db) => work(createTransaction(db, await loadKeys(db, organisation), ids))),
    asWorker: (work) => worker.$transaction(work, { timeout: 60_000, maxWait: 10_000 }),
    createOrganisation: ({ id, name }, work) =>
      scoped(id, async (db) => {
        const made = await db.$executeRaw`
          insert into organisation (id, name, created_at) values (${id}, ${name}, ${clock.now()})
          on conflict do nothing`;
        if (made === 0) return 'existed';
        const keys = createOrganisationKeys(masterKey, id).map((key) => ({ ...key, createdAt: clock.now() }));
        await db.organisationKey.createMany({ data: keys.map((key) => ({ organisationId: id, ...key })) });
        // Kept from the cache: they count only once this has committed.
        await work?.(createTransaction(db, unwrapKeys(masterKey, id, keys), ids));
        return 'created';
      }),
    organisations: async () => {
      const rows = await worker.$queryRaw<{ id: string }[]>`select id from organisation order by id`;
      return rows.map((row) => row.id);
    },
    revive: () => options.revive?.() ?? Promise.resolve(),
    problem: async () => {
      try {
        const { state } = await migrationsStatus({ query: async (sql) => ({ rows: await app.$queryRawUnsafe(sql) }) });
        if (state === 'current') return undefined;
        return state === 'behind' ? 'migrations are still to be applied' : 'the database belongs to a newer Baton';
      } catch {
        return 'the database does not answer';
      }
    },
    close: async () => {
      await Promise.all([app.$disconnect(), worker.$disconnect()]);
    },
  };
}

/** More than the product has; a bound on what a connection keeps on the server. */
const namedStatements = 500;

function openPool(url: string, role: string, connections: number): PrismaClient {
  const pool = new pg.Pool({ ...connectAs(url, role), max: connections, connectionTimeoutMillis: 10_000 });
  // Between two queries nobody listens to a connection that is in use, and an error nobody hears would end the
  // process. The query that needs the connection fails all the same, and says so where it belongs.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return new PrismaClient({
    adapter: new PrismaPg(pool, {
      disposeExternalPool: true,
      statementNameGenerator: createStatementNames(namedStatements),
    }),
    // Prisma's own error texts can hold values; what is logged is decided by us, field by field.
    log: [],
    errorFormat: 'minimal',
  });
}

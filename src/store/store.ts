import pg from 'pg';
import type { Clock } from '../clock.ts';
import type { Ids } from '../ids.ts';
import { createConnectionQueue, type Pressure, type Turn } from './connection-queue.ts';
import { holdLock, isLockHeld, type HeldLock } from './hold-lock.ts';
import { currentTrail } from '../trail.ts';
import { modelDoor } from './join-models.ts';
import { lookAtLogin, type Login } from './look-at-login.ts';
import { migrationsStatus } from './migrate.ts';
import { sayServable } from './oldest-served.ts';
import { openPool } from './open-pool.ts';
import type { LoginUrls } from './require-logins.ts';
import { runTransaction } from './run-transaction.ts';
import { createBrokenNotes, type RecordBroken } from './note-broken.ts';
import { createOrganisationKeys, unwrapKeys, type OrganisationKeys, type Place } from './seal.ts';
import { workInOrganisation, type Database, type OrganisationTransaction } from './transaction.ts';

/** The database, as the rest of Baton may use it. */
export interface Store {
  /**
   * Runs `work` in one transaction of one organisation. Throwing rolls everything back. `turn`: how it waits for a
   * connection; throws BusyError where there is none. Default: `patient`.
   */
  inOrganisation<T>(organisation: string, work: (tx: OrganisationTransaction) => Promise<T>, turn?: Turn): Promise<T>;
  /** Runs `work` as the worker, which sees only routing tables of all organisations. */
  asWorker<T>(work: (db: Database) => Promise<T>, turn?: Turn): Promise<T>;
  /** What the connections of both pools do at the moment. */
  pressure(): Readonly<Record<'app' | 'worker', Pressure>>;
  /** From now on told how long each transaction waited for its connection, in seconds. */
  hearWaits(waited: (pool: 'app' | 'worker', seconds: number) => void): void;
  /** Makes an organisation and its keys when there is none of that id yet. */
  createOrganisation(
    organisation: { id: string; name: string },
    /** What belongs to its making: all of it commits, or there is no organisation. */
    work?: (tx: OrganisationTransaction) => Promise<void>,
  ): Promise<'created' | 'existed'>;
  /** The ids of all organisations, sorted. */
  organisations(): Promise<readonly string[]>;
  /**
   * Lets the server look at tables that grew at a stroke, which it does by itself only after a minute: until then its
   * plans are those of empty tables. Done as the owner; where that is not possible it is left to the server.
   */
  refreshStatistics(tables: readonly string[]): Promise<void>;
  /** For work of many transactions that only one process may do at a time; undefined where another is at it. */
  holdLock(name: string): Promise<HeldLock | undefined>;
  /** Whether somebody is at it now. */
  isLockHeld(name: string): Promise<boolean>;
  /** Waits until the database answers again after a failure that `isTransient` calls so. */
  revive(): Promise<void>;
  /** Why nothing can be served now, in words; undefined when the database answers at this binary's schema. */
  problem(): Promise<string | undefined>;
  /** Who the application and the worker came in as, and what these could make of themselves. */
  logins(): Promise<Readonly<Record<'app' | 'worker', Login>>>;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** The owner's URL; pools take the runtime roles through `options=-c role=…`. Absent where the service has none. */
  readonly url?: string;
  /** Where the runtime roles have logins of their own; default: the owner's URL. */
  readonly logins?: LoginUrls;
  /** Every connection refuses to write. */
  readonly looksOnly?: boolean;
  readonly masterKey: Uint8Array;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Brings a private database back when it died. */
  readonly revive?: () => Promise<void>;
  /** Connections of the application's pool. Default: 12. */
  readonly connections?: number | undefined;
  /** Connections of the worker's pool. Default: 4. */
  readonly workerConnections?: number | undefined;
  /** Puts sealed values that could not be read on record. Absent: nobody is told. */
  readonly recordBroken?: RecordBroken;
}

/** Connections of a replica where nothing else is set. */
const usualConnections = { app: 12, worker: 4 };

type WrappedRow = Parameters<typeof unwrapKeys>[2][number];

export function openStore(options: StoreOptions): Store {
  const { clock, ids, masterKey, url = '' } = options;
  const { app: appUrl, worker: workerUrl } = options.logins ?? { app: url, worker: url };
  const { connections = usualConnections.app, workerConnections = usualConnections.worker } = options;
  const app = openPool(appUrl, 'baton_app', connections, options.looksOnly);
  const worker = openPool(workerUrl, 'baton_worker', workerConnections, options.looksOnly);
  const queues = {
    app: createConnectionQueue(connections, clock),
    worker: createConnectionQueue(workerConnections, clock),
  };
  const pools = { app, worker };
  const keysOf = new Map<string, OrganisationKeys>();

  const loadKeys = async (db: Database, organisation: string): Promise<OrganisationKeys> => {
    const known = keysOf.get(organisation);
    if (known !== undefined) return known;
    const rows = await db.$queryRaw<WrappedRow[]>`
      select id, purpose, wrapped, created_at as "createdAt" from organisation_key where organisation_id = ${organisation}`;
    if (rows.length === 0) throw new Error(`there is no organisation ${organisation}`);
    const keys = unwrapKeys(masterKey, organisation, rows);
    keysOf.set(organisation, keys);
    return keys;
  };

  const run = async <T>(
    pool: 'app' | 'worker',
    opening: string,
    work: (db: Database) => Promise<T>,
    turn: Turn = 'patient',
  ): Promise<T> => {
    const leave = await queues[pool].enter(turn);
    try {
      return await runTransaction({ pool: pools[pool], models: modelDoor }, opening, work);
    } finally {
      leave();
    }
  };
  const scoped = <T>(organisation: string, work: (db: Database) => Promise<T>, turn?: Turn): Promise<T> => {
    // What a transaction writes knows which piece of work it came of: a default of the columns `correlation`.
    const { correlation = '' } = currentTrail() ?? {};
    const opening = `begin; select set_config('baton.organisation', ${pg.escapeLiteral(organisation)}, true),
                            set_config('baton.correlation', ${pg.escapeLiteral(correlation)}, true)`;
    return run('app', opening, work, turn);
  };
  const asWorker = <T>(work: (db: Database) => Promise<T>, turn?: Turn): Promise<T> =>
    run('worker', 'begin', work, turn);

  /** Beside the transaction that met them: that one may be refused, or undone. */
  const noteBroken = createBrokenNotes(options, (organisation, work) =>
    scoped(organisation, async (db) => workInOrganisation(db, await loadKeys(db, organisation), ids, work)),
  );

  return {
    async inOrganisation(organisation, work, turn) {
      const broken: Place[] = [];
      try {
        return await scoped(
          organisation,
          async (db) =>
            workInOrganisation(db, await loadKeys(db, organisation), ids, work, (place) => broken.push(place)),
          turn,
        );
      } finally {
        if (broken.length > 0) await noteBroken(organisation, broken);
      }
    },
    asWorker,
    hearWaits(waited) {
      queues.app.hear((seconds) => waited('app', seconds));
      queues.worker.hear((seconds) => waited('worker', seconds));
    },
    pressure: () => ({ app: queues.app.pressure(), worker: queues.worker.pressure() }),
    createOrganisation: ({ id, name }, work) =>
      scoped(id, async (db) => {
        const made = await db.$executeRaw`
          insert into organisation (id, name, created_at) values (${id}, ${name}, ${clock.now()})
          on conflict do nothing`;
        if (made === 0) return 'existed';
        const keys = createOrganisationKeys(masterKey, id).map((key) => ({ ...key, createdAt: clock.now() }));
        await db.organisationKey.createMany({ data: keys.map((key) => ({ organisationId: id, ...key })) });
        // Kept from the cache: they count only once this has committed.
        if (work !== undefined) await workInOrganisation(db, unwrapKeys(masterKey, id, keys), ids, work);
        return 'created';
      }),
    organisations: async () => {
      const rows = await asWorker((db) => db.$queryRaw<{ id: string }[]>`select id from organisation order by id`);
      return rows.map((row) => row.id);
    },
    refreshStatistics: async (tables) => {
      if (options.url !== undefined) await analyze(options.url, tables);
    },
    holdLock: (name) => holdLock(appUrl, 'baton_app', name),
    isLockHeld: (name) => isLockHeld(app, name),
    revive: () => options.revive?.() ?? Promise.resolve(),
    problem: async () => {
      try {
        return sayServable((await migrationsStatus({ query: (sql) => app.query(sql) })).servable);
      } catch {
        return 'the database does not answer';
      }
    },
    logins: async () => {
      const [ofApp, ofWorker] = await Promise.all([lookAtLogin(app), lookAtLogin(worker)]);
      return { app: ofApp, worker: ofWorker };
    },
    close: async () => {
      await Promise.all([app.end(), worker.end()]);
    },
  };
}

async function analyze(url: string, tables: readonly string[]): Promise<void> {
  const owner = new pg.Client({ connectionString: url });
  owner.on('error', () => undefined);
  try {
    await owner.connect();
    await owner.query(`set lock_timeout = '5s'`);
    await owner.query(`analyze ${tables.map((table) => pg.escapeIdentifier(table)).join(', ')}`);
  } catch {
    // Nothing depends on it but speed.
  } finally {
    await owner.end().catch(() => undefined);
  }
}

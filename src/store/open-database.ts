import pg from 'pg';
import type { Clock } from '../clock.ts';
import type { Ids } from '../ids.ts';
import type { Log } from '../log.ts';
import { connectAs } from './connect-as.ts';
import type { EmbeddedServer } from './embedded/start-embedded-postgres.ts';
import { migrate, migrationsStatus } from './migrate.ts';
import { MigrationError } from './migration-error.ts';
import { protectWays, unprotectedSentence, type Protection } from './read-database-url.ts';
import type { PlainLog } from './plain-log.ts';
import { readHistory, requireLogins, type LoginUrls } from './require-logins.ts';

/** A database, given or private. */
export interface OpenDatabase {
  /** The owner's URL; absent where the service was given logins only. */
  readonly url?: string;
  /** Where the runtime roles have logins of their own. */
  readonly logins?: LoginUrls;
  /** Of what is sent there on its way. Absent = a database of the tests. */
  readonly protection?: Protection;
  /** Resolves when the database answers again; starts the private one when it died. */
  revive(): Promise<void>;
  close(): Promise<void>;
}

/** One that may still have the schema of another version. */
export interface DatabaseAsItIs extends OpenDatabase {
  /** How it stands to this binary's migrations, and whether any Baton has migrated it before. */
  schema(): ReturnType<typeof migrationsStatus>;
  /**
   * Brings the schema up to date, and makes sure that logins of their own are no more than they should be. Without the
   * owner's URL nothing is changed: throws MigrationError when something had to be.
   */
  bringUp(): Promise<void>;
}

/** Opens the database of the settings, or the private one of the state folder, with the schema it has. */
export async function openDatabase(options: {
  databaseUrl: string | undefined;
  logins: LoginUrls | undefined;
  stateDir: string;
  log: Log;
  clock: Clock;
  ids: Ids;
}): Promise<DatabaseAsItIs> {
  const { stateDir, log, clock, ids } = options;
  const plain = {
    info: (sentence: string) => log.info(sentence),
    warn: (sentence: string) => log.warn(sentence),
  };
  const ways = protectWays({ url: options.databaseUrl, logins: options.logins });
  if (ways.protection === 'unprotected') log.warn(unprotectedSentence);
  const given = ways.url !== undefined || ways.logins !== undefined;
  const embedded = given ? undefined : await startPrivate({ stateDir, log: plain, clock });
  const url = embedded?.url ?? ways.url;
  const logins = embedded?.logins ?? ways.logins;
  return {
    ...(url === undefined ? {} : { url }),
    ...(logins === undefined ? {} : { logins }),
    protection: ways.protection,
    async schema() {
      // The roles of the application may not be there yet.
      if (url !== undefined) return withClient({ connectionString: url }, (client) => migrationsStatus(client));
      if (logins === undefined) throw new MigrationError('There is no database to look at.');
      return withClient(connectAs(logins.app, 'baton_app'), (client) => migrationsStatus(client));
    },
    async bringUp() {
      if (url !== undefined) await migrate({ connect: url, log: plain, clock, ids });
      // Those of a private server are our own work.
      if (ways.logins === undefined) return;
      await requireLogins(ways.logins, url === undefined ? undefined : await readHistoryOf(url));
      if (url === undefined) await requireCurrent(ways.logins);
    },
    revive: () => embedded?.ensureRunning() ?? Promise.resolve(),
    close: () => embedded?.stop() ?? Promise.resolve(),
  };
}

/** What starts a server of our own is loaded only where there is none. */
async function startPrivate(options: { stateDir: string; log: PlainLog; clock: Clock }): Promise<EmbeddedServer> {
  const { startEmbeddedPostgres } = await import('./embedded/start-embedded-postgres.ts');
  return startEmbeddedPostgres(options);
}

const readHistoryOf = (url: string): Promise<string | undefined> => withClient({ connectionString: url }, readHistory);

/** The service has no owner's rights: who has them must have brought the schema up before. */
async function requireCurrent({ app }: LoginUrls): Promise<void> {
  const { state } = await withClient(connectAs(app, 'baton_app'), (client) => migrationsStatus(client));
  if (state === 'current') return;
  throw new MigrationError(
    state === 'behind'
      ? 'Migrations are still to be applied, and without DATABASE_URL Baton may not do it. ' +
          'Run "npm run -s baton -- migrate" once with the owner in DATABASE_URL, then start again.'
      : 'This database was migrated by a newer Baton. Start that version, or restore the backup taken before the upgrade.',
  );
}

async function withClient<T>(settings: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(settings);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

import type { Clock } from '../clock.ts';
import type { Ids } from '../ids.ts';
import type { Log } from '../log.ts';
import type { EmbeddedServer } from './embedded/start-embedded-postgres.ts';
import { migrate } from './migrate.ts';
import type { PlainLog } from './plain-log.ts';

/** A database with this binary's schema, given or private. */
export interface OpenDatabase {
  readonly url: string;
  /** Resolves when the database answers again; starts the private one when it died. */
  revive(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the database of the settings, or the private one of the state folder, and brings its schema up to date. */
export async function openDatabase(options: {
  databaseUrl: string | undefined;
  stateDir: string;
  log: Log;
  clock: Clock;
  ids: Ids;
}): Promise<OpenDatabase> {
  const { databaseUrl, stateDir, log, clock, ids } = options;
  const plain = {
    info: (sentence: string) => log.info(sentence),
    warn: (sentence: string) => log.warn(sentence),
  };
  const embedded = databaseUrl === undefined ? await startPrivate({ stateDir, log: plain, clock }) : undefined;
  const url = embedded?.url ?? databaseUrl ?? '';
  try {
    await migrate({ connect: url, log: plain, clock, ids });
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
  return {
    url,
    revive: () => embedded?.ensureRunning() ?? Promise.resolve(),
    close: () => embedded?.stop() ?? Promise.resolve(),
  };
}

/** What starts a server of our own is loaded only where there is none. */
async function startPrivate(options: { stateDir: string; log: PlainLog; clock: Clock }): Promise<EmbeddedServer> {
  const { startEmbeddedPostgres } = await import('./embedded/start-embedded-postgres.ts');
  return startEmbeddedPostgres(options);
}

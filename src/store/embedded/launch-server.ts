import { spawn } from 'node:child_process';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../clock.ts';
import type { Home } from './choose-home.ts';
import { connectToSocket } from './connect-to-socket.ts';
import { createCluster } from './create-cluster.ts';
import { EmbeddedPostgresError } from './embedded-error.ts';
import type { RunningServer } from './find-server.ts';
import { writeHostRules } from './host-rules.ts';
import { readPostmasterFile } from './read-postmaster-file.ts';
import { listSettings } from './postmaster-settings.ts';
import { prepareBinaries, type Binaries } from './prepare-binaries.ts';
import { readErrorCode } from './read-error-code.ts';
import { cleanEnvironment, identityOf } from './run-program.ts';
import { machineMemory } from './size-memory.ts';

const POLL_MILLISECONDS = 5;
const STARTED_MILLISECONDS = 300_000;
const WRONG_PASSWORD = '28P01';
const LONGEST_LOG = 5_000_000;

export interface LaunchOptions {
  readonly socketDir: string;
  readonly durable: boolean;
  readonly clock: Clock;
  /** The owner's; '' where it comes in without one. */
  readonly password: string;
  /** Who may come in from the start; default: as the data folder says. */
  readonly rules?: string;
}

/** Starts the server of this home, making its data folder first when there is none. The caller holds the start lock. */
export async function launchServer(home: Home, options: LaunchOptions): Promise<RunningServer> {
  const dataMajor = await readDataMajor(home);
  const binaries = await prepareBinaries({
    user: home.user,
    copies: home.binaries,
    ...(dataMajor === undefined ? {} : { dataMajor }),
  });
  if (dataMajor === undefined) await createCluster(home, binaries, options.durable);
  if (options.rules !== undefined) await writeHostRules(home, options.rules);
  return spawnPostmaster(home, binaries, options);
}

async function readDataMajor(home: Home): Promise<number | undefined> {
  const text = await readFile(join(home.data, 'PG_VERSION'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : Number(text.trim());
}

async function spawnPostmaster(
  home: Home,
  binaries: Binaries,
  { socketDir, durable, clock, password }: LaunchOptions,
): Promise<RunningServer> {
  // A killed server leaves its socket's lock; its number may live on in a process not yet collected, or in another one.
  // The folder is ours alone and nothing of ours lives, so nobody can be behind it.
  for (const left of ['.s.PGSQL.5432', '.s.PGSQL.5432.lock']) await rm(join(socketDir, left), { force: true });
  const size = (await stat(home.log).catch(() => undefined))?.size ?? 0;
  if (size > LONGEST_LOG) await rename(home.log, `${home.log}.old`);
  const log = await open(home.log, 'a', 0o600);
  const offset = (await log.stat()).size;
  // Detached, so that Ctrl-C in a terminal reaches Baton only: the database goes last, and by our hand.
  const child = spawn(
    join(binaries.bin, 'postgres'),
    ['-D', home.data, ...listSettings({ tag: home.tag, socketDir, durable, memory: machineMemory() })],
    { cwd: '/', env: cleanEnvironment(), detached: true, stdio: ['ignore', log.fd, log.fd], ...identityOf(home.user) },
  );
  let gone = false;
  child.on('error', () => (gone = true));
  child.on('exit', () => (gone = true));
  await log.close();
  const started = clock.wallNow().getTime();
  for (;;) {
    if (child.pid !== undefined && (await isReady(home, child.pid, { socketDir, password }))) break;
    const late = clock.wallNow().getTime() - started > STARTED_MILLISECONDS;
    if (gone || late) throw await explainFailure(home, offset, late);
    await clock.pause(POLL_MILLISECONDS);
  }
  child.unref();
  return { pid: child.pid, socketDir };
}

/** The socket opens before recovery is over, so only a connection proves that the server is ready. */
async function isReady(
  home: Home,
  pid: number,
  { socketDir, password }: Pick<LaunchOptions, 'socketDir' | 'password'>,
): Promise<boolean> {
  const file = await readPostmasterFile(home.data);
  if (file?.pid !== pid || file.status !== 'ready') return false;
  return connectToSocket(socketDir, password).then(
    (client) => client.end().then(() => true),
    // It refuses whom it does not know only once it serves.
    (error: unknown) => readErrorCode(error) === WRONG_PASSWORD,
  );
}

async function explainFailure(home: Home, offset: number, late: boolean): Promise<EmbeddedPostgresError> {
  const written = (await readFile(home.log)).subarray(offset).toString('utf8');
  const reason = /(?:FATAL|PANIC): +(.*)/.exec(written)?.[1];
  const what = late ? 'is still recovering after five minutes' : 'did not start';
  return new EmbeddedPostgresError(
    `The database ${what}${reason === undefined ? '' : ` (${reason})`}. Its own words are in ${home.log}.`,
  );
}

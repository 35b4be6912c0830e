import { wallClock, type Clock } from '../../clock.ts';
import type { PlainLog } from '../plain-log.ts';
import type { LoginUrls } from '../require-logins.ts';
import { chooseHome, type Home } from './choose-home.ts';
import { chooseRunUser } from './choose-run-user.ts';
import { buildUrl } from './connect-to-socket.ts';
import { closeStateFolder } from './close-state-folder.ts';
import { EmbeddedPostgresError } from './embedded-error.ts';
import { findServer, type RunningServer } from './find-server.ts';
import { holdShare, type Share } from './hold-share.ts';
import { OPEN_TO_OWNER } from './host-rules.ts';
import { launchServer } from './launch-server.ts';
import { isAlive } from './list-processes.ts';
import { doorsAreLocked, knowLogins, lockDoors } from './lock-doors.ts';
import { APP_LOGIN, OWNER, readPasswords, WORKER_LOGIN, type Passwords } from './logins.ts';
import { prepareSocketFolder, takeSocketFolder } from './prepare-socket-folder.ts';
import { readPostmasterFile } from './read-postmaster-file.ts';
import { stayAwake } from './stay-awake.ts';
import { stopServer } from './stop-server.ts';
import { withStartLock } from './take-start-lock.ts';

export interface EmbeddedServer {
  /** Connection string of database `baton` as its owner `baton`, over a private unix socket. Never changes. */
  readonly url: string;
  /** The two logins of the service; absent where the server goes by its folder alone (a test's). */
  readonly logins: LoginUrls | undefined;
  /** Resolves when the server answers; starts it again when it died. Cheap while it lives. */
  ensureRunning(): Promise<void>;
  /** Ends this process's use. The server itself stops only when no other process uses it. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Folder of Baton's state; made when missing. */
  stateDir: string;
  /** False gives up safety for speed: for tests only. */
  durable?: boolean;
  /** 'open': whoever reaches the socket comes in, at no cost a connection. For tests only. Default: 'locked'. */
  doors?: 'locked' | 'open';
  log: PlainLog;
  clock?: Clock;
}

const FIRST_RETRY_MILLISECONDS = 250;
const LONGEST_RETRY_MILLISECONDS = 5_000;

/**
 * Starts, or joins, the private PostgreSQL of a state folder, and keeps it running until `stop`.
 * Throws EmbeddedPostgresError in words when that is impossible here.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedServer> {
  if (process.platform === 'win32') {
    throw new EmbeddedPostgresError(
      'On Windows Baton does not start a database of its own. Set DATABASE_URL to a PostgreSQL 15 or newer.',
    );
  }
  const home = await chooseHome(options.stateDir, await chooseRunUser());
  await closeStateFolder(options.stateDir, home.user !== undefined && home.near);
  const passwords = options.doors === 'open' ? undefined : await readPasswords(options.stateDir);
  const supervisor = new Supervisor(home, passwords, options);
  await supervisor.ensureRunning();
  return supervisor;
}

class Supervisor implements EmbeddedServer {
  readonly #home: Home;
  readonly #durable: boolean;
  readonly #passwords: Passwords | undefined;
  readonly #log: PlainLog;
  readonly #clock: Clock;
  #socketDir: string | undefined;
  #server: RunningServer | undefined;
  #share: Share | undefined;
  #starting: Promise<void> | undefined;
  #stopping: Promise<void> | undefined;

  constructor(home: Home, passwords: Passwords | undefined, options: EmbeddedOptions) {
    this.#home = home;
    this.#passwords = passwords;
    this.#durable = options.durable ?? true;
    this.#log = options.log;
    this.#clock = options.clock ?? wallClock;
  }

  get url(): string {
    return buildUrl(this.#socketDir ?? '', this.#passwords?.[OWNER]);
  }

  get logins(): LoginUrls | undefined {
    const passwords = this.#passwords;
    if (passwords === undefined) return undefined;
    const urlOf = (login: typeof APP_LOGIN | typeof WORKER_LOGIN): string =>
      buildUrl(this.#socketDir ?? '', passwords[login], login);
    return { app: urlOf(APP_LOGIN), worker: urlOf(WORKER_LOGIN) };
  }

  ensureRunning(): Promise<void> {
    return stayAwake(() => this.#ensureRunning());
  }

  async #ensureRunning(): Promise<void> {
    if (this.#stopping !== undefined) throw new EmbeddedPostgresError('The database is stopping. Start Baton again.');
    if (await this.#answers()) return;
    this.#starting ??= this.#start().finally(() => {
      this.#starting = undefined;
    });
    await this.#starting;
  }

  /**
   * All of it: for a moment a backend still answers when its postmaster is gone already, and one that is stopping answers
   * whoever is connected and nobody else.
   */
  async #answers(): Promise<boolean> {
    if (this.#share === undefined || this.#server === undefined || !(await isAlive(this.#server.pid))) return false;
    if ((await readPostmasterFile(this.#home.data))?.status === 'stopping') return false;
    return this.#share.ping().then(
      () => true,
      () => false,
    );
  }

  stop(): Promise<void> {
    this.#stopping ??= stayAwake(() => this.#stop());
    return this.#stopping;
  }

  async #start(): Promise<void> {
    await withStartLock(this.#home.folder, this.#clock, async () => {
      const password = this.#passwords?.[OWNER];
      const running = await findServer(this.#home, this.#clock, password);
      const server = running ?? (await this.#launch());
      if (this.#socketDir !== undefined && server.socketDir !== this.#socketDir) {
        throw new EmbeddedPostgresError('Another process moved the database to a new address. Start Baton again.');
      }
      const launched = running === undefined;
      const doors = await this.#knowLogins(server, launched);
      this.#socketDir = server.socketDir;
      this.#server = server;
      this.#share = await holdShare(server.socketDir, password).catch((error: unknown) => {
        throw new EmbeddedPostgresError('The database takes no new connection now. Try again in a moment.', {
          cause: error,
        });
      });
      if (doors === 'unlocked') await this.#lockDoors(server, this.#share, launched);
      void this.#watch(this.#share);
    });
  }

  async #knowLogins(server: RunningServer, launched: boolean): Promise<'locked' | 'unlocked'> {
    if (this.#passwords === undefined) return 'locked';
    return knowLogins(this.#home, server, this.#passwords, { launched, clock: this.#clock });
  }

  /** A process of an older Baton that is using the server has no password: its doors are locked once it has left. */
  async #lockDoors(server: RunningServer, share: Share, launched: boolean): Promise<void> {
    const alone = launched || (await share.isAlone());
    if (alone) await lockDoors(this.#home, server, this.#clock);
    if (alone && !launched) await share.stayOpen();
  }

  async #launch(): Promise<RunningServer> {
    // Everybody who was given the address keeps it: a server that died comes back where it was.
    const before = this.#socketDir;
    const socketDir =
      before !== undefined && (await takeSocketFolder(before, this.#home))
        ? before
        : await prepareSocketFolder(this.#home);
    if (this.#home.user !== undefined) {
      this.#log.info(`PostgreSQL runs as user ${this.#home.user.name}; its files are in ${this.#home.folder}`);
    }
    return launchServer(this.#home, {
      ...{ socketDir, durable: this.#durable, clock: this.#clock, password: this.#passwords?.[OWNER] ?? '' },
      ...(this.#passwords === undefined || (await doorsAreLocked(this.#home)) ? {} : { rules: OPEN_TO_OWNER }),
    });
  }

  /** The share ends the moment the server dies, whoever started it: then it is brought back. */
  async #watch(share: Share): Promise<void> {
    await share.ended;
    let wait = FIRST_RETRY_MILLISECONDS;
    while (this.#stopping === undefined && this.#share === share) {
      this.#log.warn('the database went away; starting it again');
      try {
        await this.ensureRunning();
      } catch (error) {
        this.#log.warn(
          error instanceof EmbeddedPostgresError ? error.message : 'the database could not be started yet',
        );
        await this.#clock.pause(wait);
        wait = Math.min(wait * 2, LONGEST_RETRY_MILLISECONDS);
      }
    }
  }

  async #stop(): Promise<void> {
    await this.#starting?.catch(() => undefined);
    const share = this.#share;
    const server = this.#server;
    if (share === undefined || server === undefined) return;
    await withStartLock(this.#home.folder, this.#clock, async () => {
      const alone = await share.isAlone().catch(() => false);
      await share.release();
      if (alone) await stopServer(this.#home, server, this.#clock);
    });
  }
}

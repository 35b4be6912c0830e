import pg from 'pg';
import type { Clock } from '../../clock.ts';
import { ensureRoles } from '../ensure-roles.ts';
import type { Home } from './choose-home.ts';
import { connectToSocket } from './connect-to-socket.ts';
import { EmbeddedPostgresError } from './embedded-error.ts';
import { sendSignal, type RunningServer } from './find-server.ts';
import { CLOSED, OPEN_TO_OWNER, readHostRules, writeHostRules } from './host-rules.ts';
import { APP_LOGIN, OWNER, WORKER_LOGIN, type Passwords } from './logins.ts';
import { readErrorCode } from './read-error-code.ts';

const POLL_MILLISECONDS = 5;
const RELOAD_MILLISECONDS = 10_000;
const WRONG_PASSWORD = '28P01';
/** No password of ours: those are hexadecimal. */
const NO_PASSWORD = 'none';

const members = [
  [APP_LOGIN, 'baton_app'],
  [WORKER_LOGIN, 'baton_worker'],
] as const;

/** True when the data folder lets in the three logins by their passwords, and nobody else. */
export const doorsAreLocked = async (home: Home): Promise<boolean> => (await readHostRules(home)) === CLOSED;

/**
 * Makes sure that a server knows the three logins. Answers 'unlocked' where somebody still comes in without a password:
 * at a new server, and at one that an older Baton made, which let in whoever reached its socket.
 */
export async function knowLogins(
  home: Home,
  server: RunningServer,
  passwords: Passwords,
  ports: { readonly launched: boolean; readonly clock: Clock },
): Promise<'locked' | 'unlocked'> {
  const known = await comesIn(server, passwords[OWNER]);
  if (known && (await doorsAreLocked(home))) return 'locked';
  if (!known) {
    // The passwords were lost and made anew. Others may be using the old ones, but not at a server that just came up.
    if (!ports.launched) {
      throw new EmbeddedPostgresError(
        'The private database does not know the passwords of this state folder. Stop every Baton that uses it, then start again.',
      );
    }
    await goBy(OPEN_TO_OWNER, home, server, ports.clock);
  }
  await makeLogins(server, passwords);
  return 'unlocked';
}

/** From here on nobody comes in without a password. */
export const lockDoors = (home: Home, server: RunningServer, clock: Clock): Promise<void> =>
  goBy(CLOSED, home, server, clock);

async function makeLogins(server: RunningServer, passwords: Passwords): Promise<void> {
  const client = await connectToSocket(server.socketDir, passwords[OWNER]);
  try {
    await client.query(`ALTER ROLE ${OWNER} PASSWORD ${pg.escapeLiteral(passwords[OWNER])}`);
    await ensureRoles(client);
    for (const [login, role] of members) {
      const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [login]);
      if (rowCount === 0) await client.query(`CREATE ROLE ${login} LOGIN`);
      await client.query(`ALTER ROLE ${login} PASSWORD ${pg.escapeLiteral(passwords[login])}`);
      await client.query(`GRANT ${role} TO ${login}`);
    }
  } finally {
    await client.end();
  }
}

/** Writes rules and waits until the running server goes by them. */
async function goBy(rules: string, home: Home, server: RunningServer, clock: Clock): Promise<void> {
  await writeHostRules(home, rules);
  sendSignal(server.pid, 'SIGHUP');
  const started = clock.wallNow().getTime();
  while ((await comesIn(server, NO_PASSWORD)) !== (rules === OPEN_TO_OWNER)) {
    if (clock.wallNow().getTime() - started > RELOAD_MILLISECONDS) {
      throw new EmbeddedPostgresError(
        `The private database does not go by its new rules. Its own words are in ${home.log}.`,
      );
    }
    await clock.pause(POLL_MILLISECONDS);
  }
}

async function comesIn(server: RunningServer, password: string): Promise<boolean> {
  try {
    await (await connectToSocket(server.socketDir, password)).end();
    return true;
  } catch (error) {
    if (readErrorCode(error) === WRONG_PASSWORD) return false;
    throw new EmbeddedPostgresError('The database takes no new connection now. Try again in a moment.', {
      cause: error,
    });
  }
}

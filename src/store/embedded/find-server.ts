import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../clock.ts';
import type { Home } from './choose-home.ts';
import { connectToSocket } from './connect-to-socket.ts';
import { EmbeddedPostgresError } from './embedded-error.ts';
import { listServerProcesses } from './list-processes.ts';
import { readErrorCode } from './read-error-code.ts';
import { readPostmasterFile } from './read-postmaster-file.ts';

/** A server that answers. */
export interface RunningServer {
  pid: number;
  socketDir: string;
}

const POLL_MILLISECONDS = 10;
const RECOVERY_MILLISECONDS = 300_000;
const UNREACHABLE_MILLISECONDS = 3_000;
const STOPPING_MILLISECONDS = 3_000;
const TOO_MANY_CONNECTIONS = '53300';
const WRONG_PASSWORD = '28P01';
/** There is no socket, or nobody behind it. Anything else is a server that is busy. */
const UNREACHABLE = ['ENOENT', 'ECONNREFUSED'];

/**
 * Finds the living server of this home, whoever started it: another process, or one of ours that was killed and left
 * its database running. Waits while it starts, recovers or shuts down. Undefined when there is none: then nothing of it
 * is left in the way of a new one.
 */
export async function findServer(home: Home, clock: Clock, password = ''): Promise<RunningServer | undefined> {
  const started = clock.wallNow().getTime();
  let unreachableSince: number | undefined;
  let hurried = false;
  for (;;) {
    const file = await readPostmasterFile(home.data);
    if (file === undefined) break;
    const processes = await listServerProcesses(home.tag);
    if (!processes.some((each) => each.pid === file.pid)) {
      await clearDeadServer(home, clock);
      break;
    }
    const now = clock.wallNow().getTime();
    const answer = file.socketDir === '' ? 'later' : await tryConnect(file.socketDir, password);
    if (answer === 'yes') return { pid: file.pid, socketDir: file.socketDir };
    if (answer === 'later') unreachableSince = undefined;
    else unreachableSince ??= now;
    if (
      file.status === 'ready' &&
      unreachableSince !== undefined &&
      now - unreachableSince > UNREACHABLE_MILLISECONDS
    ) {
      // It lives, but its socket was swept away: nobody can reach it any more, so it makes room for one that can be.
      process.kill(file.pid, 'SIGINT');
      unreachableSince = undefined;
    }
    if (file.status === 'stopping' && now - started > STOPPING_MILLISECONDS && !hurried) {
      // Somebody asked it to end when everybody has left it, and we never leave: it takes no connection until then.
      sendSignal(file.pid, 'SIGINT');
      hurried = true;
    }
    if (now - started > RECOVERY_MILLISECONDS) {
      throw new EmbeddedPostgresError(
        `The database has been recovering for five minutes. Its own words are in ${home.log}; start Baton again later.`,
      );
    }
    await clock.pause(POLL_MILLISECONDS);
  }
  await clearDeadServer(home, clock);
  return undefined;
}

async function tryConnect(socketDir: string, password: string): Promise<'yes' | 'later' | 'unreachable'> {
  try {
    const client = await connectToSocket(socketDir, password);
    await client.end();
    return 'yes';
  } catch (error) {
    const code = readErrorCode(error);
    // It refuses whom it does not know only once it serves.
    if (code === TOO_MANY_CONNECTIONS || code === WRONG_PASSWORD) return 'yes';
    return UNREACHABLE.includes(code) ? 'unreachable' : 'later';
  }
}

/**
 * After a postmaster was killed, its children may linger and hold shared memory: a new server would refuse to start
 * beside them. They are asked to leave, then made to. Then a `postmaster.pid` whose number now belongs to some other
 * process can go: with none of ours alive it guards nothing.
 */
async function clearDeadServer(home: Home, clock: Clock): Promise<void> {
  const steps: { after: number; signal: NodeJS.Signals }[] = [
    { after: 300, signal: 'SIGQUIT' },
    { after: 3_000, signal: 'SIGKILL' },
  ];
  const started = clock.wallNow().getTime();
  for (;;) {
    const left = await listServerProcesses(home.tag);
    if (left.length === 0) break;
    const waited = clock.wallNow().getTime() - started;
    while (steps[0] !== undefined && waited >= steps[0].after) {
      const signal = steps.shift()?.signal;
      for (const each of left) if (signal !== undefined) sendSignal(each.pid, signal);
    }
    await clock.pause(POLL_MILLISECONDS);
  }
  await rm(join(home.data, 'postmaster.pid'), { force: true });
}

/** Signals a process that may be gone by now. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (readErrorCode(error) !== 'ESRCH') throw error;
  }
}

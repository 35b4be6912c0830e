import { rmdir } from 'node:fs/promises';
import type { Clock } from '../../clock.ts';
import type { Home } from './choose-home.ts';
import { sendSignal, type RunningServer } from './find-server.ts';
import { listServerProcesses } from './list-processes.ts';

const POLL_MILLISECONDS = 5;
const FAST_MILLISECONDS = 60_000;

/**
 * Stops a server and waits until nothing of it is left: a fast shutdown, or, when that takes a minute, an immediate
 * one, which loses nothing that was committed. The caller holds the start lock and knows that nobody else uses it.
 */
export async function stopServer(home: Home, server: RunningServer, clock: Clock): Promise<void> {
  const started = clock.wallNow().getTime();
  let hurried = false;
  sendSignal(server.pid, 'SIGINT');
  for (;;) {
    if ((await listServerProcesses(home.tag)).length === 0) break;
    if (!hurried && clock.wallNow().getTime() - started > FAST_MILLISECONDS) {
      hurried = true;
      sendSignal(server.pid, 'SIGQUIT');
    }
    await clock.pause(POLL_MILLISECONDS);
  }
  // Only tidiness: one that is kept is found again.
  await rmdir(server.socketDir).catch(() => undefined);
}

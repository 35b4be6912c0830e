import { basename, join } from 'node:path';
import { listServerProcesses } from '../../src/store/embedded/list-processes.ts';
import { readPostmasterFile } from '../../src/store/embedded/read-postmaster-file.ts';
import { buildUrl } from '../../src/store/embedded/connect-to-socket.ts';
import { OWNER, readPasswords } from '../../src/store/embedded/logins.ts';
import type { BuiltService } from './built-service.ts';

/** Who is killed: the service, the database's postmaster alone, all of the database, or everything at once. */
export type Victim = 'service' | 'postmaster' | 'database' | 'both';

/** The private database behind a state folder. */
export async function findDatabase(
  stateDir: string,
): Promise<{ readonly url: string; readonly postmaster: number; readonly all: readonly number[] }> {
  const file = await readPostmasterFile(join(stateDir, 'postgres', 'data'));
  if (file === undefined || file.socketDir === '') throw new Error('there is no database to kill');
  const processes = await listServerProcesses(basename(file.socketDir));
  // Row security holds for the owner too: whoever looks takes a runtime role and says which organisation it is about.
  const asApplication = encodeURIComponent('-c role=baton_app -c baton.organisation=riverside');
  return {
    url: `${buildUrl(file.socketDir, (await readPasswords(stateDir))[OWNER])}&options=${asApplication}`,
    postmaster: file.pid,
    all: processes.map((each) => each.pid),
  };
}

/** SIGKILL, which nobody can prepare for. */
export async function killNow(victim: Victim, service: BuiltService, stateDir: string): Promise<void> {
  const { postmaster, all } = victim === 'service' ? { postmaster: 0, all: [] } : await findDatabase(stateDir);
  const pids = {
    service: [service.pid],
    postmaster: [postmaster],
    database: all,
    both: [service.pid, ...all],
  }[victim];
  for (const pid of pids) kill(pid);
  if (victim === 'service' || victim === 'both') await service.ended;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // A backend may have ended between being listed and being killed.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

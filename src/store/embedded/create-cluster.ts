import { chown, mkdtemp, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Home } from './choose-home.ts';
import { EmbeddedPostgresError } from './embedded-error.ts';
import { OWNER } from './logins.ts';
import type { Binaries } from './prepare-binaries.ts';
import { runProgram, type ProgramResult } from './run-program.ts';

/** The server's superuser: used here only, never by the product. */
export const SUPERUSER = 'postgres';
export const DATABASE = 'baton';

const DRAFT = 'data.new.';
const SETUP = `CREATE ROLE ${OWNER} LOGIN CREATEDB CREATEROLE;\nCREATE DATABASE ${DATABASE} OWNER ${OWNER};\n`;

/**
 * Makes the data folder with its owner role and empty database. It is built beside its place, written through to disk
 * when `durable`, and appears by a rename: a start that was killed half way leaves nothing that looks like a database.
 */
export async function createCluster(home: Home, binaries: Binaries, durable: boolean): Promise<void> {
  for (const name of await readdir(home.folder)) {
    // Left by a killed start. Its initdb may still be writing, so failing to remove it is no reason to fail.
    if (name.startsWith(DRAFT))
      await rm(join(home.folder, name), { recursive: true, force: true }).catch(() => undefined);
  }
  const draft = await mkdtemp(join(home.folder, DRAFT));
  if (home.user !== undefined) await chown(draft, home.user.uid, home.user.gid);
  const run = (program: string, args: string[], input?: string): Promise<ProgramResult> =>
    runProgram(join(binaries.bin, program), args, { user: home.user, ...(input === undefined ? {} : { input }) });
  try {
    check(
      await run('initdb', [
        ...['-D', draft, '-U', SUPERUSER, '-E', 'UTF8', '--locale=C', '--data-checksums'],
        // Replaced before the first start (host-rules.ts); a test's server goes by its folder alone.
        ...['--auth-local=trust', '--auth-host=reject', '--no-sync', '--no-instructions'],
      ]),
    );
    check(
      await run(
        'postgres',
        ['--single', '-D', draft, '-c', 'fsync=off', '-c', 'log_checkpoints=off', 'postgres'],
        SETUP,
      ),
    );
    if (durable) check(await run('initdb', ['-D', draft, '--sync-only']));
    await rename(draft, home.data);
    if (durable) await syncFolder(home.folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
}

function check(result: ProgramResult): void {
  // Single-user mode reports a failed statement without failing.
  const complaint = /^.*\b(?:error|fatal|panic): .*$/im.exec(result.errors)?.[0];
  if (result.status === 0 && complaint === undefined) return;
  const lastWords = result.errors.trim().split('\n').at(-1);
  throw new EmbeddedPostgresError(
    `A new database could not be made: ${complaint ?? (lastWords || result.failure || 'no reason given')}. ` +
      'Check the free space and the rights of BATON_STATE_DIR, or set DATABASE_URL.',
  );
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

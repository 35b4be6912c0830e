import { createHash } from 'node:crypto';
import { access, chmod, chown, constants, lstat, mkdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunUser } from './choose-run-user.ts';
import { EmbeddedPostgresError } from './embedded-error.ts';
import { runProgram } from './run-program.ts';

/** Where one private server keeps its things. */
export interface Home {
  /** Holds the data folder, the server's log, the start lock and, when needed, a copy of the binaries. */
  folder: string;
  /** PostgreSQL's data folder. */
  data: string;
  log: string;
  /** Where copied binaries go: a folder the run user can reach and only its owner can change. */
  binaries: string;
  /** It lies in the state folder, which the run user then passes through. */
  near: boolean;
  /** Names this server among the processes of the machine; also names its socket folder. */
  tag: string;
  /** Whom PostgreSQL runs as; undefined: as ourselves. */
  user: RunUser | undefined;
}

const SYSTEM_FOLDERS = ['/var/lib/baton', '/var/tmp/baton'];

/**
 * Decides where the data of `stateDir` lives: in `stateDir/postgres`, or, when the user that root drops to cannot
 * reach that, in `/var/lib/baton/<hash of stateDir>`. Data that is already in one of them decides first, so that a
 * later chmod never makes a full database look empty.
 */
export async function chooseHome(
  stateDir: string,
  user: RunUser | undefined,
  systemFolders: readonly string[] = SYSTEM_FOLDERS,
): Promise<Home> {
  await mkdir(stateDir, { recursive: true, ...(user === undefined ? { mode: 0o700 } : {}) }).catch((error: unknown) => {
    throw new EmbeddedPostgresError(
      `The state folder ${stateDir} cannot be made. Set BATON_STATE_DIR to a folder you may write to.`,
      { cause: error },
    );
  });
  const state = await realpath(stateDir);
  const hash = createHash('sha256').update(state).digest('hex').slice(0, 16);
  const near = join(state, 'postgres');
  if (user === undefined) {
    await makeFolder(near, undefined);
    return describeHome(near, near, undefined);
  }
  const far = systemFolders.map((binaries) => ({ folder: join(binaries, hash), binaries }));
  for (const place of [{ folder: near, binaries: near }, ...far]) {
    const found = await findOwner(join(place.folder, 'data'));
    if (found === undefined) continue;
    const owner = found.uid === user.uid ? user : found;
    if (await canReach(place.folder, owner)) return describeHome(place.folder, place.binaries, owner);
    throw new EmbeddedPostgresError(
      `The database's files are in ${place.folder}, which their owner (user ${owner.name}) can no longer reach. ` +
        'Let others pass through the folders above it (chmod o+x), or run Baton as that user.',
    );
  }
  if (await canReach(state, user)) {
    await makeFolder(near, user);
    return describeHome(near, near, user);
  }
  for (const place of far) {
    if (!(await makeSystemFolder(place.binaries))) continue;
    await makeFolder(place.folder, user);
    return describeHome(place.folder, place.binaries, user);
  }
  throw new EmbeddedPostgresError(
    `The user "${user.name}", whom root runs PostgreSQL as, cannot reach ${state}, and none of ` +
      `${systemFolders.join(', ')} can be used. Set BATON_STATE_DIR to a folder others may pass through.`,
  );
}

function describeHome(folder: string, binaries: string, user: RunUser | undefined): Home {
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  return {
    folder,
    data: join(folder, 'data'),
    log: join(folder, 'postgres.log'),
    binaries,
    near: folder === binaries,
    tag: `baton_${hash}`,
    user,
  };
}

async function makeFolder(folder: string, user: RunUser | undefined): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (user !== undefined) await chown(folder, user.uid, user.gid);
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new EmbeddedPostgresError(
      `The folder ${folder} cannot be prepared for PostgreSQL. Run Baton as the user it ran as before, ` +
        'or set BATON_STATE_DIR to a folder you may write to.',
      { cause: error },
    );
  }
}

/** Root's own folder, open to pass through, or false when somebody else could have put things into it. */
async function makeSystemFolder(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o755 });
    const facts = await lstat(folder);
    if (!facts.isDirectory() || facts.uid !== 0 || (facts.mode & 0o022) !== 0) return false;
    await chmod(folder, 0o755);
    return true;
  } catch {
    return false;
  }
}

/** Whose data it is: root goes on as that user, whoever started the database first. */
async function findOwner(data: string): Promise<RunUser | undefined> {
  const facts = await stat(data).catch(() => undefined);
  return facts === undefined ? undefined : { name: String(facts.uid), uid: facts.uid, gid: facts.gid };
}

/** Asks the system itself, as that user: mode bits alone do not know of access lists and mapped users. */
async function canReach(folder: string, user: RunUser): Promise<boolean> {
  const result = await runProgram('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { user });
  return result.status === 0;
}

import { chmod, chown, lstat, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Home } from './choose-home.ts';
import { EmbeddedPostgresError } from './embedded-error.ts';
import { readErrorCode } from './read-error-code.ts';

/** PostgreSQL's file name for port 5432. */
const SOCKET = '.s.PGSQL.5432';
/** Longest socket path, in bytes: 107 on Linux, 103 on macOS. */
const LONGEST = process.platform === 'linux' ? 107 : 103;
const TRIES = 9;

/**
 * Makes the private folder (0700) that holds the socket, and returns its path. It lies in the temporary folder under a
 * name hashed from the data's place, because a path inside a deep checkout would be too long for a socket. A folder of
 * that name that belongs to somebody else is never entered: the next name is tried.
 */
export async function prepareSocketFolder(home: Home, temporary: string = tmpdir()): Promise<string> {
  const fits = Buffer.byteLength(join(temporary, `${home.tag}-${TRIES}`, SOCKET)) <= LONGEST;
  const parent = fits ? temporary : '/tmp';
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const folder = join(parent, attempt === 1 ? home.tag : `${home.tag}-${attempt}`);
    if (await takeSocketFolder(folder, home)) return folder;
  }
  throw new EmbeddedPostgresError(
    `No private folder for the database's socket could be made in ${parent}: remove the folders ${home.tag}* there.`,
  );
}

/** Makes the folder or finds it to be ours; false when somebody else holds the name. */
export async function takeSocketFolder(folder: string, home: Home): Promise<boolean> {
  const uid = home.user?.uid ?? process.getuid?.();
  try {
    await mkdir(folder, { mode: 0o700 });
    if (home.user !== undefined) await chown(folder, home.user.uid, home.user.gid);
  } catch (error) {
    if (readErrorCode(error) !== 'EEXIST') {
      throw new EmbeddedPostgresError(
        `The database's socket folder ${folder} cannot be made. Set TMPDIR to a folder you may write to.`,
        { cause: error },
      );
    }
  }
  // lstat: a link somebody planted is not a folder of ours.
  const facts = await lstat(folder);
  if (!facts.isDirectory() || facts.uid !== uid) return false;
  if ((facts.mode & 0o777) !== 0o700) await chmod(folder, 0o700);
  return true;
}

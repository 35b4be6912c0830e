import { cp, mkdtemp, chmod, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { completeLibraryLinks } from './complete-library-links.ts';
import { EmbeddedPostgresError } from './embedded-error.ts';

const packageSchema = z.object({ version: z.string().regex(/^[\w.+-]+$/) });

/**
 * Copies the packaged PostgreSQL (about 60 MB, once a version) to where the run user can read it, and returns the copy's
 * `bin`. The copy appears by a rename, so an interrupted one is never taken for whole.
 *
 * @param native the package's `native` folder
 * @param into the folder that holds copies
 */
export async function copyBinaries(native: string, into: string): Promise<string> {
  const { version } = packageSchema.parse(JSON.parse(await readFile(join(dirname(native), 'package.json'), 'utf8')));
  const copy = join(into, `postgresql-${version}-${process.platform}-${process.arch}`);
  const there = await stat(join(copy, 'bin', 'postgres')).catch(() => undefined);
  if (there !== undefined) return join(copy, 'bin');
  try {
    const draft = await mkdtemp(join(into, 'copying-'));
    try {
      // Static libraries are of use to a compiler only.
      await cp(native, draft, { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith('.a') });
      await chmod(draft, 0o755);
      await completeLibraryLinks(draft);
      await rename(draft, copy);
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  } catch (error) {
    // Somebody else may have finished the same copy meanwhile.
    if (await stat(join(copy, 'bin', 'postgres')).catch(() => undefined)) return join(copy, 'bin');
    throw new EmbeddedPostgresError(
      `PostgreSQL's programs could not be copied to ${into}. Free some space there (60 MB), or set DATABASE_URL.`,
      { cause: error },
    );
  }
  return join(copy, 'bin');
}

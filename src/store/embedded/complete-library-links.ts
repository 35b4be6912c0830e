import { lstat, readFile, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { readErrorCode } from './read-error-code.ts';

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * A package cannot hold symbolic links, so the packaged PostgreSQL lists them and makes them by an install script.
 * Where scripts are off (`--ignore-scripts`) this makes the missing ones. Returns false when the folder refuses
 * (a read-only node_modules): then the binaries have to be copied first.
 *
 * @param native the package's `native` folder, or a copy of it
 */
export async function completeLibraryLinks(native: string): Promise<boolean> {
  const text = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const link of linksSchema.parse(JSON.parse(text))) {
    // The list speaks of the package: its paths begin with `native/`.
    const target = join(native, relative('native', link.target));
    const source = join(native, relative('native', link.source));
    if (await isThere(target)) continue;
    try {
      await symlink(relative(dirname(target), source), target);
    } catch (error) {
      if (readErrorCode(error) === 'EEXIST') continue;
      return false;
    }
  }
  return true;
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

import { randomBytes } from 'node:crypto';
import { constants, copyFile, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The master key of local mode: made once, kept in the state folder, readable by its owner only, never written over:
 * whatever was sealed with it would be lost. Two processes that start at once agree on one key, because a whole file
 * is put into place only where none is.
 */
export async function readLocalMasterKey(stateDir: string): Promise<Uint8Array> {
  await mkdir(stateDir, { recursive: true, mode: 0o700 });
  const path = join(stateDir, 'master.key');
  const draft = join(stateDir, `master.key.${randomBytes(6).toString('hex')}`);
  await writeFile(draft, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  try {
    await link(draft, path).catch(async (error: unknown) => {
      // A disk without hard links: copied instead, and again only where there is none.
      if (!isCode(error, 'EEXIST')) await copyFile(draft, path, constants.COPYFILE_EXCL);
    });
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(draft, { force: true });
  }
  const key = Buffer.from((await readFile(path, 'utf8')).trim(), 'base64');
  if (key.length !== 32 || key.every((byte) => byte === 0))
    throw new Error(`${path} does not hold a key. Restore it from a backup: without it nothing can be read.`);
  return new Uint8Array(key);
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

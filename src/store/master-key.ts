import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile, link, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The master key of local mode: made once, kept in the state folder, readable by its owner only. Two processes that
 * start at once agree on one key, because a file is linked into place only if none is there.
 */
export async function readLocalMasterKey(stateDir: string): Promise<Uint8Array> {
  await mkdir(stateDir, { recursive: true });
  const path = join(stateDir, 'master.key');
  const draft = join(stateDir, `master.key.${randomBytes(6).toString('hex')}`);
  await writeFile(draft, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  try {
    await link(draft, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
  const key = Buffer.from((await readFile(path, 'utf8')).trim(), 'base64');
  if (key.length !== 32)
    throw new Error(`${path} does not hold a key. Restore it from a backup: without it nothing can be read.`);
  return new Uint8Array(key);
}

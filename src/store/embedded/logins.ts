import { chmod, chown, link, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { randomIds } from '../../ids.ts';
import { EmbeddedPostgresError } from './embedded-error.ts';
import { readErrorCode } from './read-error-code.ts';

/** Owns the product's database; neither superuser nor above row security. */
export const OWNER = 'baton';
/** Come in for the service, and can become nothing but `baton_app` and `baton_worker`. */
export const APP_LOGIN = 'baton_app_login';
export const WORKER_LOGIN = 'baton_worker_login';

const FILE = 'database.passwords';
const passwordsSchema = z.object({
  [OWNER]: z.string().regex(/^[0-9a-f]{48}$/),
  [APP_LOGIN]: z.string().regex(/^[0-9a-f]{48}$/),
  [WORKER_LOGIN]: z.string().regex(/^[0-9a-f]{48}$/),
});

/** What the three logins of a private server are known by. */
export type Passwords = z.infer<typeof passwordsSchema>;

/**
 * The passwords of a private server: made once and kept in the state folder, readable by its owner only. One that was
 * lost is made anew, and the server learns it at its next start.
 */
export async function readPasswords(stateDir: string): Promise<Passwords> {
  const path = join(stateDir, FILE);
  const draft = `${path}.${randomIds.uuid()}`;
  const make = (): string => Buffer.from(randomIds.bytes(24)).toString('hex');
  const made: Passwords = { [OWNER]: make(), [APP_LOGIN]: make(), [WORKER_LOGIN]: make() };
  await writeFile(draft, `${JSON.stringify(made)}\n`, { mode: 0o600, flag: 'wx' });
  try {
    // Root may be starting what belongs to somebody who will want to read it again.
    const { uid, gid } = await stat(stateDir);
    if (process.getuid?.() === 0) await chown(draft, uid, gid);
    // A link appears whole and only where none is: two processes that start at once agree on one file.
    await link(draft, path);
  } catch (error) {
    if (readErrorCode(error) !== 'EEXIST') throw error;
    await chmod(path, 0o600).catch(() => undefined);
  } finally {
    await rm(draft, { force: true });
  }
  const parsed = passwordsSchema.safeParse(parseJson(await readFile(path, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new EmbeddedPostgresError(
    `${path} does not hold the database's passwords. Remove it while no Baton uses this folder, and start again.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

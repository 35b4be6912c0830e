import { chown, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomIds } from '../../ids.ts';
import type { Home } from './choose-home.ts';
import { DATABASE } from './create-cluster.ts';
import { APP_LOGIN, OWNER, WORKER_LOGIN } from './logins.ts';

const FILE = 'pg_hba.conf';
const HEAD = '# Written by Baton at every start that finds something else here.\n';

/** Only the three logins, each by its password; the server's superuser comes in by no door. */
export const CLOSED = `${HEAD}local all ${OWNER} scram-sha-256
local ${DATABASE} ${APP_LOGIN},${WORKER_LOGIN} scram-sha-256
local all all reject
host all all all reject
`;

/** For the moment in which the owner learns its password, and nobody else comes in. */
export const OPEN_TO_OWNER = `${HEAD}local all ${OWNER} trust
local all all reject
host all all all reject
`;

/** Who may come in by what: the server's own file, '' when there is none. */
export const readHostRules = (home: Home): Promise<string> => readFile(join(home.data, FILE), 'utf8').catch(() => '');

/** Put into place whole; a running server reads it when it is told to. */
export async function writeHostRules(home: Home, rules: string): Promise<void> {
  const draft = join(home.data, `${FILE}.${randomIds.uuid()}`);
  await writeFile(draft, rules, { mode: 0o600, flag: 'wx', flush: true });
  if (home.user !== undefined) await chown(draft, home.user.uid, home.user.gid);
  await rename(draft, join(home.data, FILE));
}

import { readFile } from 'node:fs/promises';
import { EmbeddedPostgresError } from './embedded-error.ts';

/** The system user PostgreSQL runs as. */
export interface RunUser {
  name: string;
  uid: number;
  gid: number;
}

const PREFERRED = ['postgres', '_postgres', 'nobody'];

/**
 * PostgreSQL refuses to run as root, so root drops to `postgres`, or else to `nobody`. `undefined`: not root, the
 * server runs as whoever we are. Only users of passwd count, because initdb looks its own name up there.
 */
export async function chooseRunUser(
  ourUid: number | undefined = process.getuid?.(),
  passwd: string = '/etc/passwd',
): Promise<RunUser | undefined> {
  if (ourUid !== 0) return undefined;
  const users = parsePasswd(await readFile(passwd, 'utf8').catch(() => ''));
  for (const name of PREFERRED) {
    const user = users.find((each) => each.name === name);
    if (user !== undefined && user.uid > 0) return user;
  }
  throw new EmbeddedPostgresError(
    'PostgreSQL does not run as root, and this system has neither a user "postgres" nor "nobody" to run it as. ' +
      'Start Baton as an ordinary user, or set DATABASE_URL.',
  );
}

function parsePasswd(text: string): RunUser[] {
  return text.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    if (name === undefined || name === '' || uid === undefined || gid === undefined) return [];
    const user = { name, uid: Number(uid), gid: Number(gid) };
    return Number.isInteger(user.uid) && Number.isInteger(user.gid) ? [user] : [];
  });
}

import pg from 'pg';
import { lookAtLogin } from './look-at-login.ts';
import { MigrationError } from './migration-error.ts';

/** Where the two runtime roles come in with logins of their own (design §4.2). */
export interface LoginUrls {
  readonly app: string;
  readonly worker: string;
}

const doors = [
  { setting: 'DATABASE_APP_URL', role: 'baton_app', url: (urls: LoginUrls) => urls.app },
  { setting: 'DATABASE_WORKER_URL', role: 'baton_worker', url: (urls: LoginUrls) => urls.worker },
] as const;

/** Wrong user, wrong password, unknown database, no right to connect. */
const refusals = new Set(['28P01', '28000', '3D000', '42501']);

/**
 * Throws MigrationError, in words that repeat no URL, when one of the logins is more than it should be, or less: able to
 * become the owner, above row security, in both roles at once, in neither, or in another database than `history` names.
 */
export async function requireLogins(urls: LoginUrls, history?: string): Promise<void> {
  for (const { setting, role, url } of doors) {
    const client = new pg.Client({ connectionString: url(urls), connectionTimeoutMillis: 10_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
    } catch (error) {
      await client.end().catch(() => undefined);
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (!refusals.has(code)) throw error;
      throw new MigrationError(`${setting}: the database refused this login. Check its name, password and database.`);
    }
    try {
      await requireLogin(client, setting, role, history);
    } finally {
      await client.end();
    }
  }
}

async function requireLogin(
  client: pg.Client,
  setting: string,
  role: 'baton_app' | 'baton_worker',
  history: string | undefined,
): Promise<void> {
  const login = await lookAtLogin(client);
  const [power] = login.powers;
  if (power !== undefined) {
    throw new MigrationError(
      `${setting}: its login ${power}, so it could leave row security. ` +
        `Give it a login of its own: CREATE ROLE … LOGIN IN ROLE ${role} (docs/operations.md).`,
    );
  }
  const other = role === 'baton_app' ? 'baton_worker' : 'baton_app';
  if (login.roles.includes(other)) {
    throw new MigrationError(`${setting}: its login may also become ${other}. Take one away: REVOKE ${other} FROM it.`);
  }
  const usable = `SELECT pg_has_role(session_user, oid, CASE WHEN current_setting('server_version_num')::int >= 160000
      THEN 'SET' ELSE 'MEMBER' END) AS may FROM pg_roles WHERE rolname = '${role}'`;
  const { rows } = await client.query<{ may: boolean }>(usable);
  if (rows[0]?.may !== true) {
    throw new MigrationError(`${setting}: its login may not become ${role}. As the owner run: GRANT ${role} TO it.`);
  }
  if (history !== undefined) {
    await client.query(`SET ROLE ${role}`);
    if ((await readHistory(client)) !== history) {
      throw new MigrationError(`${setting} leads to another database than DATABASE_URL. Both must name the same one.`);
    }
  }
}

/** What names one database among all: its name, and the id of its first migration, which only its own copies share. */
export async function readHistory(client: pg.Client): Promise<string | undefined> {
  const { rows } = await client.query<{ history: string }>(
    `SELECT current_database() || ' ' || id AS history FROM _prisma_migrations ORDER BY started_at, migration_name LIMIT 1`,
  );
  return rows[0]?.history;
}

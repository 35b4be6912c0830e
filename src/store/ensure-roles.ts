import type { ClientBase } from 'pg';
import { MigrationError } from './migration-error.ts';

/** `baton_app` serves requests, `baton_worker` finds whose turn it is. Row security binds both. */
export const RUNTIME_ROLES = ['baton_app', 'baton_worker'] as const;

const GRANT_SET_OPTION_SINCE = 160_000;
const INSUFFICIENT_PRIVILEGE = '42501';
/** Two databases of one cluster granting at once: `tuple concurrently updated`, which the loser just repeats. */
const CONCURRENT_UPDATE = 'XX000';
const ATTEMPTS = 5;

/**
 * Makes the runtime roles and lets the current owner become them (`options=-c role=…`). Roles belong to the whole
 * cluster, so several databases and processes may do this at once. Throws MigrationError when the owner may not make
 * them, or when one exists with powers that would lift it above row security.
 */
export async function ensureRoles(client: ClientBase): Promise<void> {
  for (const role of RUNTIME_ROLES) {
    await createRole(client, role);
    for (let attempt = 1; !(await mayBecome(client, role)); attempt += 1) await grantRole(client, role, attempt);
  }
}

async function createRole(client: ClientBase, role: string): Promise<void> {
  const found = await client.query<{ above: boolean }>(
    'SELECT rolsuper OR rolbypassrls AS above FROM pg_roles WHERE rolname = $1',
    [role],
  );
  if (found.rows[0]?.above === true) {
    throw new MigrationError(
      `The role ${role} is superuser or bypasses row security, so one organisation could see another's rows. ` +
        `Run ALTER ROLE ${role} NOSUPERUSER NOBYPASSRLS as an administrator, then start again.`,
    );
  }
  if (found.rows[0] !== undefined) return;
  try {
    // Somebody may be first between the question and the answer; unique_violation is how the catalogue says it then.
    await client.query(
      `DO $$ BEGIN CREATE ROLE ${role} NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`,
    );
  } catch (error) {
    throw refuse(error, role);
  }
}

async function mayBecome(client: ClientBase, role: string): Promise<boolean> {
  const privilege = (await readVersion(client)) >= GRANT_SET_OPTION_SINCE ? 'SET' : 'MEMBER';
  const { rows } = await client.query<{ may: boolean }>('SELECT pg_has_role(current_user, $1, $2) AS may', [
    role,
    privilege,
  ]);
  return rows[0]?.may === true;
}

async function grantRole(client: ClientBase, role: string, attempt: number): Promise<void> {
  // Before 16 membership always allowed SET ROLE; since then who makes a role may not become it unless told so.
  const options = (await readVersion(client)) >= GRANT_SET_OPTION_SINCE ? 'WITH SET TRUE, INHERIT FALSE' : '';
  try {
    await client.query(`GRANT ${role} TO CURRENT_USER ${options}`);
  } catch (error) {
    if (codeOf(error) !== CONCURRENT_UPDATE || attempt >= ATTEMPTS) throw refuse(error, role);
  }
}

async function readVersion(client: ClientBase): Promise<number> {
  const { rows } = await client.query<{ version: string }>(`SELECT current_setting('server_version_num') AS version`);
  return Number(rows[0]?.version);
}

function refuse(error: unknown, role: string): unknown {
  if (codeOf(error) !== INSUFFICIENT_PRIVILEGE) return error;
  return new MigrationError(
    `The database's owner may not make or use the role ${role}. As an administrator run: CREATE ROLE ${role} NOLOGIN; ` +
      `GRANT ${role} TO <the owner in DATABASE_URL>; or give that owner CREATEROLE. Then start again.`,
    { cause: error },
  );
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

import pg from 'pg';
import { wallClock, type Clock } from '../clock.ts';
import { randomIds, type Ids } from '../ids.ts';
import { ensureRoles, RUNTIME_ROLES } from './ensure-roles.ts';
import { MigrationError } from './migration-error.ts';
import {
  compareMigrations,
  refuseForeignHistory,
  type AppliedMigration,
  type MigrationsStatus,
  type Queryable,
} from './migration-status.ts';
import { oldestServed, oldestServedComment, readOldestServed, servable, type Servable } from './oldest-served.ts';
import type { PlainLog } from './plain-log.ts';
import { migrationsDirectory, readMigrations, type Migration } from './read-migrations.ts';

export interface MigrateOptions {
  /** Connection string of the database's owner. */
  connect: string;
  /** Default: prisma/migrations of the package. */
  directory?: string;
  /** The newest migration of the version before: see `oldest-served.ts`. Default: this version's. */
  oldest?: string;
  log: PlainLog;
  clock?: Clock;
  ids?: Ids;
}

/** A number of our own among advisory locks: one process migrates a database at a time. */
const LOCK = '4703146211548591';
/** A migration waits this long for a table an older binary is using, rather than stop everybody behind it. */
const LOCK_TIMEOUT = '10s';
const LOCK_NOT_AVAILABLE = '55P03';
const ATTEMPTS = 3;

/** Prisma's own layout, so that its tools read our history. */
const HISTORY = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id                  VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum            VARCHAR(64) NOT NULL,
  finished_at         TIMESTAMPTZ,
  migration_name      VARCHAR(255) NOT NULL,
  logs                TEXT,
  rolled_back_at      TIMESTAMPTZ,
  started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;
const APPLIED = `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
  FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at, migration_name`;

/**
 * Brings a database to this binary's schema: makes the runtime roles, then applies what is missing, each migration in
 * one transaction. Any number of processes may call it at once: one works, the others wait and find it done. Throws
 * MigrationError when the database is newer than this binary or its history was edited; then nothing was changed.
 */
export async function migrate(options: MigrateOptions): Promise<{ applied: string[] }> {
  const known = await readMigrations(options.directory);
  const client = new pg.Client({ connectionString: options.connect });
  // A connection lost between two queries makes the next one fail; without a listener it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    if (await isReady(client, known)) return { applied: [] };
    await client.query(`SELECT pg_advisory_lock(${LOCK})`);
    await ensureRoles(client);
    await client.query(HISTORY);
    await client.query(`GRANT SELECT ON _prisma_migrations TO ${RUNTIME_ROLES.join(', ')}`);
    const { rows } = await client.query<AppliedMigration>(APPLIED);
    refuseForeignHistory(known, rows);
    const { pending } = compareMigrations(known, rows);
    for (const migration of known.filter((each) => pending.includes(each.name))) {
      await apply(client, migration, options);
      options.log.info(`migration ${migration.name} applied`);
    }
    return { applied: pending };
  } finally {
    // Closing gives the advisory lock back.
    await client.end();
  }
}

/**
 * True when nothing is left to do, which is so at nearly every start: told by two questions, without the lock and
 * without a write. Whatever is unusual is left to the long way, which says what it is.
 */
async function isReady(client: pg.Client, known: readonly Migration[]): Promise<boolean> {
  const { rows } = await client.query<{ ready: boolean | null }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL
            AND has_table_privilege(r.oid, to_regclass('_prisma_migrations'), 'SELECT')
            AND NOT (r.rolsuper OR r.rolbypassrls)
            AND pg_has_role(current_user, r.oid,
                  CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END) AS ready
     FROM unnest($1::text[]) AS role (name) LEFT JOIN pg_roles r ON r.rolname = role.name`,
    [[...RUNTIME_ROLES]],
  );
  if (!rows.every(({ ready }) => ready === true)) return false;
  const applied = (await client.query<AppliedMigration>(APPLIED)).rows;
  return (
    applied.length === known.length &&
    known.every(({ name, checksum }) =>
      applied.some((row) => row.name === name && row.checksum === checksum && row.finished),
    )
  );
}

/**
 * How a database stands to this binary's migrations, and whether a process that runs may go on serving; works as owner
 * and as either runtime role.
 */
export async function migrationsStatus(
  database: Queryable,
  directory: string = migrationsDirectory,
): Promise<MigrationsStatus & { readonly servable: Servable; readonly begun: boolean }> {
  const known = await readMigrations(directory);
  const { rows } = await database.query(
    `SELECT t.oid IS NOT NULL AS found, obj_description(t.oid, 'pg_class') AS comment
     FROM (SELECT to_regclass('_prisma_migrations') AS oid) t`,
  );
  const [{ found, comment } = { found: false, comment: null }] = rows as { found: boolean; comment: string | null }[];
  const applied = found ? ((await database.query(APPLIED)).rows as AppliedMigration[]) : [];
  const status = compareMigrations(known, applied);
  const names = known.map(({ name }) => name);
  return { ...status, servable: servable(status, names, readOldestServed(comment)), begun: applied.length > 0 };
}

async function apply(client: pg.Client, migration: Migration, options: MigrateOptions): Promise<void> {
  const { clock = wallClock, oldest = oldestServed } = options;
  const id = (options.ids ?? randomIds).uuid();
  for (let attempt = 1; ; attempt += 1) {
    const startedAt = clock.wallNow();
    try {
      await client.query('BEGIN');
      await client.query(`SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'`);
      await client.query(migration.sql);
      // In the same transaction: an older process that still serves learns of both at once.
      await client.query(`COMMENT ON TABLE _prisma_migrations IS ${pg.escapeLiteral(oldestServedComment(oldest))}`);
      await client.query(
        `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
         VALUES ($1, $2, $3, $4, $5, 1)`,
        [id, migration.checksum, migration.name, startedAt, clock.wallNow()],
      );
      await client.query('COMMIT');
      return;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      if (sqlState(error) !== LOCK_NOT_AVAILABLE || attempt >= ATTEMPTS) throw explain(migration, error);
    }
  }
}

/** The driver's message may repeat a row's values; only the classes that speak of the SQL itself are passed on. */
function explain(migration: Migration, error: unknown): MigrationError {
  const code = sqlState(error);
  if (code === LOCK_NOT_AVAILABLE) {
    return new MigrationError(
      `The migration ${migration.name} could not get the tables it changes: something holds them. ` +
        'End long-running queries or the older Baton, then start again. Nothing was changed by it.',
    );
  }
  const detail = code.startsWith('42') && error instanceof Error ? `: ${error.message}` : '';
  return new MigrationError(
    `The migration ${migration.name} failed (SQLSTATE ${code || 'unknown'}${detail}). It was undone.`,
  );
}

function sqlState(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

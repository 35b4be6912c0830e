import pg from 'pg';
import { inject } from 'vitest';
import { randomIds } from '../../src/ids.ts';
import { pointAt } from './point-at.ts';

/** The PostgreSQL of this run, as test/helpers/global-database.ts prepared it. */
export interface TestServer {
  /** Connection string of a role that may create databases and become the runtime roles. */
  adminUrl: string;
  /** A database with all migrations applied. */
  template: string;
  /** Databases of this run begin with this, so that the end of the run finds those a failed test left. */
  prefix: string;
  /** How this server copies a database fastest. */
  copying: 'FILE_COPY' | 'WAL_LOG';
}

declare module 'vitest' {
  export interface ProvidedContext {
    testServer: TestServer;
  }
}

export interface TestDatabase {
  name: string;
  /** Connection string as the database's owner. */
  url: string;
  drop(): Promise<void>;
}

/** A fresh database with all migrations applied: a copy of the run's template, or of one that stands on it. */
export function createDatabase(template = inject('testServer').template): Promise<TestDatabase> {
  return copyDatabase(template);
}

/** A fresh database without anything in it, for tests of the migrator itself. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return copyDatabase('template0');
}

async function copyDatabase(template: string): Promise<TestDatabase> {
  const { adminUrl, prefix, copying } = inject('testServer');
  const name = `${prefix}${randomIds.uuid().replaceAll('-', '')}`;
  await runAsAdmin(adminUrl, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY ${copying}`);
  return {
    name,
    url: pointAt(adminUrl, name),
    drop: () => runAsAdmin(adminUrl, ...dropping(name)),
  };
}

/**
 * A test that failed may have left connections open. `WITH (FORCE)` would also try to end the server's own cleaning,
 * which only a superuser may; a plain DROP ends that by itself.
 */
export function dropping(name: string): readonly string[] {
  return [
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = '${name}' AND backend_type = 'client backend'`,
    `DROP DATABASE IF EXISTS ${name}`,
  ];
}

async function runAsAdmin(adminUrl: string, ...statements: readonly string[]): Promise<void> {
  admin ??= openAdmin(adminUrl);
  for (const sql of statements) await admin.query(sql);
}

/** One connection a worker, which leaves when nothing was asked of it for a while. */
let admin: pg.Pool | undefined;
function openAdmin(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: 2, idleTimeoutMillis: 2_000, allowExitOnIdle: true });
  pool.on('error', () => undefined);
  return pool;
}

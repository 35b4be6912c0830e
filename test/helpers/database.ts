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
}

declare module 'vitest' {
  export interface ProvidedContext {
    testServer: TestServer;
  }
}

export interface TestDatabase {
  /** Connection string as the database's owner. */
  url: string;
  drop(): Promise<void>;
}

/** A fresh database with all migrations applied, a copy of the run's template (about 100 ms). */
export function createDatabase(): Promise<TestDatabase> {
  return copyDatabase(inject('testServer').template);
}

/** A fresh database without anything in it, for tests of the migrator itself. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return copyDatabase('template0');
}

async function copyDatabase(template: string): Promise<TestDatabase> {
  const { adminUrl, prefix } = inject('testServer');
  const name = `${prefix}${randomIds.uuid().replaceAll('-', '')}`;
  await runAsAdmin(adminUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  return {
    url: pointAt(adminUrl, name),
    // A test that failed may have left connections open.
    drop: () => runAsAdmin(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function runAsAdmin(adminUrl: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

import { createHash } from 'node:crypto';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { randomIds } from '../../src/ids.ts';
import { listProcesses } from '../../src/store/embedded/list-processes.ts';
import { startEmbeddedPostgres } from '../../src/store/embedded/start-embedded-postgres.ts';
import { migrate } from '../../src/store/migrate.ts';
import { readMigrations } from '../../src/store/read-migrations.ts';
import { pointAt } from './point-at.ts';

const FOLDER = 'baton-test-';
const quiet = { info: () => undefined, warn: () => undefined };

/**
 * One server a run: that of DATABASE_URL, else a private one that forgets at power loss. On it a template database
 * with all migrations applied, which every test file copies.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await findServer();
  const prefix = `baton_test_${randomIds.uuid().slice(0, 8)}_`;
  const template = await createTemplate(server.url);
  project.provide('testServer', { adminUrl: server.url, template, prefix });
  return async () => {
    await dropDatabases(server.url, prefix);
    await server.stop();
  };
}

interface Server {
  url: string;
  stop(): Promise<void>;
}

async function findServer(): Promise<Server> {
  const given = process.env['DATABASE_URL'];
  if (given !== undefined && given !== '') return { url: given, stop: async () => undefined };
  await sweepKilledRuns();
  const stateDir = await mkdtemp(join(tmpdir(), `${FOLDER}${process.pid}-`));
  // Root runs PostgreSQL as another user, who has to get in.
  await chmod(stateDir, 0o755);
  const server = await startEmbeddedPostgres({ stateDir, durable: false, log: quiet });
  const stop = async (): Promise<void> => {
    await server.stop();
    await rm(stateDir, { recursive: true, force: true });
  };
  return { url: server.url, stop };
}

/** The name says which migrations are in it, so a server that is kept between runs keeps its template too. */
async function createTemplate(adminUrl: string): Promise<string> {
  const hash = createHash('sha256');
  for (const migration of await readMigrations()) hash.update(`${migration.name}:${migration.checksum}\n`);
  const name = `baton_template_${hash.digest('hex').slice(0, 12)}`;
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    // Two runs at once on one server: the second waits, and finds it made.
    await admin.query(`SELECT pg_advisory_lock(hashtext('baton test template'))`);
    const found = await admin.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount === 0) {
      await admin.query(`DROP DATABASE IF EXISTS ${name}_draft WITH (FORCE)`);
      await admin.query(`CREATE DATABASE ${name}_draft TEMPLATE template0`);
      await migrate({ connect: pointAt(adminUrl, `${name}_draft`), log: quiet });
      await admin.query(`ALTER DATABASE ${name}_draft RENAME TO ${name}`);
    }
  } finally {
    await admin.end();
  }
  return name;
}

async function dropDatabases(adminUrl: string, prefix: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    const left = await admin.query<{ name: string }>('SELECT datname AS name FROM pg_database WHERE datname ^@ $1', [
      prefix,
    ]);
    for (const { name } of left.rows) await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  } finally {
    await admin.end();
  }
}

/** A run that was killed leaves its folder and its server behind: the next one ends them. */
async function sweepKilledRuns(): Promise<void> {
  const processes = await listProcesses();
  for (const name of await readdir(tmpdir())) {
    const [, owner] = /^baton-test-(\d+)-/.exec(name) ?? [];
    if (owner === undefined || processes.some((each) => each.pid === Number(owner))) continue;
    const folder = join(tmpdir(), name);
    for (const each of processes) {
      if (each.title.includes(`postgres -D ${folder}/`)) process.kill(each.pid, 'SIGQUIT');
    }
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}

import { createHash } from 'node:crypto';
import { access, chmod, constants, mkdtemp, readdir, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { randomIds } from '../../src/ids.ts';
import { listProcesses } from '../../src/store/embedded/list-processes.ts';
import { startEmbeddedPostgres } from '../../src/store/embedded/start-embedded-postgres.ts';
import { migrate } from '../../src/store/migrate.ts';
import { readMigrations } from '../../src/store/read-migrations.ts';
import { dropping } from './database.ts';
import { pointAt } from './point-at.ts';

const FOLDER = 'baton-test-';
const MEMORY = '/dev/shm';
/** Bytes: the databases of a run that stand at one time, many times over. */
const ROOM = 4 * 1024 ** 3;
const quiet = { info: () => undefined, warn: () => undefined };

/**
 * One server a run: that of DATABASE_URL, else a private one that forgets at power loss. On it a template database
 * with all migrations applied, which every test file copies.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await findServer();
  const prefix = `baton_test_${randomIds.uuid().slice(0, 8)}_`;
  const template = await createTemplate(server.url);
  project.provide('testServer', { adminUrl: server.url, template, prefix, copying: server.copying });
  return async () => {
    await dropDatabases(server.url, prefix);
    await server.stop();
  };
}

interface Server {
  url: string;
  copying: 'FILE_COPY' | 'WAL_LOG';
  stop(): Promise<void>;
}

async function findServer(): Promise<Server> {
  const given = process.env['DATABASE_URL'];
  if (given !== undefined && given !== '') return { url: given, copying: 'WAL_LOG', stop: async () => undefined };
  const parent = await chooseFolder();
  await sweepKilledRuns(parent);
  const stateDir = await mkdtemp(join(parent, `${FOLDER}${process.pid}-`));
  // Root runs PostgreSQL as another user, who has to get in.
  await chmod(stateDir, 0o755);
  const server = await startEmbeddedPostgres({ stateDir, durable: false, doors: 'open', log: quiet });
  const stop = async (): Promise<void> => {
    await server.stop();
    await rm(stateDir, { recursive: true, force: true });
  };
  // Copying files waits for the disk, which a server that forgets has none of; another one writes a log of them.
  return { url: server.url, copying: 'FILE_COPY', stop };
}

/** In memory where the machine has room for it: a database a test is some hundred small files. */
async function chooseFolder(): Promise<string> {
  try {
    await access(MEMORY, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = await statfs(MEMORY);
    return bavail * bsize > ROOM ? MEMORY : tmpdir();
  } catch {
    return tmpdir();
  }
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
      for (const sql of dropping(`${name}_draft`)) await admin.query(sql);
      await admin.query(`CREATE DATABASE ${name}_draft TEMPLATE template0`);
      await migrate({ connect: pointAt(adminUrl, `${name}_draft`), log: quiet });
      await tellOfOrganisations(pointAt(adminUrl, `${name}_draft`));
      await admin.query(`ALTER DATABASE ${name}_draft RENAME TO ${name}`);
    }
  } finally {
    await admin.end();
  }
  return name;
}

/**
 * Nobody cleans a database of these tests, so nothing tells the server what is in it: it takes each organisation for one
 * of hundreds, and reads all of a table by the first index that begins with it (a statement of 300 clients: 500 ms
 * instead of 5). Here it learns beforehand that there is one. A server before 18 cannot be told, and is slower.
 */
async function tellOfOrganisations(url: string): Promise<void> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  try {
    const version = await owner.query<{ version: number }>(
      `SELECT current_setting('server_version_num')::int AS version`,
    );
    if ((version.rows[0]?.version ?? 0) < 180_000) return;
    await owner.query(`
      SELECT pg_restore_attribute_stats('schemaname', 'public', 'relname', c.relname::text, 'attname', 'organisation_id',
        'inherited', false, 'null_frac', 0::real, 'avg_width', 10, 'n_distinct', 1::real)
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organisation_id'
      WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace`);
  } finally {
    await owner.end();
  }
}

async function dropDatabases(adminUrl: string, prefix: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    const left = await admin.query<{ name: string }>('SELECT datname AS name FROM pg_database WHERE datname ^@ $1', [
      prefix,
    ]);
    for (const { name } of left.rows) for (const sql of dropping(name)) await admin.query(sql);
  } finally {
    await admin.end();
  }
}

/** A run that was killed leaves its folder and its server behind: the next one ends them. */
async function sweepKilledRuns(parent: string): Promise<void> {
  const processes = await listProcesses();
  for (const name of await readdir(parent)) {
    const [, owner] = /^baton-test-(\d+)-/.exec(name) ?? [];
    if (owner === undefined || processes.some((each) => each.pid === Number(owner))) continue;
    const folder = join(parent, name);
    for (const each of processes) {
      if (each.title.includes(`postgres -D ${folder}/`)) process.kill(each.pid, 'SIGQUIT');
    }
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}

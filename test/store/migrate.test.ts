import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { connectAs } from '../../src/store/connect-as.ts';
import { ensureRoles, RUNTIME_ROLES } from '../../src/store/ensure-roles.ts';
import { migrate, migrationsStatus } from '../../src/store/migrate.ts';
import { readMigrations } from '../../src/store/read-migrations.ts';
import { createDatabase, createEmptyDatabase, type TestDatabase } from '../helpers/database.ts';
import { query } from './embedded-fixtures.ts';

const log = { info: () => undefined, warn: () => undefined };
const first = 'CREATE TABLE notes (id int PRIMARY KEY, words text);\nCREATE INDEX notes_words ON notes (words);\n';
const second = 'ALTER TABLE notes ADD COLUMN length int;\n';
let database: TestDatabase;
let directory: string;

beforeEach(async () => {
  database = await createEmptyDatabase();
  directory = await mkdtemp(join(tmpdir(), 'baton-migrations-'));
  await write('20260101000000_first', first);
});

afterEach(async () => {
  await database.drop();
  await rm(directory, { recursive: true });
});

async function write(name: string, sql: string): Promise<void> {
  await mkdir(join(directory, name), { recursive: true });
  await writeFile(join(directory, name, 'migration.sql'), sql);
}

const run = () => migrate({ connect: database.url, directory, log });

describe('migrating a database', () => {
  it('applies what is missing in the order of names, and nothing twice', async () => {
    await write('20260102000000_second', second);
    expect(await run()).toEqual({ applied: ['20260101000000_first', '20260102000000_second'] });
    expect(await run()).toEqual({ applied: [] });
    await write('20260103000000_third', 'ALTER TABLE notes DROP COLUMN length;');
    expect(await run()).toEqual({ applied: ['20260103000000_third'] });
  });

  it('records each in the layout of Prisma, with the checksum Prisma writes', async () => {
    await run();
    const [migration] = await readMigrations(directory);
    const rows = await query(database.url, 'SELECT * FROM _prisma_migrations');
    expect(rows).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        checksum: migration?.checksum,
        finished_at: expect.any(Date),
        migration_name: '20260101000000_first',
        logs: null,
        rolled_back_at: null,
        started_at: expect.any(Date),
        applied_steps_count: 1,
      },
    ]);
  });

  it('is done once when several processes start at once', async () => {
    await write('20260102000000_second', second);
    const results = await Promise.all(Array.from({ length: 5 }, run));
    expect(results.flatMap((result) => result.applied).sort()).toEqual([
      '20260101000000_first',
      '20260102000000_second',
    ]);
  });

  it('undoes a migration that fails, keeps those before it, and repeats no value of a row', async () => {
    await write('20260102000000_second', `${second} INSERT INTO notes VALUES (1, 'Jane Doe'), (1, 'Jane Doe');`);
    const error = await run().catch((reason: unknown) => reason);
    expect(String(error)).toBe(
      'MigrationError: The migration 20260102000000_second failed (SQLSTATE 23505). It was undone.',
    );
    expect(await query(database.url, `SELECT migration_name FROM _prisma_migrations`)).toEqual([
      { migration_name: '20260101000000_first' },
    ]);
    expect(
      await query(database.url, `SELECT count(*)::int AS n FROM information_schema.columns WHERE table_name = 'notes'`),
    ).toEqual([{ n: 2 }]);
  });

  it('says what is wrong with the SQL of a migration', async () => {
    await write('20260102000000_second', 'ALTER TABLE nothing ADD COLUMN x int;');
    await expect(run()).rejects.toThrow('SQLSTATE 42P01: relation "nothing" does not exist');
  });

  it('refuses a database whose applied migration has other contents, and changes nothing', async () => {
    await run();
    await write('20260101000000_first', `${first}-- edited later\n`);
    await write('20260102000000_second', second);
    await expect(run()).rejects.toThrow(
      /20260101000000_first was applied here with other contents.*Nothing was changed/s,
    );
    expect(await query(database.url, 'SELECT migration_name FROM _prisma_migrations')).toHaveLength(1);
  });

  it('refuses a database that a newer version has migrated', async () => {
    await write('20260102000000_second', second);
    await run();
    await rm(join(directory, '20260102000000_second'), { recursive: true });
    await expect(run()).rejects.toThrow(/newer Baton \(20260102000000_second\)/);
  });

  it('refuses a database in which a migration was begun and not finished', async () => {
    await run();
    await query(database.url, 'UPDATE _prisma_migrations SET finished_at = NULL');
    await expect(run()).rejects.toThrow(/begun and not finished/);
  });

  it('waits for a table an older version is using', async () => {
    await run();
    await write('20260102000000_second', second);
    const other = new pg.Client({ connectionString: database.url });
    await other.connect();
    await other.query('BEGIN; SELECT count(*) FROM notes');
    const running = run();
    const waiting = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'relation'`;
    await expect.poll(() => query(database.url, waiting)).toEqual([{ n: 1 }]);
    await other.query('COMMIT');
    await other.end();
    expect(await running).toEqual({ applied: ['20260102000000_second'] });
  });

  it('says in words when the folder of migrations is missing', async () => {
    await expect(migrate({ connect: database.url, directory: join(directory, 'none'), log })).rejects.toThrow(
      'Install Baton again.',
    );
  });

  it('applies the migrations of this version to an empty database', async () => {
    const names = (await readMigrations()).map((migration) => migration.name);
    expect(await migrate({ connect: database.url, log })).toEqual({ applied: names });
  });
});

describe('the state of migrations', () => {
  it('is behind before, current after, ahead when this binary is the older one', async () => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const status = () => migrationsStatus(client, directory);
    expect(await status()).toEqual({
      ...{ state: 'behind', servable: 'behind', begun: false },
      ...{ pending: ['20260101000000_first'], unknown: [] },
    });
    await run();
    expect(await status()).toEqual({ state: 'current', servable: 'current', begun: true, pending: [], unknown: [] });
    await rm(join(directory, '20260101000000_first'), { recursive: true });
    expect(await status()).toMatchObject({ state: 'ahead', servable: 'ahead', unknown: ['20260101000000_first'] });
    await client.end();
  });

  it('can be read by the role that serves requests', async () => {
    await run();
    for (const role of RUNTIME_ROLES) {
      const client = new pg.Client(connectAs(database.url, role));
      await client.connect();
      expect(await migrationsStatus(client, directory)).toMatchObject({ state: 'current' });
      await client.end();
    }
  });
});

describe('the runtime roles', () => {
  it('are taken at connection, and are neither superuser nor above row security', async () => {
    await run();
    for (const role of RUNTIME_ROLES) {
      const client = new pg.Client(connectAs(database.url, role));
      await client.connect();
      const { rows } = await client.query(
        'SELECT rolname, rolsuper, rolbypassrls, rolcanlogin FROM pg_roles WHERE rolname = current_user',
      );
      await client.end();
      expect(rows).toEqual([{ rolname: role, rolsuper: false, rolbypassrls: false, rolcanlogin: false }]);
    }
  });

  it('may be made by many at once', async () => {
    const clients = Array.from({ length: 6 }, () => new pg.Client({ connectionString: inject('testServer').adminUrl }));
    await Promise.all(clients.map((client) => client.connect()));
    await Promise.all(clients.map((client) => ensureRoles(client)));
    await Promise.all(clients.map((client) => client.end()));
  });

  it('are asked for in words when the owner may not make them or become them', async () => {
    const owner = `baton_test_owner_${process.pid}`;
    await query(database.url, `CREATE ROLE ${owner} NOLOGIN; GRANT ${owner} TO CURRENT_USER`);
    const client = new pg.Client(connectAs(database.url, owner));
    await client.connect();
    await expect(ensureRoles(client)).rejects.toThrow(/may not make or use the role baton_app.*CREATEROLE/s);
    await client.end();
    await query(database.url, `DROP ROLE ${owner}`);
  });
});

describe('a test database', () => {
  it('has all migrations of this version applied and is gone when dropped', async () => {
    const copy = await createDatabase();
    const client = new pg.Client({ connectionString: copy.url });
    await client.connect();
    expect(await migrationsStatus(client)).toMatchObject({ state: 'current' });
    await client.end();
    await copy.drop();
    await expect(query(copy.url, 'SELECT 1')).rejects.toThrow('does not exist');
  });
});

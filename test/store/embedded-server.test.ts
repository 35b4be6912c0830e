import { execFileSync } from 'node:child_process';
import { lstat, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { readStartTime } from '../../src/store/embedded/list-processes.ts';
import { startEmbeddedPostgres, type EmbeddedServer } from '../../src/store/embedded/start-embedded-postgres.ts';
import { aFolder, postmasterOf, processesOf, query, removeFolder, socketDirOf } from './embedded-fixtures.ts';
import { waitFor } from '../helpers/patient.ts';

/**
 * Real servers, really killed. As root the server runs as another user, as anybody else it runs as oneself: the
 * same tests hold for both. Making a data folder is the slow part, so most tests start the same one again.
 */
let stateDir: string;
const servers: EmbeddedServer[] = [];
const log = { info: vi.fn(), warn: vi.fn() };

async function start(folder: string, durable = false): Promise<EmbeddedServer> {
  const server = await startEmbeddedPostgres({ stateDir: folder, durable, log });
  servers.push(server);
  return server;
}

/** A killed process is gone a moment later, not at once. */
async function killAndWait(pid: number): Promise<void> {
  process.kill(pid, 'SIGKILL');
  await waitFor(async () => expect(await readStartTime(pid)).toBe(''));
}

const keepARow = 'DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 7 AS n';
const readTheRow = 'SELECT n FROM kept';

beforeAll(async () => {
  stateDir = await aFolder();
});

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
  log.warn.mockClear();
});

afterAll(() => removeFolder(stateDir));

describe('the private PostgreSQL', () => {
  it('starts in an empty folder, as an owner who is neither superuser nor above row security', async () => {
    const server = await start(stateDir);
    const [row] = await query(
      server.url,
      `SELECT current_user AS role, current_database() AS database, rolsuper, rolbypassrls,
        current_setting('server_encoding') AS encoding FROM pg_roles WHERE rolname = current_user`,
    );
    expect(row).toEqual({
      role: 'baton',
      database: 'baton',
      rolsuper: false,
      rolbypassrls: false,
      encoding: 'UTF8',
    });
  });

  it('is reached through Prisma by the same address', async () => {
    const server = await start(stateDir);
    const adapter = await new PrismaPg(server.url).connect();
    const result = await adapter.queryRaw({ sql: 'SELECT current_user::text', args: [], argTypes: [] });
    await adapter.dispose();
    expect(result.rows).toEqual([['baton']]);
  });

  it('listens on no network, and on a socket nobody else may enter', async () => {
    const server = await start(stateDir);
    const socketDir = socketDirOf(server.url);
    expect((await lstat(socketDir)).mode & 0o777).toBe(0o700);
    expect(await query(server.url, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '' }]);
    await expect(query('postgresql://baton@127.0.0.1:5432/baton', 'SELECT 1')).rejects.toThrow();
  });

  it('writes through to disk unless it is a test', async () => {
    const server = await start(stateDir, true);
    expect(await query(server.url, 'SHOW fsync')).toEqual([{ fsync: 'on' }]);
    expect(await query(server.url, 'SHOW synchronous_commit')).toEqual([{ synchronous_commit: 'on' }]);
    expect(await query(server.url, 'SHOW full_page_writes')).toEqual([{ full_page_writes: 'on' }]);
    expect(await query(server.url, 'SHOW data_checksums')).toEqual([{ data_checksums: 'on' }]);
  });

  it('keeps what was written over a stop and a start', async () => {
    const first = await start(stateDir);
    await query(first.url, keepARow);
    await first.stop();
    expect(await postmasterOf(stateDir)).toBe(0);
    const second = await start(stateDir);
    expect(second.url).toBe(first.url);
    expect(await query(second.url, readTheRow)).toEqual([{ n: 7 }]);
  });

  it('works in a checkout whose path is longer than a socket may have', async () => {
    const deep = join(stateDir, 'a'.repeat(60), 'b'.repeat(60));
    await mkdir(deep, { recursive: true });
    const server = await start(deep);
    expect(await query(server.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  });

  it('repeats nothing of the data in its log, not even when a statement fails or its process dies', async () => {
    const server = await start(stateDir);
    const canary = 'Canary Jane Doe';
    await query(
      server.url,
      `DROP TABLE IF EXISTS people; CREATE TABLE people (name text UNIQUE); INSERT INTO people VALUES ('${canary}')`,
    );
    await expect(query(server.url, `INSERT INTO people VALUES ('${canary}')`)).rejects.toThrow();
    await expect(query(server.url, `SELECT '${canary}'::int`)).rejects.toThrow();
    const victim = new pg.Client({ connectionString: server.url });
    victim.on('error', () => undefined);
    await victim.connect();
    const { rows } = await victim.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const asleep = expect(victim.query(`SELECT pg_sleep(60), '${canary}'`)).rejects.toThrow();
    process.kill(rows[0]!.pid, 'SIGKILL');
    await asleep;
    const readLog = (): Promise<string> => readFile(join(stateDir, 'postgres', 'postgres.log'), 'utf8');
    await waitFor(async () => expect(await readLog()).toContain('terminated by signal 9'));
    await waitFor(async () => expect(await query(server.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }]));
    const written = await readLog();
    expect(written).not.toContain('Canary');
    expect(written).not.toContain('people');
  });
});

describe('when something dies', () => {
  it('comes back by itself at the same address after kill -9 of the postmaster, with everything committed', async () => {
    const server = await start(stateDir, true);
    await query(server.url, keepARow);
    const killed = await postmasterOf(stateDir);
    process.kill(killed, 'SIGKILL');
    await waitFor(async () => expect(await query(server.url, readTheRow)).toEqual([{ n: 7 }]));
    expect(await postmasterOf(stateDir)).not.toBe(killed);
    expect(log.warn).toHaveBeenCalledWith('the database went away; starting it again');
  });

  it('comes back after kill -9 of every process of it at once', async () => {
    const server = await start(stateDir, true);
    await query(server.url, keepARow);
    const all = await processesOf(server.url);
    expect(all.length).toBeGreaterThan(3);
    for (const pid of all) process.kill(pid, 'SIGKILL');
    await waitFor(async () => expect(await query(server.url, readTheRow)).toEqual([{ n: 7 }]));
  });

  it('makes a busy orphan of a killed postmaster leave before it starts anew', async () => {
    const server = await start(stateDir);
    const busy = new pg.Client({ connectionString: server.url });
    busy.on('error', () => undefined);
    await busy.connect();
    const { rows } = await busy.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    // A loop that never looks up keeps its shared memory after the postmaster is gone.
    const spinning = expect(
      busy.query('DO $$ DECLARE n bigint := 0; BEGIN LOOP n := n + 1; END LOOP; END $$'),
    ).rejects.toThrow();
    await killAndWait(await postmasterOf(stateDir));
    await server.ensureRunning();
    await spinning;
    await waitFor(async () => expect(await readStartTime(rows[0]!.pid)).toBe(''));
    expect(await query(server.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  });

  it('answers ensureRunning at once while it lives, and only once starts while it does not', async () => {
    const server = await start(stateDir);
    const before = await postmasterOf(stateDir);
    await server.ensureRunning();
    expect(await postmasterOf(stateDir)).toBe(before);
    await killAndWait(before);
    await Promise.all([server.ensureRunning(), server.ensureRunning(), server.ensureRunning()]);
    expect(await query(server.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  });

  it('forgets a postmaster.pid whose number now belongs to some other program', async () => {
    const first = await start(stateDir);
    const pid = await postmasterOf(stateDir);
    const file = join(stateDir, 'postgres', 'data', 'postmaster.pid');
    const text = await readFile(file, 'utf8');
    await first.stop();
    const bystander = process.pid;
    execFileSync('/bin/sh', ['-c', 'cat > "$1"', 'sh', file], { input: text.replace(String(pid), String(bystander)) });
    const second = await start(stateDir);
    expect(await query(second.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  });

  it('serves again after its socket folder was swept away', async () => {
    const server = await start(stateDir);
    await rm(socketDirOf(server.url), { recursive: true });
    const second = await start(stateDir);
    expect(await query(second.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
    expect(second.url).toBe(server.url);
  });

  it('leaves nothing of a start that was killed while it made the data folder', async () => {
    const fresh = await aFolder();
    await mkdir(join(fresh, 'postgres', 'data.new.half'), { recursive: true });
    const server = await start(fresh);
    expect(await query(server.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
    expect(await readdir(join(fresh, 'postgres'))).not.toContain('data.new.half');
    await server.stop();
    await removeFolder(fresh);
  });
});

describe('when several use one folder', () => {
  it('starts one server for two starts at once', async () => {
    const [one, two] = await Promise.all([start(stateDir), start(stateDir)]);
    expect(two.url).toBe(one.url);
    const [a] = await query(one.url, 'SELECT pg_postmaster_start_time()');
    const [b] = await query(two.url, 'SELECT pg_postmaster_start_time()');
    expect(a).toEqual(b);
  });

  it('stops the server only with its last user', async () => {
    const service = await start(stateDir);
    const commandLine = await start(stateDir);
    const pid = await postmasterOf(stateDir);
    await commandLine.stop();
    expect(await query(service.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
    expect(await postmasterOf(stateDir)).toBe(pid);
    await service.stop();
    expect(await postmasterOf(stateDir)).toBe(0);
  });

  it('stops the server when its last two users leave at once', async () => {
    const [one, two] = await Promise.all([start(stateDir), start(stateDir)]);
    await Promise.all([one.stop(), two.stop()]);
    expect(await postmasterOf(stateDir)).toBe(0);
  });

  it('is brought back once when all its users see it die', async () => {
    const [one, two] = await Promise.all([start(stateDir), start(stateDir)]);
    process.kill(await postmasterOf(stateDir), 'SIGKILL');
    await waitFor(async () => expect(await query(one.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }]));
    await Promise.all([one.ensureRunning(), two.ensureRunning()]);
    expect(await query(two.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
    await one.stop();
    expect(await query(two.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  });
});

import { chmod, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { closeStateFolder } from '../../src/store/embedded/close-state-folder.ts';
import { buildUrl } from '../../src/store/embedded/connect-to-socket.ts';
import { startEmbeddedPostgres, type EmbeddedServer } from '../../src/store/embedded/start-embedded-postgres.ts';
import { aFolder, query, removeFolder, socketDirOf } from './embedded-fixtures.ts';

/** Who comes in at the private database, and by what. One data folder, started again and again. */
let stateDir: string;
const servers: EmbeddedServer[] = [];
const log = { info: vi.fn(), warn: vi.fn() };
const start = async (doors: 'locked' | 'open' = 'locked'): Promise<EmbeddedServer> => {
  const server = await startEmbeddedPostgres({ stateDir, durable: false, doors, log });
  servers.push(server);
  return server;
};
const stopAll = async (): Promise<void> => {
  for (const server of servers.splice(0)) await server.stop();
};
/** What a program gets that reaches the socket: the code of the refusal, or the role it is. */
const entering = async (server: EmbeddedServer, user: string, password = ''): Promise<unknown> =>
  query(buildUrl(socketDirOf(server.url), password, user), 'select current_user::text as role').then(
    (rows) => rows[0]?.['role'],
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : 'no password'),
  );
const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;

beforeAll(async () => {
  stateDir = await aFolder();
});
afterEach(stopAll);
afterAll(() => removeFolder(stateDir));

describe('the doors of the private database', () => {
  it('of an older Baton stand open while it is in use, and are locked once it has left', async () => {
    const old = await start('open');
    expect(await entering(old, 'postgres')).toBe('postgres');
    const beside = await start();
    expect(await query(beside.url, 'select 1 as n')).toEqual([{ n: 1 }]);
    expect(await query(beside.logins?.app ?? '', 'select current_user::text as role')).toEqual([
      { role: 'baton_app_login' },
    ]);
    expect(await query(old.url, 'select 2 as n')).toEqual([{ n: 2 }]);
    await stopAll();
    const server = await start();
    expect(await entering(server, 'postgres')).toBe('28000');
  });

  it('let in the three logins by their passwords, and nobody else', async () => {
    const server = await start();
    for (const user of ['postgres', 'baton_app', 'baton_worker', 'nobody'])
      expect(await entering(server, user, 'x'), user).toBe('28000');
    for (const user of ['baton', 'baton_app_login', 'baton_worker_login'])
      expect(await entering(server, user, 'x'), user).toBe('28P01');
    const { app = '', worker = '' } = server.logins ?? {};
    for (const [url, login] of [
      [server.url, 'baton'],
      [app, 'baton_app_login'],
      [worker, 'baton_worker_login'],
    ] as const)
      expect(await query(url, 'select session_user::text as role')).toEqual([{ role: login }]);
    await expect(query(app, 'set role baton')).rejects.toMatchObject({ code: '42501' });
    await expect(query(worker, 'set role baton_app')).rejects.toMatchObject({ code: '42501' });
  });

  it('are locked by the next start when somebody edited the rules', async () => {
    await stopAll();
    await writeFile(join(stateDir, 'postgres', 'data', 'pg_hba.conf'), 'local all all trust\n');
    expect(await entering(await start(), 'postgres')).toBe('28000');
  });

  it('know new passwords after the old ones were lost, and not while somebody holds them', async () => {
    const holder = await start();
    await rm(join(stateDir, 'database.passwords'));
    await expect(start()).rejects.toThrow('does not know the passwords of this state folder. Stop every Baton');
    expect(await query(holder.url, 'select 1 as n')).toEqual([{ n: 1 }]);
    await stopAll();
    const anew = await start();
    expect(await query(anew.logins?.worker ?? '', 'select 1 as n')).toEqual([{ n: 1 }]);
    expect(await entering(anew, 'postgres')).toBe('28000');
  });
});

describe('the state folder', () => {
  it('shows nothing to others, and its passwords are its owner’s alone', async () => {
    await start();
    expect((await modeOf(stateDir)) & 0o066).toBe(0);
    expect(await modeOf(join(stateDir, 'database.passwords'))).toBe(0o600);
    expect(await modeOf(join(stateDir, 'postgres'))).toBe(0o700);
  });

  it('is left alone when it holds other things, or anybody may write to it', async () => {
    const folder = await aFolder();
    await closeStateFolder(folder, false);
    expect(await modeOf(folder)).toBe(0o700);
    await chmod(folder, 0o1777);
    await closeStateFolder(folder, false);
    expect(await modeOf(folder)).toBe(0o777);
    await chmod(folder, 0o755);
    await writeFile(join(folder, 'letter.txt'), '');
    await closeStateFolder(folder, false);
    expect(await modeOf(folder)).toBe(0o755);
    await removeFolder(folder);
  });
});

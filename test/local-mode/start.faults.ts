import { stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wallClock } from '../../src/clock.ts';
import { fixture } from '../cli/open-cli.ts';
import { runBuilt, startBuilt, type BuiltService, type Environment } from '../faults/built-service.ts';
import { findDatabase } from '../faults/victims.ts';
import { aFolder, postmasterOf, query, removeFolder } from '../store/embedded-fixtures.ts';
import { aClientOfMaya, exported, mayaTypes, statusOf } from './talk.ts';

/** Generous: the machine of a test run is busy. What was measured is printed. */
const soon = 30_000;
let stateDir = '';
let environment: Environment;
let running: BuiltService[];

beforeEach(async () => {
  stateDir = await aFolder();
  environment = { BATON_STATE_DIR: stateDir, PORT: '0', LOG_LEVEL: 'warn' };
  running = [];
});
afterEach(async () => {
  for (const service of running) service.signal('SIGTERM');
  for (const service of running) await service.ended;
  // What a killed service left is ended by a last one.
  if ((await postmasterOf(stateDir)) !== 0) await stop(await start());
  await removeFolder(stateDir);
});

async function start(more: Environment = {}): Promise<BuiltService> {
  const service = await startBuilt({ ...environment, ...more });
  running.push(service);
  return service;
}
async function stop(service: BuiltService): Promise<number | string> {
  running = running.filter((each) => each !== service);
  service.signal('SIGTERM');
  return service.ended;
}

describe('local mode, with no settings but a folder', () => {
  it('is ready soon in an empty folder, sooner in a used one, and stops with its database', async () => {
    const first = await start();
    expect(first.line).toMatch(/^Baton is ready: http:\/\/127\.0\.0\.1:\d+\/ \(local mode: /);
    expect([await statusOf(first, '/'), await statusOf(first, '/readyz')]).toEqual([200, 200]);
    expect(await stop(first)).toBe(0);
    expect(await postmasterOf(stateDir)).toBe(0);
    const warm = await start();
    console.log(`ready after ${first.readyAfter} ms in an empty folder, ${warm.readyAfter} ms in a used one`);
    expect(first.readyAfter).toBeLessThan(soon);
    expect(warm.readyAfter).toBeLessThan(soon);
  });

  it('starts by the script behind npm start, and drains on SIGTERM', async () => {
    const root = join(import.meta.dirname, '../..');
    const service = await startBuilt(environment, { program: [process.execPath, 'scripts/start.mjs'], cwd: root });
    running.push(service);
    expect(await statusOf(service, '/healthz')).toBe(200);
    expect(await stop(service)).toBe(0);
  });

  it('shows the command line beside it what was logged a moment ago', async () => {
    const service = await start();
    const client = await aClientOfMaya(environment);
    expect(await mayaTypes(service, `log ${client} phone reached 17m`)).toContain('Logged');
    expect(await exported(environment, 'contacts')).toMatchObject([{ client, by: 'maya', minutes: 17 }]);
    expect(await statusOf(service, '/readyz')).toBe(200);
  });

  it('answers what it was asked before SIGTERM, and is gone within ten seconds', async () => {
    const service = await start();
    const client = await aClientOfMaya(environment);
    const asked = Array.from({ length: 8 }, (_, index) =>
      mayaTypes(service, `log ${client} phone reached ${index + 1}m`),
    );
    await Promise.race(asked);
    const since = wallClock.wallNow().getTime();
    expect(await stop(service)).toBe(0);
    const took = wallClock.wallNow().getTime() - since;
    expect(took).toBeLessThan(10_000);
    const told = (await Promise.allSettled(asked)).flatMap((one) =>
      one.status === 'fulfilled' && one.value.includes('Logged') ? [one.value] : [],
    );
    expect(told.length).toBeGreaterThan(0);
    expect(await exported(environment, 'contacts')).toHaveLength(told.length);
  });

  it('keeps its database and what it told, through kill -9 and a new start', async () => {
    const killed = await start();
    const client = await aClientOfMaya(environment);
    expect(await mayaTypes(killed, `log ${client} phone reached 21m`)).toContain('Logged');
    const { postmaster } = await findDatabase(stateDir);
    running = [];
    killed.signal('SIGKILL');
    expect(await killed.ended).toBe('SIGKILL');
    const next = await start();
    expect((await findDatabase(stateDir)).postmaster).toBe(postmaster);
    expect(await exported(environment, 'contacts')).toMatchObject([{ client, minutes: 21 }]);
    expect(await mayaTypes(next, `log ${client} phone reached 22m`)).toContain('Logged');
  });
});

describe('local mode on what is somebody’s own', () => {
  const ended = async (more: Environment): Promise<string> =>
    start(more).then(
      () => 'it started',
      (error: unknown) => String(error),
    );

  it('does not open beside a database or a key, nor for the network, and leaves no database behind', async () => {
    const key = Buffer.alloc(32, 7).toString('base64');
    for (const more of [{ DATABASE_URL: 'postgresql://h/d' }, { BATON_MASTER_KEY: key }, { HOST: '0.0.0.0' }]) {
      const said = await ended(more);
      expect(said).toContain('the service ended with 1');
      expect(said).toContain('SLACK_SIGNING_SECRET and SLACK_BOT_TOKEN');
    }
    expect(await postmasterOf(stateDir)).toBe(0);
  });

  it('does not open on an organisation somebody applied, while the command line works on it', async () => {
    expect((await runBuilt(environment, 'apply', fixture('org.yaml'))).code).toBe(0);
    expect(await ended({})).toContain('the demonstration did not make: the simulator stays closed');
    expect(await postmasterOf(stateDir)).toBe(0);
    expect(await exported(environment, 'caseload')).toEqual([]);
    expect((await runBuilt(environment, 'doctor')).code).toBe(0);
  });

  it('shows its folder to nobody else, and lets only its three logins into its database', async () => {
    const service = await start();
    expect((await stat(stateDir)).mode & 0o066).toBe(0);
    const { url } = await findDatabase(stateDir);
    const other = url.replace(/\/\/[^@]*@/, '//postgres@');
    await expect(query(other, 'select 1')).rejects.toMatchObject({ code: '28000' });
    await stop(service);
  });
});

describe('two services on one state folder', () => {
  it('both serve, and the one that stays keeps its database', async () => {
    const one = await start();
    const two = await start();
    const client = await aClientOfMaya(environment);
    expect(await mayaTypes(one, `log ${client} phone reached 5m`)).toContain('Logged');
    expect(await mayaTypes(two, `log ${client} phone reached 6m`)).toContain('Logged');
    expect(await stop(one)).toBe(0);
    expect(await mayaTypes(two, `log ${client} phone reached 7m`)).toContain('Logged');
    expect(await exported(environment, 'contacts')).toHaveLength(3);
  });

  it('agree on one demo organisation when they start at the same moment in an empty folder', async () => {
    const started = await Promise.allSettled([start(), start()]);
    expect(started.map((one) => (one.status === 'fulfilled' ? 'ready' : String(one.reason)))).toEqual([
      'ready',
      'ready',
    ]);
    const alone = await exported(environment, 'caseload');
    const names = new Set(alone.map((row) => row.client));
    expect(names.size).toBe(alone.length);
    const other = await aFolder();
    try {
      const service = await start({ BATON_STATE_DIR: other });
      expect(alone).toHaveLength((await exported({ ...environment, BATON_STATE_DIR: other }, 'caseload')).length);
      await stop(service);
    } finally {
      await removeFolder(other);
    }
  });

  it('says so when the port is taken, and leaves no database behind', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => holder.once('listening', resolve));
    const address = holder.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    try {
      await expect(start({ PORT: port })).rejects.toThrow('The port is taken. Set PORT to another one.');
      expect(await postmasterOf(stateDir)).toBe(0);
    } finally {
      await new Promise((resolve) => holder.close(resolve));
    }
  });
});

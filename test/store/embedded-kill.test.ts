import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEmbeddedPostgres } from '../../src/store/embedded/start-embedded-postgres.ts';
import { aFolder, postmasterOf, query, removeFolder } from './embedded-fixtures.ts';
import { waitFor } from '../helpers/patient.ts';

/** Other processes on the same state folder, killed or ended at the worst moments. */
const program = fileURLToPath(new URL('hold-embedded-server.mjs', import.meta.url));
const log = { info: () => undefined, warn: () => undefined };
let stateDir: string;
let children: ChildProcessWithoutNullStreams[];

beforeEach(async () => {
  stateDir = await aFolder();
  children = [];
});

afterEach(async () => {
  for (const child of children) await kill(child);
  const server = await startEmbeddedPostgres({ stateDir, durable: false, log });
  await server.stop();
  await removeFolder(stateDir);
});

/** A program of its own; `lines` are what it prints: `loaded`, then the server's address. */
function aProgram(): { child: ChildProcessWithoutNullStreams; lines: AsyncIterator<string> } {
  const child = spawn(process.execPath, [program, stateDir]);
  children.push(child);
  return { child, lines: createInterface(child.stdout)[Symbol.asyncIterator]() };
}

async function kill(child: ChildProcessWithoutNullStreams): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

async function readLine(lines: AsyncIterator<string>): Promise<string> {
  const { value, done } = await lines.next();
  return done === true ? '' : String(value);
}

describe('a private PostgreSQL whose application was killed', () => {
  it('lives on, is adopted as it is by the next start, and is stopped by its last user', async () => {
    const { child, lines } = aProgram();
    await readLine(lines);
    const url = await readLine(lines);
    await query(url, 'CREATE TABLE kept AS SELECT 7 AS n');
    const pid = await postmasterOf(stateDir);
    await kill(child);
    const server = await startEmbeddedPostgres({ stateDir, log });
    expect(await postmasterOf(stateDir)).toBe(pid);
    expect(server.url).toBe(url);
    expect(await query(server.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
    await server.stop();
    expect(await postmasterOf(stateDir)).toBe(0);
  });

  it('starts again whether it died with the data folder half made or with the start lock in hand', async () => {
    const { child, lines } = aProgram();
    await readLine(lines);
    await waitFor(async () => {
      const names = await readdir(join(stateDir, 'postgres'));
      expect(names.some((name) => name.startsWith('data.new.'))).toBe(true);
    });
    await kill(child);
    const server = await startEmbeddedPostgres({ stateDir, log });
    expect(await query(server.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
    await server.stop();
  });

  it('is one server for a service and a command line started at the same time, and outlives the one that leaves', async () => {
    const [one, two] = [aProgram(), aProgram()];
    await Promise.all([readLine(one.lines), readLine(two.lines)]);
    const [urlOne, urlTwo] = await Promise.all([readLine(one.lines), readLine(two.lines)]);
    expect(urlTwo).toBe(urlOne);
    const pid = await postmasterOf(stateDir);
    one.child.stdin.end();
    await once(one.child, 'exit');
    expect(await postmasterOf(stateDir)).toBe(pid);
    expect(await query(urlTwo, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
    two.child.stdin.end();
    await once(two.child, 'exit');
    expect(await postmasterOf(stateDir)).toBe(0);
  });

  it('lets a program that only waits for the database reach its end', async () => {
    const { child, lines } = aProgram();
    await readLine(lines);
    expect(await readLine(lines)).toMatch(/^postgresql:/);
    child.stdin.end();
    const [status] = (await once(child, 'exit')) as [number | null];
    expect(status).toBe(0);
  });

  it('comes back when somebody asked it to end once everybody has left: its own users would never leave', async () => {
    const server = await startEmbeddedPostgres({ stateDir, log });
    const before = await postmasterOf(stateDir);
    process.kill(before, 'SIGTERM');
    await waitFor(() => expect(query(server.url, 'SELECT 1')).rejects.toThrow('shutting down'));
    await server.ensureRunning();
    expect(await postmasterOf(stateDir)).not.toBe(before);
    expect(await query(server.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
    await server.stop();
  });
});

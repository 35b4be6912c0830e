import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import pg from 'pg';
import { listServerProcesses } from '../../src/store/embedded/list-processes.ts';
import { readPostmasterFile } from '../../src/store/embedded/read-postmaster-file.ts';

/** A folder the user that root drops to can reach. The name lets the next run sweep what a killed one left. */
export async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `baton-test-${process.pid}-`));
  await chmod(folder, 0o755);
  return folder;
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** The postmaster's process id, 0 when there is none. */
export async function postmasterOf(stateDir: string): Promise<number> {
  return (await readPostmasterFile(join(stateDir, 'postgres', 'data')))?.pid ?? 0;
}

export function socketDirOf(url: string): string {
  return new URL(url).searchParams.get('host') ?? '';
}

/** Every process of the server behind `url`: its socket folder carries its name. */
export async function processesOf(url: string): Promise<number[]> {
  return (await listServerProcesses(basename(socketDirOf(url)))).map((each) => each.pid);
}

/** Runs one statement on a connection of its own. */
export async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql);
    return rows;
  } finally {
    await client.end();
  }
}

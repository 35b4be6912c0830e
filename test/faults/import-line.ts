import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, vi } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { aFolder, removeFolder } from '../store/embedded-fixtures.ts';
import { runCommandLine } from './built-service.ts';

/** It builds what is stale first: what is killed is what the sources say. */
const command = fileURLToPath(new URL('../../scripts/baton.mjs', import.meta.url));

/** The compiled command line on a database, as whoever takes a clinic's sheet in has it. */
export interface ImportLine {
  /** Runs one to its end; returns what it says. Rejects where it refuses anything. */
  run(...words: readonly string[]): Promise<string>;
  /** Writes a sheet into its folder. */
  write(name: string, text: string): Promise<string>;
  /** Runs an import to its end; returns what it says to machines. */
  imports(file: string): Promise<unknown>;
  /** Starts one and kills it without warning once so many clients are in. */
  isKilledAt(file: string, clients: number): Promise<void>;
  close(): Promise<void>;
}

export async function openImportLine(at: {
  readonly store: Store;
  readonly databaseUrl: string;
  readonly masterKey: Uint8Array;
}): Promise<ImportLine> {
  const folder = await aFolder();
  const environment = {
    DATABASE_URL: at.databaseUrl,
    BATON_MASTER_KEY: Buffer.from(at.masterKey).toString('base64'),
    BATON_STATE_DIR: folder,
    LOG_LEVEL: 'error',
  };
  const run = async (...words: readonly string[]): Promise<string> => {
    const { code, out, err } = await runCommandLine(command, environment, ...words);
    if (code !== 0) throw new Error(`baton ${words.join(' ')} ended with ${code}: ${err}${out}`);
    return out;
  };
  return {
    run,
    async write(name, text) {
      const file = join(folder, name);
      await writeFile(file, text);
      return file;
    },
    imports: async (file) => JSON.parse(await run('import', 'caseload', file, '--json')) as unknown,
    async isKilledAt(file, clients) {
      const child = spawn(process.execPath, [command, 'import', 'caseload', file], {
        env: { PATH: process.env['PATH'] ?? '', ...environment },
        stdio: 'ignore',
      });
      const ended = once(child, 'exit');
      await vi.waitUntil(async () => (await clientsIn(at.store)) >= clients, { timeout: 480_000, interval: 10 });
      killed(child);
      expect(await ended).toEqual([null, 'SIGKILL']);
    },
    close: () => removeFolder(folder),
  };
}

const clientsIn = (store: Store): Promise<number> =>
  store.inOrganisation('riverside', async (tx) => {
    const one = await tx.db.caseloadImport.findFirst({ where: { endedAt: null }, select: { imported: true } });
    return one?.imported ?? 0;
  });

function killed(child: ChildProcess): void {
  expect(child.exitCode, 'the import ended before it could be killed').toBeNull();
  child.kill('SIGKILL');
}

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, vi } from 'vitest';
import { z } from 'zod';
import { wallClock } from '../../src/clock.ts';
import { randomIds } from '../../src/ids.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { createDatabase, type TestDatabase } from '../helpers/database.ts';
import { aFolder, query, removeFolder } from '../store/embedded-fixtures.ts';
import { fixture } from '../cli/open-cli.ts';
import { runCommandLine } from './built-service.ts';

const key = Buffer.alloc(32, 7);
/** It builds what is stale first: what is killed is what the sources say. */
const command = fileURLToPath(new URL('../../scripts/baton.mjs', import.meta.url));
const coordinators = ['Maya Torres', 'Li Wei', 'Jon Reyes', 'Keisha Brown'];

/** An organisation in a database of its own, and the compiled command line on it. */
export interface ImportScene {
  readonly store: Store;
  /** Writes a sheet of so many clients, who are others than those of another salt. */
  sheet(salt: string, count: number): Promise<string>;
  /** Runs an import to its end; returns what it says to machines. */
  imports(file: string): Promise<unknown>;
  /** Starts one and kills it without warning once so many clients are in. */
  isKilledAt(file: string, clients: number): Promise<void>;
  /** Clients, rows remembered, open assignments, first follow-ups, audit rows: all the same where each came in once. */
  counts(): Promise<ReadonlySet<number>>;
  /** How many messages each person was sent about an import. */
  told(): Promise<readonly number[]>;
  interrupted(): Promise<readonly { readonly row: number; readonly imported: number }[]>;
  /** Pages of the database that were asked for until now, by processes that have ended. */
  pages(): Promise<number>;
  /** Rows that were read without an index until now, likewise. */
  rowsReadInOrder(): Promise<number>;
  close(): Promise<void>;
}

export async function openImportScene(): Promise<ImportScene> {
  const database = await createDatabase();
  const folder = await aFolder();
  const environment = {
    DATABASE_URL: database.url,
    BATON_MASTER_KEY: key.toString('base64'),
    BATON_STATE_DIR: folder,
    LOG_LEVEL: 'error',
  };
  const run = async (...words: readonly string[]): Promise<string> => {
    const { code, out, err } = await runCommandLine(command, environment, ...words);
    if (code !== 0) throw new Error(`baton ${words.join(' ')} ended with ${code}: ${err}${out}`);
    return out;
  };
  const store = openStore({ url: database.url, masterKey: new Uint8Array(key), clock: wallClock, ids: randomIds });
  await run('apply', fixture('org.yaml'));
  return {
    store,
    async sheet(salt, count) {
      const file = join(folder, `${salt}.csv`);
      await writeFile(file, sheetOf(salt, count));
      return file;
    },
    imports: async (file) => JSON.parse(await run('import', 'caseload', file, '--json')) as unknown,
    async isKilledAt(file, clients) {
      const child = spawn(process.execPath, [command, 'import', 'caseload', file], {
        env: { PATH: process.env['PATH'] ?? '', ...environment },
        stdio: 'ignore',
      });
      const ended = once(child, 'exit');
      await vi.waitUntil(async () => (await clientsIn(store)) >= clients, { timeout: 480_000, interval: 10 });
      killed(child);
      expect(await ended).toEqual([null, 'SIGKILL']);
    },
    counts: () =>
      store.inOrganisation('riverside', async (tx) => {
        const db = tx.db;
        const rows = await db.importedRow.groupBy({ by: ['clientId'] });
        const [clients, assignments, followUps, audited] = [
          await db.client.count(),
          await db.coordinatorAssignment.count(),
          await db.followUp.count(),
          await db.auditEvent.count({ where: { verb: 'client.import' } }),
        ];
        return new Set([clients, assignments, followUps, audited, rows.length]);
      }),
    told: () =>
      store.inOrganisation('riverside', async (tx) => {
        const posts = await tx.db.post.groupBy({
          by: ['destination'],
          where: { kind: 'caseloads.imported' },
          _count: true,
        });
        return posts.map((one) => one._count);
      }),
    interrupted: () =>
      store.inOrganisation('riverside', (tx) =>
        tx.db.caseloadImport.findMany({ where: { endedAt: null }, select: { row: true, imported: true } }),
      ),
    pages: () =>
      figure(
        database,
        `select (blks_hit + blks_read)::float8 as figure from pg_stat_database where datname = current_database()`,
      ),
    rowsReadInOrder: () =>
      figure(
        database,
        `select sum(seq_tup_read)::float8 as figure from pg_stat_user_tables
         where relname in ('client', 'client_token', 'coordinator_assignment', 'follow_up', 'imported_row', 'audit_event')`,
      ),
    async close() {
      await store.close();
      await database.drop();
      await removeFolder(folder);
    },
  };
}

/** Short names: what a name costs is not what this is about. */
function sheetOf(salt: string, count: number): string {
  const rows = Array.from({ length: count }, (_, index) => {
    const name = [...String(index)].map((digit) => 'abcdefghij'[Number(digit)] ?? '').join('');
    const day = String((index % 28) + 1).padStart(2, '0');
    return `${salt}${name},1980-01-${day},${salt}${index},${coordinators[index % coordinators.length] ?? ''}`;
  });
  return ['Pt Name,DOB,MRN,Care Coordinator', ...rows, ''].join('\n');
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

const figureSchema = z.array(z.object({ figure: z.number() })).length(1);

async function figure(database: TestDatabase, sql: string): Promise<number> {
  const [row] = figureSchema.parse(await query(database.url, sql));
  return row?.figure ?? 0;
}

import { z } from 'zod';
import { wallClock } from '../../src/clock.ts';
import { randomIds } from '../../src/ids.ts';
import { openStore } from '../../src/store/store.ts';
import { createDatabase, type TestDatabase } from '../helpers/database.ts';
import { query } from '../store/embedded-fixtures.ts';
import { fixture } from '../cli/open-cli.ts';
import { openImportLine } from './import-line.ts';

const key = new Uint8Array(32).fill(7);
const coordinators = ['Maya Torres', 'Li Wei', 'Jon Reyes', 'Keisha Brown'];

/** An organisation in a database of its own, and the compiled command line on it. */
export interface ImportScene {
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
  const store = openStore({ url: database.url, masterKey: key, clock: wallClock, ids: randomIds });
  const line = await openImportLine({ store, databaseUrl: database.url, masterKey: key });
  await line.run('apply', fixture('org.yaml'));
  return {
    sheet: (salt, count) => line.write(`${salt}.csv`, sheetOf(salt, count)),
    imports: line.imports,
    isKilledAt: line.isKilledAt,
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
      await line.close();
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

const figureSchema = z.array(z.object({ figure: z.number() })).length(1);

async function figure(database: TestDatabase, sql: string): Promise<number> {
  const [row] = figureSchema.parse(await query(database.url, sql));
  return row?.figure ?? 0;
}

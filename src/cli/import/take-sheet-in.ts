import { byImport } from '../../doer.ts';
import { listColleagues } from '../../access/records.ts';
import { judgeRows, takeRowsIn } from '../../care/caseloads/import-caseload.ts';
import { advanceImport, endImport, startImport, type CaseloadImport } from '../../care/caseloads/import-records.ts';
import type { ImportRefusal } from '../../care/caseloads/import-refusal.ts';
import type { CaseloadRow } from '../../care/caseloads/read-caseload.ts';
import { importedTables } from '../../care/caseloads/records.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';
import { CommandRefused } from '../parse-arguments.ts';
import { silent } from '../show-progress.ts';
import { batchesOf, savedAtOnce } from './batches-of.ts';
import { namingRows } from './describe-import.ts';
import { finishImport } from './finish-import.ts';
import type { ImportJob } from './import-job.ts';
import { canHaveCaseload } from './who-coordinates.ts';
import { endsOf, type JudgedSheet } from './judge-sheet.ts';

export interface TakenIn {
  /** By the whole import, also before it was interrupted. */
  readonly imported: number;
  /** What turned out since it was judged. */
  readonly refused: readonly ImportRefusal[];
}

/** From so many rows on the tables are others than the server knows; each time four times as many, and at the end. */
const firstStatistics = 500;

/** Writes the rows that were judged fresh, batch by batch, and tells who is concerned after the last one. */
export async function takeSheetIn(job: ImportJob, { fresh, lastRow }: JudgedSheet): Promise<TakenIn> {
  const { store, clock } = job.house;
  const refused: ImportRefusal[] = [];
  let at: CaseloadImport = job.interrupted ?? { id: '', startedAt: clock.now(), row: 1, lastRow, imported: 0 };
  let written = 0;
  let nextStatistics = firstStatistics;
  const progress = (job.house.progress ?? silent)('Importing', fresh.size);
  try {
    for (const rows of batchesOf(job.sheet.accepted(fresh), savedAtOnce)) {
      job.check();
      const before = at;
      const step = { rows: endsOf(rows), what: 'save', in: before.imported } as const;
      const taken = await namingRows(step, () =>
        store.inOrganisation(job.organisation, (tx) => takeBatchIn(tx, job, before, rows)),
      );
      refused.push(...taken.refused);
      written += taken.at.imported - at.imported;
      at = taken.at;
      progress.to(written);
      if (written <= nextStatistics) continue;
      await store.refreshStatistics(importedTables);
      nextStatistics = written * 4;
    }
  } finally {
    progress.end();
  }
  if (at.id !== '') await finish(job, at, written);
  return { imported: at.imported, refused };
}

/** One batch and its place in the file, together. */
async function takeBatchIn(
  tx: OrganisationTransaction,
  job: ImportJob,
  before: CaseloadImport,
  rows: readonly CaseloadRow[],
): Promise<{ readonly at: CaseloadImport; readonly refused: readonly ImportRefusal[] }> {
  // People go on working meanwhile: who became a client, or left, since the rows were judged is found here.
  const judged = await judgeRows(tx, rows, before.startedAt);
  const coordinators = (await listColleagues(tx)).filter(canHaveCaseload);
  const here = new Set(coordinators.map((person) => person.id));
  const kept = judged.fresh.filter((row) => here.has(row.coordinator));
  const left = judged.fresh.filter((row) => !here.has(row.coordinator));
  const refused = [
    ...judged.refused,
    ...left.map(({ row }) => ({ row, column: '', code: 'unknown-coordinator' as const })),
  ];
  if (kept.length === 0) return { at: before, refused };
  const [, last] = endsOf(rows);
  const to = {
    row: Math.max(before.row, last),
    lastRow: Math.max(before.lastRow, last),
    imported: before.imported + kept.length,
  };
  const at = { ...before, ...to, id: await place(tx, job, before, to) };
  await takeRowsIn(tx, kept, {
    actor: byImport(),
    now: job.house.clock.now(),
    since: before.startedAt,
    coordinators,
    zones: job.zones,
    ...(job.team === undefined ? {} : { team: job.team }),
  });
  return { at, refused };
}

/** Writes the place down; a process that was thought dead and is not would find it moved. Returns the import's id. */
async function place(
  tx: OrganisationTransaction,
  job: ImportJob,
  before: CaseloadImport,
  to: Pick<CaseloadImport, 'row' | 'lastRow' | 'imported'>,
): Promise<string> {
  if (before.id !== '' && (await advanceImport(tx, before, to))) return before.id;
  const id = before.id === '' ? await startImport(tx, job.file, { startedAt: before.startedAt, ...to }) : undefined;
  if (id !== undefined) return id;
  throw new CommandRefused(
    'Somebody else went on with this file meanwhile. Nothing more was saved; run the same command again to see where it is.',
  );
}

/** Everybody concerned is told in the transaction that ends the import: once, however often it was interrupted. */
async function finish(job: ImportJob, at: CaseloadImport, written: number): Promise<void> {
  const { house, organisation } = job;
  if (written > firstStatistics) await house.store.refreshStatistics(importedTables);
  const step = { rows: [at.lastRow, at.lastRow], what: 'tell', in: at.imported } as const;
  await namingRows(step, () =>
    house.store.inOrganisation(organisation, async (tx) => {
      const now = house.clock.now();
      if (await endImport(tx, at.id, now)) await finishImport(tx, house, at.startedAt, now);
    }),
  );
}

import { judgeRows } from '../../care/caseloads/import-caseload.ts';
import type { ImportRefusal } from '../../care/caseloads/import-refusal.ts';
import type { CaseloadRow, ReadRow } from '../../care/caseloads/read-caseload.ts';
import { silent } from '../show-progress.ts';
import { batchesOf, lookedUpAtOnce } from './batches-of.ts';
import { namingRows } from './describe-import.ts';
import type { ImportJob } from './import-job.ts';

/** What is to become of a file's rows, before any is written. */
export interface JudgedSheet {
  /** Numbers of the rows that are to become clients. */
  readonly fresh: ReadonlySet<number>;
  /** The last of them. */
  readonly lastRow: number;
  /** Rows that came in by this import before it was interrupted. */
  readonly mine: number;
  readonly unchanged: number;
  readonly refused: readonly ImportRefusal[];
}

/** Reads every row and looks each up; writes nothing. */
export async function judgeSheet(job: ImportJob): Promise<JudgedSheet> {
  const fresh = new Set<number>();
  const refused: ImportRefusal[] = [];
  let mine = 0;
  let unchanged = 0;
  let read = 0;
  let lastRow = 1;
  const since = job.interrupted?.startedAt;
  const look = async (rows: readonly CaseloadRow[]): Promise<void> => {
    const step = { rows: endsOf(rows), what: 'check', in: job.interrupted?.imported ?? 0 } as const;
    const judged = await namingRows(step, () =>
      job.house.store.inOrganisation(job.organisation, (tx) => judgeRows(tx, rows, since)),
    );
    for (const { row } of judged.fresh) fresh.add(row);
    lastRow = judged.fresh.at(-1)?.row ?? lastRow;
    refused.push(...judged.refused);
    mine += judged.mine;
    unchanged += judged.unchanged;
  };
  const progress = (job.house.progress ?? silent)('Checking', job.sheet.count);
  try {
    for (const rows of batchesOf(job.sheet.rows(), lookedUpAtOnce)) {
      refused.push(...rows.flatMap(refusalOf));
      const accepted = rows.flatMap(acceptedOf);
      if (accepted.length > 0) await look(accepted);
      read += rows.length;
      progress.to(read);
    }
  } finally {
    progress.end();
  }
  return { fresh, lastRow, mine, unchanged, refused };
}

const refusalOf = (read: ReadRow): readonly ImportRefusal[] => ('refused' in read ? [read.refused] : []);
const acceptedOf = (read: ReadRow): readonly CaseloadRow[] => ('accepted' in read ? [read.accepted] : []);

/** The numbers of the first and the last of some rows. */
export const endsOf = (rows: readonly CaseloadRow[]): readonly [number, number] => [
  rows[0]?.row ?? 0,
  rows.at(-1)?.row ?? 0,
];

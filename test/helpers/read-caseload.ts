import type { HeaderProblem } from '../../src/care/caseloads/caseload-columns.ts';
import type { ImportRefusal } from '../../src/care/caseloads/import-refusal.ts';
import {
  openCaseload,
  type CaseloadRow,
  type ImportContext,
  type SheetRecord,
} from '../../src/care/caseloads/read-caseload.ts';

export interface ImportReading {
  /** Records that hold anything at all. */
  readonly rows: number;
  readonly accepted: readonly CaseloadRow[];
  /** In the order of the file. */
  readonly refused: readonly ImportRefusal[];
}

/** A whole small sheet at once. */
export function readCaseload(
  header: readonly string[],
  records: readonly SheetRecord[],
  context: ImportContext,
): ImportReading | { readonly problem: HeaderProblem } {
  const sheet = openCaseload(header, () => records, context);
  if ('problem' in sheet) return sheet;
  const rows = [...sheet.rows()];
  return {
    rows: sheet.count,
    accepted: rows.flatMap((read) => ('accepted' in read ? [read.accepted] : [])),
    refused: rows.flatMap((read) => ('refused' in read ? [read.refused] : [])),
  };
}

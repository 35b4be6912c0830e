import { CsvUnreadable } from '../../src/exchange/csv/csv-limits.ts';
import type { CsvResult } from '../../src/exchange/csv/csv-problem.ts';
import { openCsv, type CsvOptions, type CsvRecord } from '../../src/exchange/csv/open-csv.ts';

export interface CsvTable {
  readonly header: readonly string[];
  readonly records: readonly CsvRecord[];
}

/** A whole small file at once. */
export function readCsv(bytes: Uint8Array, options: CsvOptions = {}): CsvResult<CsvTable> {
  const sheet = openCsv(bytes, options);
  if ('problem' in sheet) return sheet;
  try {
    return { header: sheet.header, records: [...sheet.records()] };
  } catch (error) {
    if (error instanceof CsvUnreadable) return { problem: error.problem };
    throw error;
  }
}

import type { CsvProblem } from './csv-problem.ts';

export interface CsvLimits {
  readonly maxBytes: number;
  readonly maxColumns: number;
  /** Without the header. */
  readonly maxRecords: number;
}

/** More than any clinic's sheet, and few enough bytes to hold: the file is read several times, and stays the same. */
export const csvLimits: CsvLimits = { maxBytes: 50 * 1024 * 1024, maxColumns: 200, maxRecords: 500_000 };

/** The file turned out to be one that is refused as a whole, while its records were being read. */
export class CsvUnreadable extends Error {
  override readonly name = 'CsvUnreadable';
  readonly problem: CsvProblem;
  constructor(problem: CsvProblem) {
    super(problem.code);
    this.problem = problem;
  }
}

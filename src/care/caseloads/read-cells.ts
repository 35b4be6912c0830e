import type { CaseloadColumn } from './caseload-columns.ts';
import { foldWord } from './caseload-words.ts';
import { cleanLine, cleanNotes, cleanOptional } from './clean-cell.ts';
import type { ImportRefusalCode } from './import-refusal.ts';
import { readImportDate, type DateUse, type FileDateOrder } from './read-import-date.ts';

/** A cell that cannot be accepted; thrown by the readers, caught where the row is read. Carries no content. */
export class CellFault extends Error {
  readonly column: CaseloadColumn;
  readonly code: ImportRefusalCode;
  constructor(column: CaseloadColumn, code: ImportRefusalCode) {
    super(code);
    this.column = column;
    this.code = code;
  }
}

/** Typed readings of one row's cells. Each is `undefined` (or '') for an empty cell and throws `CellFault`. */
export interface CellReaders {
  name(column: CaseloadColumn): string;
  text(column: CaseloadColumn): string;
  notes(column: CaseloadColumn): string;
  date(column: CaseloadColumn, use?: DateUse): string | undefined;
  whole(column: CaseloadColumn): number | undefined;
  score(column: CaseloadColumn, most: number): number | undefined;
  word<T>(column: CaseloadColumn, known: ReadonlyMap<string, T>, unknown: ImportRefusalCode): T | undefined;
}

/** In UTF-16 units. Far over what is needed: a longer cell is a shifted or broken row. */
const longest: Readonly<Partial<Record<CaseloadColumn, number>>> = {
  phone: 64,
  address: 300,
  emergencyPhone: 64,
  mrn: 64,
  authorizationNumber: 64,
  notes: 10_000,
};
const longestElse = 200;

export function cellReaders(
  cellOf: (column: CaseloadColumn) => string,
  reading: { readonly today: string; readonly dates: FileDateOrder },
): CellReaders {
  const bounded = (column: CaseloadColumn, text: string): string => {
    if (text.length > (longest[column] ?? longestElse)) throw new CellFault(column, 'too-long');
    return text;
  };
  const text = (column: CaseloadColumn): string => bounded(column, cleanOptional(cellOf(column)));
  const whole = (column: CaseloadColumn): number | undefined => {
    const cell = text(column).replace('\u2212', '-');
    if (cell === '') return undefined;
    if (!/^[-+]?[0-9]{1,6}(\.0{1,2})?$/.test(cell)) throw new CellFault(column, 'invalid-number');
    const value = Number(cell);
    // A sheet's -0 is 0.
    return value === 0 ? 0 : value;
  };
  return {
    text,
    whole,
    notes: (column) => bounded(column, cleanNotes(cellOf(column))),
    name(column) {
      const cell = bounded(column, cleanLine(cellOf(column)));
      // A dash or a question mark in place of a name is no name.
      if (cleanOptional(cell) === '' || !/\p{L}/u.test(cell)) throw new CellFault(column, 'missing-name');
      return cell;
    },
    date(column, use = 'other') {
      const cell = text(column);
      if (cell === '') return undefined;
      const read = readImportDate(cell, use, reading.today, reading.dates);
      if ('code' in read) throw new CellFault(column, read.code);
      return read.date;
    },
    score(column, most) {
      const value = whole(column);
      if (value !== undefined && (value < 0 || value > most)) throw new CellFault(column, 'score-out-of-range');
      return value;
    },
    word(column, known, unknown) {
      const cell = text(column);
      const value = known.get(foldWord(cell));
      if (cell !== '' && value === undefined) throw new CellFault(column, unknown);
      return value;
    },
  };
}

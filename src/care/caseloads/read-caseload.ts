import { canonicalOf } from './canonical-row.ts';
import { placeColumns, type CaseloadColumn, type ColumnPlaces, type HeaderProblem } from './caseload-columns.ts';
import { cleanLine } from './clean-cell.ts';
import { createDuplicateFinder } from './find-duplicate-row.ts';
import type { ImportRefusal } from './import-refusal.ts';
import { coordinatorFinder, type ImportCoordinator } from './match-coordinator.ts';
import { readCaseloadRow, type CaseloadContent, type RowReading } from './read-caseload-row.ts';
import { findDateOrder, type DateOrder, type DateUse } from './read-import-date.ts';

/** One accepted row. */
export interface CaseloadRow extends CaseloadContent {
  /** The record's number in the file, the header being 1. */
  readonly row: number;
  /** The content as stable JSON: the same for two files that say the same in another style. */
  readonly canonical: string;
}

export interface ImportContext {
  /** Local date, `YYYY-MM-DD`. */
  readonly today: string;
  /** The people who can have a caseload. */
  readonly coordinators: readonly ImportCoordinator[];
  /** The organisation's habit, for a file in which no date shows whether the month or the day comes first. */
  readonly dateOrder?: DateOrder;
}

/** What one record that holds anything at all says, or why it is refused. */
export type ReadRow = { readonly accepted: CaseloadRow } | { readonly refused: ImportRefusal };

/** A sheet whose rows are read one after the other, in the order of the file, and from its beginning at each call. */
export interface CaseloadSheet {
  /** How many records hold anything at all. */
  readonly count: number;
  rows(): Generator<ReadRow, void>;
  /** Those of these numbers alone, which `rows` accepted before. */
  accepted(wanted: ReadonlySet<number>): Generator<CaseloadRow, void>;
}

/** One record of a file, as `openCsv` gives it. */
export interface SheetRecord {
  readonly row: number;
  readonly cells: readonly string[];
}

const dateColumns: readonly (readonly [CaseloadColumn, DateUse])[] = [
  ['birthDate', 'birth'],
  ['enrolledOn', 'other'],
  ['lastContactOn', 'other'],
  ['nextContactOn', 'other'],
  ['authorizationExpiresOn', 'other'],
];

/**
 * Opens a caseload sheet, whose records can be gone through any number of times; goes through all of them once, for the
 * order of its dates. What each row says, or why it is refused, comes row by row. Says nothing of what is in the database. A header without the needed
 * columns is a problem of the file as a whole.
 */
export function openCaseload(
  header: readonly string[],
  records: () => Iterable<SheetRecord>,
  context: ImportContext,
): CaseloadSheet | { readonly problem: HeaderProblem } {
  const placed = placeColumns(header);
  if ('problem' in placed) return placed;
  const { places } = placed;
  const filled = (): Generator<SheetRecord, void> => filledRecords(records());
  const survey = { count: 0 };
  const reading = {
    today: context.today,
    dates: findDateOrder(dateCells(filled(), places, survey), context.today, context.dateOrder),
    findCoordinator: coordinatorFinder(context.coordinators),
  };
  return {
    count: survey.count,
    *rows() {
      const duplicates = createDuplicateFinder();
      for (const record of filled()) yield readRow(record, header, places, reading, duplicates);
    },
    *accepted(wanted) {
      for (const record of records()) {
        if (!wanted.has(record.row)) continue;
        const read = readCaseloadRow((column) => cellOf(record, places, column), reading);
        if ('content' in read) yield asAccepted(record.row, read.content);
      }
    },
  };
}

function* filledRecords(records: Iterable<SheetRecord>): Generator<SheetRecord, void> {
  for (const record of records) if (record.cells.some((cell) => cleanLine(cell) !== '')) yield record;
}

const asAccepted = (row: number, content: CaseloadContent): CaseloadRow => ({
  row,
  ...content,
  canonical: canonicalOf(content),
});

function readRow(
  record: SheetRecord,
  header: readonly string[],
  places: ColumnPlaces,
  reading: RowReading,
  duplicates: ReturnType<typeof createDuplicateFinder>,
): ReadRow {
  const { row, cells } = record;
  // What is past the header has slipped out of its column, so nothing in this row can be trusted to be in its own.
  if (cells.slice(header.length).some((cell) => cleanLine(cell) !== '')) {
    return { refused: { row, column: '', code: 'too-many-cells' } };
  }
  const read = readCaseloadRow((column) => cellOf(record, places, column), reading);
  if ('fault' in read) {
    return { refused: { row, column: places[read.fault.column]?.header ?? '', code: read.fault.code } };
  }
  const duplicate = duplicates.find(read.content);
  if (duplicate !== undefined) {
    const column = duplicate.by === 'record-number' ? (places.mrn?.header ?? '') : '';
    return { refused: { row, column, code: 'duplicate-of-row', of: duplicate.row } };
  }
  duplicates.add(read.content, row);
  return { accepted: asAccepted(row, read.content) };
}

function cellOf(record: SheetRecord, places: ColumnPlaces, column: CaseloadColumn): string {
  const place = places[column];
  return place === undefined ? '' : (record.cells[place.index] ?? '');
}

function* dateCells(
  rows: Iterable<SheetRecord>,
  places: ColumnPlaces,
  survey: { count: number },
): Generator<{ cell: string; use: DateUse }> {
  for (const record of rows) {
    survey.count += 1;
    for (const [column, use] of dateColumns) yield { cell: cleanLine(cellOf(record, places, column)), use };
  }
}

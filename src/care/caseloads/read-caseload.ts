import { canonicalOf } from './canonical-row.ts';
import { placeColumns, type CaseloadColumn, type ColumnPlaces, type HeaderProblem } from './caseload-columns.ts';
import { cleanLine } from './clean-cell.ts';
import { createDuplicateFinder } from './find-duplicate-row.ts';
import type { ImportRefusal } from './import-refusal.ts';
import { coordinatorFinder, type ImportCoordinator } from './match-coordinator.ts';
import { readCaseloadRow, type CaseloadContent } from './read-caseload-row.ts';
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

export interface ImportReading {
  /** Records that hold anything at all. */
  readonly rows: number;
  readonly accepted: readonly CaseloadRow[];
  /** In the order of the file. */
  readonly refused: readonly ImportRefusal[];
}

/** One record of a file, as `readCsv` gives it. */
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
 * Reads a caseload sheet: what each row says, or why it is refused. Says nothing of what is in the database.
 * A header without the needed columns is a problem of the file as a whole.
 */
export function readCaseload(
  header: readonly string[],
  records: readonly SheetRecord[],
  context: ImportContext,
): ImportReading | { readonly problem: HeaderProblem } {
  const placed = placeColumns(header);
  if ('problem' in placed) return placed;
  const { places } = placed;
  const rows = records.filter(({ cells }) => cells.some((cell) => cleanLine(cell) !== ''));
  const reading = {
    today: context.today,
    dates: findDateOrder(dateCells(rows, places), context.today, context.dateOrder),
    findCoordinator: coordinatorFinder(context.coordinators),
  };

  const accepted: CaseloadRow[] = [];
  const refused: ImportRefusal[] = [];
  const duplicates = createDuplicateFinder();
  for (const record of rows) {
    const { row, cells } = record;
    // What is past the header has slipped out of its column, so nothing in this row can be trusted to be in its own.
    if (cells.slice(header.length).some((cell) => cleanLine(cell) !== '')) {
      refused.push({ row, column: '', code: 'too-many-cells' });
      continue;
    }
    const read = readCaseloadRow((column) => cellOf(record, places, column), reading);
    if ('fault' in read) {
      refused.push({ row, column: places[read.fault.column]?.header ?? '', code: read.fault.code });
      continue;
    }
    const duplicate = duplicates.find(read.content);
    if (duplicate !== undefined) {
      const column = duplicate.by === 'record-number' ? (places.mrn?.header ?? '') : '';
      refused.push({ row, column, code: 'duplicate-of-row', of: duplicate.row });
      continue;
    }
    duplicates.add(read.content, row);
    accepted.push({ row, ...read.content, canonical: canonicalOf(read.content) });
  }
  return { rows: rows.length, accepted, refused };
}

function cellOf(record: SheetRecord, places: ColumnPlaces, column: CaseloadColumn): string {
  const place = places[column];
  return place === undefined ? '' : (record.cells[place.index] ?? '');
}

function* dateCells(rows: readonly SheetRecord[], places: ColumnPlaces): Generator<{ cell: string; use: DateUse }> {
  for (const record of rows) {
    for (const [column, use] of dateColumns) yield { cell: cleanLine(cellOf(record, places, column)), use };
  }
}

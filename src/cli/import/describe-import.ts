import type { CaseloadImport } from '../../care/caseloads/import-records.ts';
import { describeImportRefusal, type ImportRefusal } from '../../care/caseloads/import-refusal.ts';
import { describeDatabaseFailure, isConnectionLost } from '../../store/describe-failure.ts';
import type { CommandResult } from '../command.ts';
import { CommandRefused } from '../parse-arguments.ts';

export interface ImportSaid {
  readonly rows: number;
  readonly imported: number;
  readonly unchanged: number;
  readonly refused: readonly ImportRefusal[];
  readonly dryRun: boolean;
  /** Where it was interrupted, and is taken up again here. */
  readonly resumed: CaseloadImport | undefined;
  /** Of other files, and still where they were interrupted. */
  readonly unfinished: readonly CaseloadImport[];
}

const number = (count: number): string => count.toLocaleString('en-US');
const minute = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
const clientsAreIn = (count: number): string => (count === 1 ? '1 client is in' : `${number(count)} clients are in`);

/** What came of a file: its rows in numbers, and every row that was refused, without a word of it. */
export function describeImport(said: ImportSaid): CommandResult {
  const { rows, imported, unchanged, refused, dryRun, resumed, unfinished } = said;
  const summary = `${rows} rows: ${imported} ${dryRun ? 'would be imported' : 'imported'}, ${unchanged} unchanged, ${refused.length} refused.`;
  const lines = refused.map(({ row, column, code, of }) => {
    const where = `  row ${row}${column === '' ? '' : `, ${column}`}${of === undefined ? '' : ` (see row ${of})`}`;
    return `${where}: ${describeImportRefusal(code)}`;
  });
  const before =
    resumed === undefined
      ? []
      : [
          `${dryRun ? 'It would be taken' : 'It was taken'} up after row ${number(resumed.row)}, where the import of ${minute(resumed.startedAt)} was interrupted.`,
        ];
  const others = unfinished.map(
    (one) =>
      `This file is another than that of the import of ${minute(one.startedAt)}, which is still interrupted (${describeUnfinished(one)}).`,
  );
  const json = {
    rows,
    imported,
    unchanged,
    refused,
    ...(dryRun ? { dryRun } : {}),
    ...(resumed === undefined ? {} : { resumedAfterRow: resumed.row }),
    ...(unfinished.length === 0 ? {} : { unfinished: unfinished.map(unfinishedJson) }),
  };
  return { exit: refused.length > 0 ? 1 : 0, text: [summary, ...before, ...lines, ...others].join('\n'), json };
}

/** Where an import stands that did not come to its end, and how to go on. */
export function describeUnfinished(one: CaseloadImport): string {
  return `after row ${number(one.row)} of ${number(one.lastRow)}, ${clientsAreIn(one.imported)}; run the same command with the same file to go on, or leave it so: baton import end ${one.id}`;
}

export const unfinishedJson = ({ id, startedAt, row, lastRow, imported }: CaseloadImport): object => ({
  id,
  startedAt: startedAt.toISOString(),
  row,
  lastRow,
  imported,
});

export const describeStart = (one: CaseloadImport): string => minute(one.startedAt);

/** One step of an import, for the case that the database fails in it. */
export interface ImportStep {
  /** The first and the last record it was about. */
  readonly rows: readonly [first: number, last: number];
  readonly what: 'check' | 'save' | 'tell';
  /** How many clients are in before it. */
  readonly in: number;
}

/** What was not done, by step. */
const undone: Readonly<Record<ImportStep['what'], (rows: string) => string>> = {
  check: (rows) => `It happened while ${rows} were looked up; this run changed nothing.`,
  save: (rows) => `Nothing of ${rows} was saved.`,
  tell: () => 'Nobody has been told of them yet.',
};

/** Runs one step; when the database fails it, says why, which rows it was about, and what stands. */
export async function namingRows<T>(step: ImportStep, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CommandRefused) throw error;
    throw new CommandRefused(describeFailure(step, error));
  }
}

function describeFailure({ rows: [first, last], what, in: count }: ImportStep, error: unknown): string {
  const cause = describeDatabaseFailure(error) ?? 'The database did not take a statement of this version of Baton.';
  const stands = count === 0 ? 'No client is in yet.' : `${clientsAreIn(count)}.`;
  const again = 'Run the same command again to go on from there.';
  const rows = `rows ${number(first)}–${number(last)}`;
  // A commit whose answer was lost may have happened. The next run sees it, and takes no row twice.
  if (what === 'save' && isConnectionLost(error))
    return `${cause} It happened while ${rows} were saved: whether they are in, the next run finds out. Before them: ${stands} ${again}`;
  return `${cause} ${undone[what](rows)} ${stands} ${again}`;
}

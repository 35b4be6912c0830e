import { defuseCell } from './defuse-cell.ts';

/** What a cell can hold. Nothing at all is written as an empty cell. */
export type CsvCell = string | number | boolean | null | undefined;

const writeCell = (cell: CsvCell): string => {
  const text = defuseCell(cell === null || cell === undefined ? '' : String(cell));
  // Spaces at the ends are quoted too: some readers trim what stands bare.
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const writeRecord = (cells: readonly CsvCell[]): string => {
  const line = cells.map(writeCell).join(',');
  // One empty cell alone would be a blank line, which many readers drop.
  return line === '' ? '""' : line;
};

/**
 * A header and its rows as RFC 4180 text: commas, CRLF after every record, quotation marks doubled. Formulas are
 * defused by the rule of `defuseCell`; `readCsv` undoes it. `byteOrderMark` is for files people open in Excel.
 */
export function writeCsv(
  header: readonly string[],
  rows: Iterable<readonly CsvCell[]>,
  options: { readonly byteOrderMark?: boolean } = {},
): string {
  const lines = [writeRecord(header)];
  for (const row of rows) lines.push(writeRecord(row));
  return `${options.byteOrderMark === true ? '\u{feff}' : ''}${lines.join('\r\n')}\r\n`;
}

import { CsvError, parse } from 'csv-parse/sync';
import { csvProblem, type CsvProblemCode, type CsvResult } from './csv-problem.ts';
import { decodeText } from './decode-text.ts';
import { undefuseCell } from './defuse-cell.ts';
import { checkSize, detectDelimiter, type Delimiter } from './scan-records.ts';

export interface CsvLimits {
  readonly maxBytes: number;
  readonly maxColumns: number;
  /** Without the header. */
  readonly maxRecords: number;
}

/** More than any clinic's sheet, and little enough to hold in memory. */
export const csvLimits: CsvLimits = { maxBytes: 50 * 1024 * 1024, maxColumns: 200, maxRecords: 500_000 };

export interface CsvOptions extends Partial<CsvLimits> {
  /** Read bytes that are not UTF-8 as Windows-1252: the administrator's word, never a guess. */
  readonly windows1252?: boolean;
}

export interface CsvRecord {
  /** The record's number in the file, the header being 1; empty records count, line breaks inside cells do not. */
  readonly row: number;
  /** As many as the record has, which may differ from the header's. */
  readonly cells: readonly string[];
}

export interface CsvTable {
  readonly header: readonly string[];
  /** Every record after the header, blank lines included as one empty cell. */
  readonly records: readonly CsvRecord[];
}

/** Some spreadsheets put `sep=;` on a line of its own before the header. It is a note to the reader, not a record. */
const separatorNote = /^"?sep=([,;\t])"?\r?\n/i;

/**
 * Reads a CSV file strictly: UTF-8 or marked UTF-16; comma, semicolon or tab as its header shows; CRLF, LF and CR
 * as they come. The whole file is refused, by a code and a sentence without any of its content, rather than half
 * understood. Cells defused by `writeCsv` come back as they were.
 */
export function readCsv(bytes: Uint8Array, options: CsvOptions = {}): CsvResult<CsvTable> {
  const limits = { ...csvLimits, ...options };
  if (bytes.length > limits.maxBytes) return csvProblem('too-large');
  const decoded = decodeText(bytes, options);
  if ('problem' in decoded) return decoded;

  const note = separatorNote.exec(decoded.text);
  const text = decoded.text.slice(note?.[0].length ?? 0);
  if (text.trim() === '') return csvProblem('empty-file');
  const delimiter = (note?.[1] as Delimiter | undefined) ?? detectDelimiter(text);
  const size = checkSize(text, delimiter, limits);
  if ('problem' in size) return size;

  const parsed = parseText(text, delimiter);
  if ('problem' in parsed) return parsed;
  const [header = [], ...rest] = parsed.lines.map((cells) => cells.map(undefuseCell));
  return { header, records: rest.map((cells, index) => ({ row: index + 2, cells })) };
}

function parseText(text: string, delimiter: Delimiter): CsvResult<{ readonly lines: readonly string[][] }> {
  try {
    const lines: string[][] = parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: false,
      // The file as a whole is bounded already; a bound here would turn an unclosed quotation mark into something else.
      max_record_size: 0,
    });
    return { lines };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // The parser's message and context quote the cell: only its code and its count of records leave this place.
    const done: unknown = error['records'];
    return csvProblem(problemOf(error.code), typeof done === 'number' ? done + 1 : undefined);
  }
}

/** An unclosed mark swallows rows until the next one, so what follows that one looks like a wrongly closed cell. */
function problemOf(code: string): CsvProblemCode {
  return code === 'INVALID_OPENING_QUOTE' ? 'stray-quote' : 'unclosed-quote';
}

import { CsvError, parse } from 'csv-parse/sync';
import { csvLimits, CsvUnreadable, type CsvLimits } from './csv-limits.ts';
import { csvProblem, type CsvProblemCode, type CsvResult } from './csv-problem.ts';
import { decodeText, findEncoding, type Encoding } from './decode-text.ts';
import { undefuseCell } from './defuse-cell.ts';
import { cutAtRecords, detectDelimiter, type Delimiter } from './scan-records.ts';

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

/** A file of which never more than a piece is text. */
export interface CsvSheet {
  readonly header: readonly string[];
  /**
   * Every record after the header, blank lines included as one empty cell; from the beginning at each call. Throws
   * CsvUnreadable where the file cannot be read: all of it must have been read once before anything is done with it.
   */
  records(): Generator<CsvRecord, void>;
}

/** Some spreadsheets put `sep=;` on a line of its own before the header. It is a note to the reader, not a record. */
const separatorNote = /^"?sep=([,;\t])"?\r?\n/i;

/**
 * Opens a CSV file to be read strictly: UTF-8 or marked UTF-16; comma, semicolon or tab as its header shows; CRLF, LF and
 * CR as they come. The whole file is refused, by a code and a sentence without any of its content, rather than half
 * understood. Cells defused by `writeCsv` come back as they were.
 */
export function openCsv(bytes: Uint8Array, options: CsvOptions = {}): CsvResult<CsvSheet> {
  const limits = { ...csvLimits, ...options };
  if (bytes.length > limits.maxBytes) return csvProblem('too-large');
  const found = findEncoding(bytes, options);
  if ('problem' in found) return found;
  const { encoding } = found;
  if (isBlank(bytes, encoding)) return csvProblem('empty-file');
  const [beginning = ''] = decodeText(bytes, encoding);
  const note = separatorNote.exec(beginning);
  const text = (): Iterable<string> => withoutBeginning(decodeText(bytes, encoding), note?.[0].length ?? 0);
  const delimiter = (note?.[1] as Delimiter | undefined) ?? detectDelimiter(text());
  const lines = (): Generator<string[], void> => readLines(cutAtRecords(text(), delimiter, limits), delimiter);
  try {
    const header = lines().next();
    return { header: header.done === true ? [] : header.value, records: () => numbered(lines()) };
  } catch (error) {
    if (error instanceof CsvUnreadable) return { problem: error.problem };
    throw error;
  }
}

function isBlank(bytes: Uint8Array, encoding: Encoding): boolean {
  for (const piece of decodeText(bytes, encoding)) if (piece.trim() !== '') return false;
  return true;
}

function* withoutBeginning(text: Iterable<string>, length: number): Generator<string, void> {
  let first = true;
  for (const piece of text) {
    yield first ? piece.slice(length) : piece;
    first = false;
  }
}

function* numbered(lines: Iterable<string[]>): Generator<CsvRecord, void> {
  let row = 0;
  for (const cells of lines) {
    row += 1;
    if (row > 1) yield { row, cells };
  }
}

function* readLines(cuts: Iterable<string>, delimiter: Delimiter): Generator<string[], void> {
  let before = 0;
  for (const cut of cuts) {
    const lines = parseLines(cut, delimiter, before);
    before += lines.length;
    for (const cells of lines) yield cells.map(undefuseCell);
  }
}

function parseLines(text: string, delimiter: Delimiter, before: number): readonly string[][] {
  try {
    return parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: false,
      // The file as a whole is bounded already; a bound here would turn an unclosed quotation mark into something else.
      max_record_size: 0,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // The parser's message and context quote the cell: only its code and its count of records leave this place.
    const done: unknown = error['records'];
    const row = typeof done === 'number' ? before + done + 1 : undefined;
    throw new CsvUnreadable(csvProblem(problemOf(error.code), row).problem);
  }
}

/** An unclosed mark swallows rows until the next one, so what follows that one looks like a wrongly closed cell. */
function problemOf(code: string): CsvProblemCode {
  return code === 'INVALID_OPENING_QUOTE' ? 'stray-quote' : 'unclosed-quote';
}

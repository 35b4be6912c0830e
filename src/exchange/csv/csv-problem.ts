/**
 * What can be wrong with a file as a whole. A problem names at most a row number: never a word of the file,
 * because every cell may be about a client.
 */
export type CsvProblemCode =
  | 'empty-file'
  | 'too-large'
  | 'looks-like-xlsx'
  | 'looks-like-xls'
  | 'not-utf8'
  | 'not-utf16'
  | 'contains-nul'
  | 'too-many-columns'
  | 'too-many-rows'
  | 'unclosed-quote'
  | 'stray-quote';

export interface CsvProblem {
  readonly code: CsvProblemCode;
  /** For the person: what it is and what to do next. */
  readonly sentence: string;
  /** The record it was found in, the header being 1. */
  readonly row?: number;
}

/** Read strictly, or refused as a whole with one problem. */
export type CsvResult<T> = T | { readonly problem: CsvProblem };

const sentences: Readonly<Record<CsvProblemCode, (row: string) => string>> = {
  'empty-file': () => 'The file is empty. Export the sheet again and keep its header row.',
  'too-large': () => 'The file is too large to read in one go. Split it into smaller files and import them in turn.',
  'looks-like-xlsx': () => 'This is an Excel workbook under another name. Open it and save the sheet as “CSV UTF-8”.',
  'looks-like-xls': () =>
    'This is an old Excel workbook under another name. Open it and save the sheet as “CSV UTF-8”.',
  'not-utf8': () => 'The file is not saved as UTF-8. Save the sheet again as “CSV UTF-8”.',
  'not-utf16': () => 'The file begins like UTF-16 text but is damaged. Save the sheet again as “CSV UTF-8”.',
  'contains-nul': () => 'The file holds bytes that are not text. Save the sheet again as “CSV UTF-8”.',
  'too-many-columns': (row) => `There are too many columns${row}. Keep the columns Baton uses and export again.`,
  'too-many-rows': () => 'The file has too many rows. Split it into smaller files and import them in turn.',
  'unclosed-quote': (row) =>
    `A quotation mark is opened${row} and not closed properly. Correct that row and try again.`,
  'stray-quote': (row) =>
    `A cell${row} has a quotation mark in it but is not enclosed in quotation marks. Save the sheet again as “CSV UTF-8”, or correct that row.`,
};

/** Builds a problem from its code and, where it is known, the record number. */
export function csvProblem(code: CsvProblemCode, row?: number): { readonly problem: CsvProblem } {
  const sentence = sentences[code](row === undefined ? '' : ` in row ${row}`);
  return { problem: row === undefined ? { code, sentence } : { code, sentence, row } };
}

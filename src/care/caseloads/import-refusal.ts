/** Why one row of a sheet is not imported: stable codes, each with its sentence. */
const sentences = {
  'missing-name': 'The name is empty. Fill it in and import the file again.',
  'missing-birth-date': 'The birth date is empty. It is needed to tell two people of one name apart.',
  'missing-coordinator': 'No coordinator is named. Every client needs one named person.',
  'invalid-date': 'This is not a date Baton can read. Write it as YYYY-MM-DD.',
  'ambiguous-date': 'Day and month could be either way round here. Write the date as YYYY-MM-DD.',
  'birth-date-in-future': 'The birth date is after today. Correct it and import the file again.',
  'unknown-coordinator': 'No active coordinator has exactly this name. Correct it, or add the person first.',
  'ambiguous-coordinator': 'More than one coordinator has this name. Give one of them a distinct name first.',
  'unknown-status': 'The status is not one of active, relapse prevention or inactive.',
  'unknown-tier': 'The tier is not one of high, medium, low or maintenance.',
  'invalid-number': 'This is not a whole number. Correct it, or leave it empty.',
  'score-out-of-range': 'The score is outside its scale: PHQ-9 goes from 0 to 27, GAD-7 from 0 to 21.',
  'negative-units': 'The units left are below zero. Correct them, or leave them empty.',
  'too-long': 'The text is too long for this column. Shorten it and import the file again.',
  'too-many-cells': 'The row has more cells than the header. A comma in a cell may lack its quotation marks.',
  'client-exists':
    'This client is here already with other details. Change them in Baton; a sheet never overwrites a record.',
  'duplicate-of-row': 'This client is already in an earlier row. Keep the row that is right.',
} as const;

export type ImportRefusalCode = keyof typeof sentences;

export interface ImportRefusal {
  /** The record's number in the file, the header being 1. */
  readonly row: number;
  /** The column as the file's header writes it; empty when it is about the row as a whole. */
  readonly column: string;
  readonly code: ImportRefusalCode;
  /** For a duplicate: the row that was accepted. */
  readonly of?: number;
}

/** What is wrong and what to do, without a word of the row. */
export function describeImportRefusal(code: ImportRefusalCode): string {
  return sentences[code];
}

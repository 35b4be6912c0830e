/**
 * Spreadsheets run a cell that begins with one of these. The rule, both ways:
 *
 * - writing: a cell that begins with any number of apostrophes (none included) followed by `=`, `+`, `-`, `@`, tab,
 *   carriage return or line feed gets one apostrophe more in front;
 * - reading: a cell that begins with at least one apostrophe followed by one of these loses one apostrophe.
 *
 * So every cell comes back as it was, `'=1` included, and `'Abd` or `O'Neill` are never touched.
 */
const dangerous = /^'*[=+\-@\t\r\n]/;
const defused = /^'+[=+\-@\t\r\n]/;

/** Makes a cell harmless to a spreadsheet; `undefuseCell` gives it back. */
export function defuseCell(cell: string): string {
  return dangerous.test(cell) ? `'${cell}` : cell;
}

/** Undoes `defuseCell`. */
export function undefuseCell(cell: string): string {
  return defused.test(cell) ? cell.slice(1) : cell;
}

/**
 * What is no part of a text but travels in it: zero-width spaces, soft hyphens, and the marks that turn writing
 * around, with which a cell can look like another one. Joiners stay: some scripts need them.
 */
const invisible = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
/** How sheets write “nothing”. */
const nothing = new Set(['n/a', 'na', 'n.a.', '-', '--', '–', '—']);

/** Most cells by far: printable ASCII with single spaces, which is clean already. Asking first is ten times cheaper. */
const clean = /^[!-~]*(?: [!-~]+)*$/;

/** One line: composed letters, single spaces, nothing invisible. */
export function cleanLine(cell: string): string {
  if (clean.test(cell)) return cell.trimStart();
  return cell
    .normalize('NFC')
    .replace(invisible, '')
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .trim();
}

/** A line that may be left out: empty too when it says “n/a” or a dash. */
export function cleanOptional(cell: string): string {
  const line = cleanLine(cell);
  return nothing.has(line.toLowerCase()) ? '' : line;
}

/** Several lines: line breaks become LF and stay, as do tabs; other control characters go. */
export function cleanNotes(cell: string): string {
  return cell
    .normalize('NFC')
    .replace(invisible, '')
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])\p{Cc}/gu, '')
    .trim();
}

/** For comparing names: case, accents, apostrophe styles, spaces and `Family, Given` do not matter. */
export function foldName(name: string): string {
  const line = cleanLine(name);
  const bare = clean.test(line) ? line : line.normalize('NFKD').replace(/\p{M}/gu, '');
  const folded = bare.replace(/[\u2018\u2019\u02bc`\u00b4]/g, "'").toLowerCase();
  if (!folded.includes(',')) return folded;
  const [family = '', given = '', ...more] = folded.split(',').map((part) => part.trim());
  return given !== '' && more.length === 0 ? `${given} ${family}` : folded;
}

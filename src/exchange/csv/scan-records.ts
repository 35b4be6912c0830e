import { CsvUnreadable, type CsvLimits } from './csv-limits.ts';
import { csvProblem } from './csv-problem.ts';

export type Delimiter = ',' | ';' | '\t';

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

/** Which of comma, semicolon and tab separates the header: the one it has most of outside quotation marks. */
export function detectDelimiter(text: Iterable<string>): Delimiter {
  const counts: Record<Delimiter, number> = { ',': 0, ';': 0, '\t': 0 };
  let quoted = false;
  scan: for (const piece of text) {
    for (const character of piece) {
      if (character === '"') quoted = !quoted;
      else if (quoted) continue;
      else if (character === '\n' || character === '\r') break scan;
      else if (character === ',' || character === ';' || character === '\t') counts[character] += 1;
    }
  }
  const candidates: readonly Delimiter[] = [',', ';', '\t'];
  return candidates.reduce((best, next) => (counts[next] > counts[best] ? next : best));
}

/**
 * Cuts text that comes in pieces where records end, so that each cut can be parsed alone, and counts rows and columns on
 * the way, before a cell is built: a record of millions of commas is refused while it still costs nothing. Exact for
 * every file the strict parser accepts; in one that it does not, the cut with the fault is the one that it refuses.
 * Throws CsvUnreadable where a limit is passed.
 */
export function* cutAtRecords(
  text: Iterable<string>,
  delimiter: Delimiter,
  limits: Pick<CsvLimits, 'maxColumns' | 'maxRecords'>,
): Generator<string, void> {
  const scanner = createScanner(delimiter, limits);
  // A record without an end may be as long as the file: its pieces are joined once.
  let kept: string[] = [];
  for (const piece of text) {
    const end = scanner.lastEnd(piece);
    if (end === undefined) {
      kept.push(piece);
      continue;
    }
    kept.push(piece.slice(0, end));
    const cut = kept.join('');
    kept = [piece.slice(end)];
    if (cut !== '') yield cut;
  }
  const rest = kept.join('');
  if (rest !== '') yield rest;
}

function createScanner(delimiter: Delimiter, limits: Pick<CsvLimits, 'maxColumns' | 'maxRecords'>) {
  const separator = delimiter.charCodeAt(0);
  let row = 0;
  let columns = 1;
  let quoted = false;
  let between = true;
  /** A carriage return ended the piece before: a line feed that follows belongs to it. */
  let afterReturn = false;
  return {
    /** Where in the piece its last record ends; undefined when none does. */
    lastEnd(piece: string): number | undefined {
      let end: number | undefined;
      for (let at = 0; at < piece.length; at += 1) {
        const unit = piece.charCodeAt(at);
        if (afterReturn) {
          afterReturn = false;
          end = unit === LF ? at + 1 : at;
          if (unit === LF) continue;
        }
        if (between) {
          between = false;
          columns = 1;
          row += 1;
          if (row > limits.maxRecords + 1) throw new CsvUnreadable(csvProblem('too-many-rows').problem);
        }
        if (unit === QUOTE) quoted = !quoted;
        else if (quoted) continue;
        else if (unit === separator) {
          columns += 1;
          if (columns > limits.maxColumns) throw new CsvUnreadable(csvProblem('too-many-columns', row).problem);
        } else if (unit === LF || unit === CR) {
          between = true;
          afterReturn = unit === CR;
          if (unit === LF) end = at + 1;
        }
      }
      return end;
    },
  };
}

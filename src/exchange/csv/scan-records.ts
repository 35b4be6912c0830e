import { csvProblem, type CsvResult } from './csv-problem.ts';

export type Delimiter = ',' | ';' | '\t';

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

/** Which of comma, semicolon and tab separates the header: the one it has most of outside quotation marks. */
export function detectDelimiter(text: string): Delimiter {
  const counts: Record<Delimiter, number> = { ',': 0, ';': 0, '\t': 0 };
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === '\n' || character === '\r') break;
    else if (character === ',' || character === ';' || character === '\t') counts[character] += 1;
  }
  const candidates: readonly Delimiter[] = [',', ';', '\t'];
  return candidates.reduce((best, next) => (counts[next] > counts[best] ? next : best));
}

/**
 * Counts rows and columns in one pass that allocates nothing, before the parser builds a cell of it: a record of
 * millions of commas is refused while it still costs nothing. Exact for every file the strict parser accepts.
 */
export function checkSize(
  text: string,
  delimiter: Delimiter,
  limits: { readonly maxColumns: number; readonly maxRecords: number },
): CsvResult<{ readonly records: number }> {
  const separator = delimiter.charCodeAt(0);
  let row = 1;
  let columns = 1;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) quoted = !quoted;
    else if (quoted) continue;
    else if (unit === separator) {
      columns += 1;
      if (columns > limits.maxColumns) return csvProblem('too-many-columns', row);
    } else if (unit === LF || unit === CR) {
      if (unit === CR && text.charCodeAt(at + 1) === LF) at += 1;
      columns = 1;
      if (at + 1 < text.length) row += 1;
      if (row > limits.maxRecords + 1) return csvProblem('too-many-rows');
    }
  }
  return { records: row };
}

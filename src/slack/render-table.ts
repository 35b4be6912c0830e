import type { types } from '@slack/bolt';
import { cleanText } from './clean-text.ts';
import { limits } from './limits.ts';
import { renderPreformatted } from './render-line.ts';

interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What an empty cell shows: Slack refuses a cell without characters. */
const EMPTY = '–';
const cell = (text: string | undefined): string => (text === undefined || text.trim() === '' ? EMPTY : cleanText(text));

/** Slack's own table, or undefined when the table is larger than Slack takes. */
function renderTableBlock(table: Table): types.TableBlock | undefined {
  const width = Math.max(table.columns.length, ...table.rows.map((row) => row.length));
  if (width === 0 || width > limits.table.cells || table.rows.length + 1 > limits.table.rows) return undefined;
  const rows = [table.columns, ...table.rows].map((row) =>
    Array.from({ length: width }, (_, column) => ({ type: 'raw_text' as const, text: cell(row[column]) })),
  );
  const block: types.TableBlock = { type: 'table', rows };
  return JSON.stringify(block).length > limits.table.size ? undefined : block;
}

/** Widest a column is padded to; longer cells push the rest of their line. */
const PAD = 28;

/** The same as monospace text, the column names repeated on top of each block. */
function renderTableText(table: Table): types.RichTextBlock[] {
  const lines = [table.columns, ...table.rows].map((row) => row.map((text) => cell(text).replaceAll('\n', ' ')));
  const widths = new Map<number, number>();
  for (const line of lines) {
    line.forEach((text, column) => widths.set(column, Math.min(PAD, Math.max(widths.get(column) ?? 0, text.length))));
  }
  const [head = '', ...body] = lines.map((line) =>
    line
      .map((text, column) => text.padEnd(widths.get(column) ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const blocks: types.RichTextBlock[] = [];
  let text = head;
  for (const line of body) {
    if (JSON.stringify(`${text}\n${line}`).length > limits.paragraph && text !== head) {
      blocks.push(...renderPreformatted(text));
      text = head;
    }
    text = text === '' ? line : `${text}\n${line}`;
  }
  return [...blocks, ...renderPreformatted(text)];
}

/** `native` is false where Slack draws no table block: in forms and on the home tab, and after the first of a message. */
export function renderTable(table: Table, native: boolean): types.KnownBlock[] {
  const block = native ? renderTableBlock(table) : undefined;
  return block === undefined ? renderTableText(table) : [block];
}

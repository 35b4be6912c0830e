import type { Element, Table, TableRow } from './adaptive-card.ts';
import { wireBytes } from './adaptive-card.ts';
import { limits } from './limits.ts';
import { textBlocks } from './literal-text.ts';

const rowOf = (cells: readonly string[], columns: number, header: boolean): TableRow => ({
  type: 'TableRow',
  cells: Array.from({ length: Math.max(columns, 1) }, (_, index) => ({
    type: 'TableCell' as const,
    items: textBlocks(cells[index] ?? '', header ? { weight: 'Bolder' } : {}),
  })),
});

/** A table in parts that fit a page, each with the header row. A row too large for one is written as lines. */
export function tableElements(columns: readonly string[], rows: readonly (readonly string[])[]): Element[] {
  const width = Math.max(columns.length, ...rows.map((row) => row.length), 1);
  const header = rowOf(columns, width, true);
  const empty: Table = {
    type: 'Table',
    firstRowAsHeaders: true,
    columns: Array.from({ length: width }, () => ({ width: 1 })),
    rows: [header],
  };
  const room = limits.pieceBytes - wireBytes(empty);
  const asLines = (row: readonly string[]): Element[] =>
    row.flatMap((cell, index) => textBlocks([{ bold: columns[index] ?? '' }, columns[index] ? ': ' : '', cell]));
  if (room <= 0)
    return [columns, ...rows].flatMap((row, index) =>
      index === 0 ? row.flatMap((cell) => textBlocks(cell)) : asLines(row),
    );

  const elements: Element[] = [];
  let part: TableRow[] = [];
  let bytes = 0;
  const close = (): void => {
    if (part.length > 0) elements.push({ ...empty, rows: [header, ...part] });
    part = [];
    bytes = 0;
  };
  for (const row of rows) {
    const made = rowOf(row, width, false);
    const size = wireBytes(made) + 1;
    if (size > room) {
      close();
      elements.push(...asLines(row));
      continue;
    }
    if (bytes + size > room) close();
    part.push(made);
    bytes += size;
  }
  close();
  return elements.length > 0 ? elements : [empty];
}

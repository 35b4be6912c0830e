import { colours } from './colours.ts';
import { formatNumber } from './format-number.ts';
import { mostRows, type Stacks } from './picture.ts';
import { box, fit, inner, margin, sheet, top, words } from './svg-parts.ts';

type Row = Stacks['rows'][number];

const barHeight = 26;
const perLine = 2;
const keyHeight = 22;

/** Each row on the scale of the largest, its parts from light to dark, every one named with its number underneath. */
export function drawStacks(picture: Stacks): string {
  const rows = picture.rows.slice(0, mostRows);
  const most = Math.max(1, ...rows.map(totalOf));
  const parts: string[] = [];
  let y = top;
  for (const row of rows) {
    parts.push(drawRow(row, y, most));
    y += heightOf(row);
  }
  return sheet(picture.title, y + 4, parts);
}

const totalOf = ({ parts }: Row): number => parts.reduce((sum, { value }) => sum + value, 0);
const heightOf = ({ parts }: Row): number => 24 + barHeight + Math.ceil(parts.length / perLine) * keyHeight + 20;
const shade = <T>(list: readonly T[], index: number): T | undefined => list[Math.min(index, list.length - 1)];

function drawRow(row: Row, y: number, most: number): string {
  const { parts } = row;
  const total = totalOf(row);
  const barTop = y + 22;
  const drawn = [
    words(margin, y + 14, fit(row.label, inner - 60, 15)),
    words(margin + inner, y + 14, formatNumber(total), { size: 15, bold: true, anchor: 'end' }),
    box(margin, barTop, inner, barHeight, colours.rail),
  ];
  let x = margin;
  parts.forEach(({ label, value }, index) => {
    const w = (value / most) * inner;
    const fill = shade(colours.steps, index) ?? colours.bar;
    const said = formatNumber(value);
    drawn.push(box(x, barTop, Math.max(0, w - (index < parts.length - 1 ? 1.5 : 0)), barHeight, fill));
    if (w > said.length * 9 + 8) {
      const ink = shade(colours.onSteps, index) ?? colours.ink;
      drawn.push(words(x + w / 2, barTop + 18, said, { size: 14, bold: true, fill: ink, anchor: 'middle' }));
    }
    x += w;
    const column = margin + (index % perLine) * (inner / perLine);
    const keyTop = barTop + barHeight + 8 + Math.floor(index / perLine) * keyHeight;
    drawn.push(
      box(column, keyTop + 2, 12, 12, fill),
      words(column + 20, keyTop + 13, fit(label, inner / perLine - 56, 14), { size: 14 }),
      words(column + inner / perLine - 14, keyTop + 13, said, { size: 14, bold: true, anchor: 'end' }),
    );
  });
  return drawn.join('');
}

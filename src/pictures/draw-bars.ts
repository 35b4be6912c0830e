import { colours } from './colours.ts';
import { formatNumber } from './format-number.ts';
import { mostRows, type Bars } from './picture.ts';
import { box, fit, inner, line, margin, sheet, stripes, top, width, words } from './svg-parts.ts';

type Row = Bars['rows'][number];

const rowHeight = 46;
const trendWidth = 56;
const barWidth = inner - trendWidth - 14;
const barHeight = 14;
/** How far beyond its limit a bar may be seen. */
const furthest = 1.5;

/** Bars on one scale, the limit: a full rail is 150 % of it, a mark stands at 100 %. */
export function drawBars(picture: Bars): string {
  const rows = picture.rows.slice(0, mostRows);
  const left = picture.rows.length - rows.length;
  const bottom = top + rows.length * rowHeight + 4;
  const note = left > 0 ? `${left} more beside this picture. ` : '';
  return sheet(picture.title, bottom + 22, [
    ...rows.map((row, index) => drawRow(row, top + index * rowHeight)),
    words(margin, bottom + 10, `${note}Line: ceiling. Right: the weeks before.`, { size: 12, fill: colours.quiet }),
  ]);
}

function drawRow({ label, value, limit, trend }: Row, y: number): string {
  const share = limit > 0 ? value / limit : value > 0 ? furthest : 0;
  const full = (barWidth * Math.min(share, furthest)) / furthest;
  const mark = margin + barWidth / furthest;
  const over = Math.max(0, margin + full - mark);
  const said = `${formatNumber(value)} of ${formatNumber(limit)}${share > 1 ? ' · over' : ''}`;
  const barTop = y + 22;
  return [
    words(margin, y + 14, fit(label, barWidth - 92, 15)),
    words(margin + barWidth, y + 14, said, { size: 14, bold: true, anchor: 'end' }),
    box(margin, barTop, barWidth, barHeight, colours.rail),
    box(margin, barTop, full - over, barHeight, colours.bar),
    over > 0 ? box(mark, barTop, over, barHeight, colours.over) + stripes(mark, barTop, over, barHeight) : '',
    box(mark - 1, barTop - 3, 2, barHeight + 6, colours.ink),
    drawTrend(trend, y + 8),
  ].join('');
}

/** Where it came from: a line that begins at its lowest value, its last point marked. */
function drawTrend(trend: readonly number[], y: number): string {
  if (trend.length < 2) return '';
  const height = 26;
  const left = width - margin - trendWidth;
  const [low, high] = [Math.min(...trend), Math.max(...trend)];
  const points = trend.map((value, index): [number, number] => [
    left + (index / (trend.length - 1)) * (trendWidth - 4),
    y + height - (high === low ? 0.5 : (value - low) / (high - low)) * height,
  ]);
  const [x, at] = points.at(-1) ?? [left, y];
  return (
    line(points, colours.quiet, 2) + `<circle cx="${x.toFixed(1)}" cy="${at.toFixed(1)}" r="3" fill="${colours.ink}"/>`
  );
}

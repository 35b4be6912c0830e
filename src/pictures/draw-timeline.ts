import { colours } from './colours.ts';
import { formatNumber } from './format-number.ts';
import { mostRows, type Timeline } from './picture.ts';
import { box, fit, inner, margin, sheet, top, words } from './svg-parts.ts';

const columnHeight = 120;

/** Columns on one scale; the filled part stands in the whole, both numbers above. */
export function drawTimeline(picture: Timeline): string {
  const points = picture.points.slice(-mostRows);
  const most = Math.max(1, ...points.map(({ whole }) => whole));
  const step = inner / Math.max(1, points.length);
  const bottom = top + 22 + columnHeight;
  const columns = points.map(({ label, whole, part }, index) => {
    const middle = margin + step * (index + 0.5);
    const w = Math.min(34, step - 8);
    const high = (whole / most) * columnHeight;
    const filled = (Math.min(part, whole) / most) * columnHeight;
    const last = index === points.length - 1;
    return [
      box(middle - w / 2, bottom - high, w, high, colours.steps[0]),
      box(middle - w / 2, bottom - filled, w, filled, colours.bar),
      words(middle, bottom - high - 6, `${formatNumber(part)}/${formatNumber(whole)}`, {
        size: 12,
        bold: last,
        anchor: 'middle',
      }),
      words(middle, bottom + 17, fit(label, step + 4, 12), {
        size: 12,
        bold: last,
        fill: last ? colours.ink : colours.quiet,
        anchor: 'middle',
      }),
    ].join('');
  });
  const key = bottom + 34;
  return sheet(picture.title, key + 24, [
    ...columns,
    box(margin, bottom, inner, 1, colours.quiet),
    box(margin, key, 12, 12, colours.bar),
    words(margin + 20, key + 11, picture.part, { size: 14 }),
    box(margin + inner / 2, key, 12, 12, colours.steps[0]),
    words(margin + inner / 2 + 20, key + 11, picture.whole, { size: 14 }),
  ]);
}

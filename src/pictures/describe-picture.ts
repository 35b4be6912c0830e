import { formatNumber } from './format-number.ts';
import type { Picture } from './picture.ts';

/** The picture in words, number by number: what plain text shows in its place. */
export function describePicture(picture: Picture): string {
  return [`${picture.title}:`, ...describeRows(picture)].join('\n');
}

function describeRows(picture: Picture): string[] {
  switch (picture.kind) {
    case 'bars':
      return picture.rows.map(({ label, value, limit, trend }) => {
        const before = trend.length > 1 ? `, before: ${trend.slice(0, -1).map(formatNumber).join(', ')}` : '';
        return `${label}: ${formatNumber(value)} of ${formatNumber(limit)} ${picture.unit}${before}`;
      });
    case 'stacks':
      return picture.rows.map(
        ({ label, parts }) =>
          `${label}: ${parts.map((part) => `${part.label} ${formatNumber(part.value)}`).join(', ')}`,
      );
    case 'timeline':
      return picture.points.map(
        ({ label, whole, part }) =>
          `${label}: ${formatNumber(whole)} ${picture.whole}, ${formatNumber(part)} ${picture.part}`,
      );
  }
}

import { colours } from './colours.ts';

/** Pictures are drawn for a phone held upright and scaled from there. */
export const width = 360;
export const margin = 16;
export const inner = width - 2 * margin;

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for SVG: nothing of it is read as markup, and no character that XML forbids is left. */
export function escapeSvg(text: string): string {
  // A name may hold anything; control characters and halves of surrogate pairs would break the document.
  const clean = Array.from(text).filter((character) => !/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/u.test(character));
  return clean.map((character) => escapes[character] ?? character).join('');
}

const number = (value: number): string => String(Math.round(value * 10) / 10);

export function box(x: number, y: number, w: number, h: number, fill: string, radius = 0): string {
  if (w <= 0 || h <= 0) return '';
  const rounded = radius === 0 ? '' : ` rx="${number(Math.min(radius, w / 2))}"`;
  return `<rect x="${number(x)}" y="${number(y)}" width="${number(w)}" height="${number(h)}"${rounded} fill="${fill}"/>`;
}

interface TextStyle {
  readonly size?: number;
  readonly fill?: string;
  readonly bold?: boolean;
  readonly anchor?: 'start' | 'middle' | 'end';
}

export function words(x: number, y: number, text: string, style: TextStyle = {}): string {
  const { size = 15, fill = colours.ink, bold = false, anchor = 'start' } = style;
  return (
    `<text x="${number(x)}" y="${number(y)}" font-size="${number(size)}" font-weight="${bold ? 600 : 400}" ` +
    `fill="${fill}" text-anchor="${anchor}">${escapeSvg(text)}</text>`
  );
}

/** Stripes over a bar: what is over its limit is seen without its colour. */
export function stripes(x: number, y: number, w: number, h: number): string {
  const lines: string[] = [];
  for (let at = x + 2; at < x + w; at += 6) {
    const right = Math.min(at + 4, x + w);
    const rise = right - at;
    lines.push(`M${number(at)} ${number(y + h)}L${number(right)} ${number(y + h - (h * rise) / 4)}`);
  }
  return lines.length === 0 ? '' : `<path d="${lines.join('')}" stroke="${colours.paper}" stroke-width="1.5"/>`;
}

export function line(points: readonly (readonly [number, number])[], stroke: string, thickness: number): string {
  const path = points.map(([x, y]) => `${number(x)},${number(y)}`).join(' ');
  return `<polyline points="${path}" fill="none" stroke="${stroke}" stroke-width="${number(thickness)}" stroke-linejoin="round" stroke-linecap="round"/>`;
}

/**
 * A text that fits, cut with an ellipsis. Widths are guessed by Inter's widest common letters, so a cut is rather too
 * early than too late.
 */
export function fit(text: string, room: number, size: number): string {
  const letters = Array.from(text.replace(/\s+/gu, ' ').trim());
  const widthOf = (letter: string): number =>
    size *
    (/[ilj.,:;'|!1 ]/u.test(letter) ? 0.34 : /[mwMW@%]/u.test(letter) ? 0.92 : /[A-Z]/u.test(letter) ? 0.72 : 0.6);
  let used = 0;
  for (const [index, letter] of letters.entries()) {
    used += widthOf(letter);
    if (used > room)
      return `${letters
        .slice(0, Math.max(1, index - 1))
        .join('')
        .trimEnd()}…`;
  }
  return letters.join('');
}

/** A whole picture of this height around its parts, with its title. */
export function sheet(title: string, height: number, parts: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${number(height)}" viewBox="0 0 ${width} ${number(height)}" font-family="Inter">`,
    box(0, 0, width, height, colours.paper),
    words(margin, 30, fit(title, inner, 18), { size: 18, bold: true }),
    ...parts,
    '</svg>',
  ].join('');
}

/** Where the drawing begins, under the title. */
export const top = 46;

import { colours, everyColour } from './colours.ts';

export type Rgb = readonly [number, number, number];

const part = (hex: string, at: number): number => Number.parseInt(hex.slice(at, at + 2), 16);
const rgbOf = (hex: string): Rgb => [part(hex, 1), part(hex, 3), part(hex, 5)];

/** Shades between ink and paper that smooth the edges of letters. */
const between = (from: Rgb, to: Rgb, share: number): Rgb => [
  Math.round(from[0] + (to[0] - from[0]) * share),
  Math.round(from[1] + (to[1] - from[1]) * share),
  Math.round(from[2] + (to[2] - from[2]) * share),
];

const paper: Rgb = [255, 255, 255];
const ink = rgbOf(colours.ink);

/**
 * Sixteen colours, so that a pixel takes four bits: the ten of the pictures, and the shades at the edges of letters.
 * A picture of a week is then a few kilobytes, and three of them fit into one card of Teams.
 */
export const palette: readonly Rgb[] = [
  ...everyColour.map(rgbOf),
  ...[0.2, 0.35, 0.5, 0.65, 0.8, 0.9].map((share) => between(ink, paper, share)),
];

const known = new Map<number, number>();

/** The palette's nearest to a pixel. */
export function nearest(red: number, green: number, blue: number): number {
  const key = (red << 16) | (green << 8) | blue;
  const found = known.get(key);
  if (found !== undefined) return found;
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  palette.forEach(([r, g, b], index) => {
    const distance = (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
    if (distance < least) [best, least] = [index, distance];
  });
  known.set(key, best);
  return best;
}

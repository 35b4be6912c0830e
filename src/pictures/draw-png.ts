import { createRequire } from 'node:module';
import path from 'node:path';
import type { Resvg as ResvgClass } from '@resvg/resvg-js';
import { drawSvg } from './draw-svg.ts';
import { encodePng } from './encode-png.ts';
import { hashPicture } from './hash-picture.ts';
import type { Picture } from './picture.ts';
import { width } from './svg-parts.ts';

/** The machine's own fonts are never asked: a bare one has none, and the same picture must be the same everywhere. */
const fontFiles = ['Inter-Regular.ttf', 'Inter-SemiBold.ttf'].map((file) =>
  path.join(import.meta.dirname, 'fonts', file),
);

let loaded: typeof ResvgClass | undefined;

/** The drawing program is native and not everybody's: it is loaded for the first picture, not at the start. */
function loadResvg(): typeof ResvgClass {
  loaded ??= (createRequire(import.meta.url)('@resvg/resvg-js') as { Resvg: typeof ResvgClass }).Resvg;
  return loaded;
}

/** Pictures lately drawn, the oldest first: one post goes to several people and pages. */
const drawn = new Map<string, Buffer>();
const mostKept = 32;

/**
 * The picture as PNG, `across` pixels wide. Deterministic: the same value gives the same bytes. Throws where the drawing
 * program does not run on this machine.
 */
export function drawPng(picture: Picture, across = 2 * width): Buffer {
  const key = `${across} ${hashPicture(picture)}`;
  const known = drawn.get(key);
  if (known !== undefined) return known;
  const Resvg = loadResvg();
  const image = new Resvg(drawSvg(picture), {
    fitTo: { mode: 'width', value: across },
    font: { loadSystemFonts: false, fontFiles, defaultFontFamily: 'Inter' },
    logLevel: 'off',
  }).render();
  const png = encodePng(image.pixels, image.width, image.height);
  drawn.set(key, png);
  for (const old of drawn.keys()) {
    if (drawn.size <= mostKept) break;
    drawn.delete(old);
  }
  return png;
}

/** The same, or nothing where it cannot be drawn: the words beside a picture say all of it. */
export function tryDrawPng(picture: Picture, across?: number): Buffer | undefined {
  try {
    return drawPng(picture, across);
  } catch {
    return undefined;
  }
}

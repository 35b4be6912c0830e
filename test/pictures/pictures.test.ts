import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everyColour } from '../../src/pictures/colours.ts';
import { describePicture } from '../../src/pictures/describe-picture.ts';
import { drawPng } from '../../src/pictures/draw-png.ts';
import { drawSvg } from '../../src/pictures/draw-svg.ts';
import { hashPicture } from '../../src/pictures/hash-picture.ts';
import { mostRows, type Picture } from '../../src/pictures/picture.ts';
import { wireBytes } from '../../src/teams/adaptive-card.ts';
import { limits } from '../../src/teams/limits.ts';
import { pictureElements } from '../../src/teams/render-picture.ts';
import { arbitraryPicture } from './arbitrary-picture.ts';
import { propertyRuns } from '../helpers/property-runs.ts';

const bars = (rows: number): Picture => ({
  kind: 'bars',
  title: 'Load against ceiling',
  unit: 'points',
  rows: Array.from({ length: rows }, (_, at) => ({
    label: `Coordinator Number ${at}`,
    value: at === 1 ? 131 : 60 + at,
    limit: 120,
    trend: [50, 52, 60, 58, 61, 66, 70, 60 + at],
  })),
});
const nasty = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('</text><script>', '&amp;', '"', '\u0000\u0008', '\ud800', '﷽'.repeat(20), ''),
);
const sizeOf = (png: Buffer): [number, number] => [png.readUInt32BE(16), png.readUInt32BE(20)];
const count = (svg: string, part: string): number => svg.split(part).length - 1;

describe('a picture', () => {
  it('is drawn from any text and any numbers, with nothing of the text read as markup', () => {
    fc.assert(
      fc.property(arbitraryPicture(nasty), (picture) => {
        const svg = drawSvg(picture);
        expect(svg).not.toMatch(/<script|NaN|Infinity|undefined/);
        expect(sizeOf(drawPng(picture, 360))[0]).toBe(360);
      }),
      { numRuns: propertyRuns.drawings },
    );
  });

  it('is the same bytes for the same value, and another hash for another', () => {
    expect(drawPng(bars(5))).toEqual(drawPng(structuredClone(bars(5))));
    expect(hashPicture(bars(5))).toBe(hashPicture(structuredClone(bars(5))));
    expect(hashPicture(bars(5))).not.toBe(hashPicture(bars(4)));
  });

  it('has sixteen colours at most, and its letters are really there', () => {
    const png = drawPng(bars(3));
    expect(png.subarray(24, 29)).toEqual(Buffer.from([4, 3, 0, 0, 0]));
    const start = png.indexOf('IDAT') + 4;
    const pixels = inflateSync(png.subarray(start, start + png.readUInt32BE(start - 8)));
    // Ink is the second colour: a font that was not found would leave bars and no letters.
    const ink = pixels.reduce((sum, byte) => sum + (byte >> 4 === 1 ? 1 : 0) + ((byte & 15) === 1 ? 1 : 0), 0);
    expect(ink).toBeGreaterThan(2_000);
    expect(everyColour[1]).toBe('#1d2b2c');
  });

  it('shows twelve rows at most, says how many more there are, and writes each number at its bar', () => {
    const svg = drawSvg(bars(20));
    expect(count(svg, ' of 120')).toBe(mostRows);
    expect(svg).toContain('8 more beside this picture.');
    expect(drawSvg(bars(3))).not.toContain('more beside');
  });

  it('tells what is over its limit by a word and stripes, not by colour alone', () => {
    expect(drawSvg(bars(2))).toContain('131 of 120 · over');
    expect(count(drawSvg(bars(2)), '<path')).toBe(1);
    expect(count(drawSvg(bars(1)), '<path')).toBe(0);
  });

  it('uses letters that are large enough on a phone held upright', () => {
    for (const [, size] of drawSvg(bars(12)).matchAll(/font-size="([\d.]+)"/g)) {
      expect(Number(size)).toBeGreaterThanOrEqual(12);
    }
  });

  it('is said in words with all of its numbers', () => {
    expect(describePicture(bars(2))).toContain('Coordinator Number 1: 131 of 120 points, before: 50, 52');
    const timeline: Picture = {
      ...{ kind: 'timeline', title: 'Reached', whole: 'attempts', part: 'reached' },
      points: [{ label: '16 Nov', whole: 7, part: 4 }],
    };
    expect(describePicture(timeline)).toBe('Reached:\n16 Nov: 7 attempts, 4 reached');
  });
});

describe('a picture in a card of Teams', () => {
  it('stays small enough that two of them and their words fit one page', () => {
    for (const rows of [1, 5, 8]) {
      const [image] = pictureElements(bars(rows), 'Load');
      expect(image).toMatchObject({ type: 'Image', altText: 'Load', size: 'Stretch' });
      expect(wireBytes(image)).toBeLessThanOrEqual(limits.pictureBytes + (rows > 5 ? 4_096 : 0));
    }
    expect(wireBytes(pictureElements(bars(12), 'Load')[0])).toBeLessThanOrEqual(limits.largestPictureBytes);
  });
});

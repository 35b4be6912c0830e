import { tryDrawPng } from '../pictures/draw-png.ts';
import type { Picture } from '../pictures/picture.ts';
import type { Element } from './adaptive-card.ts';
import { wireBytes } from './adaptive-card.ts';
import { limits } from './limits.ts';
import { shorten, textBlocks } from './literal-text.ts';

/**
 * A picture inside the card itself, as a data address: nothing has to be served to the outside, and nobody without the
 * card can open it. Sixteen colours and a width that follows from what is in it keep it small; one that stays too large
 * all the same is told in words.
 */
export function pictureElements(picture: Picture, alt: string): Element[] {
  const altText = shorten(alt, limits.blockCharacters);
  let smallest: Element | undefined;
  for (const across of limits.pictureWidths) {
    const png = tryDrawPng(picture, across);
    if (png === undefined) break;
    const url = `data:image/png;base64,${png.toString('base64')}`;
    smallest = { type: 'Image', url, altText, size: 'Stretch' };
    if (wireBytes(smallest) <= limits.pictureBytes) return [smallest];
  }
  if (smallest !== undefined && wireBytes(smallest) <= limits.largestPictureBytes) return [smallest];
  return textBlocks(`Picture: ${alt}`);
}

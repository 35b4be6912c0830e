import { createHash } from 'node:crypto';
import type { Picture } from './picture.ts';

/** The same picture, the same hash: an upload is made again only when something in it changed. */
export function hashPicture(picture: Picture): string {
  return createHash('sha256').update(JSON.stringify(picture)).digest('hex');
}

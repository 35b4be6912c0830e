/** Text as Slack may be given it: measured, split on grapheme edges, escaped where Slack reads markup. */

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Characters of the text inside JSON, quotes not counted: what fills a message. */
export const sizeOf = (text: string): number => JSON.stringify(text).length - 2;

/** One kind of line break; what no screen can show (control characters, half surrogates) becomes U+FFFD. */
export function cleanText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/(?![\n\t])[\p{Surrogate}\p{Cc}]/gu, '\uFFFD');
}

/** For the few places where Slack reads markup (the `text` of a message): nothing typed can become a mention or a link. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** How far back a cut looks for a plain character to start reading graphemes from. */
const WINDOW = 4_000;

/**
 * The grapheme edge at or before `index`, or after 0 the nearest character edge when one grapheme is longer than
 * that. Reads only the text around the cut: segmenting 40,000 characters takes a second, this a few microseconds.
 */
function edgeBefore(text: string, index: number): number {
  if (index >= text.length) return text.length;
  let start = index - 1;
  // Before a printable ASCII character there is always an edge, so graphemes can be counted from there.
  while (start > 0 && start > index - WINDOW && !/[ -~]/.test(text.charAt(start))) start -= 1;
  let edge = 0;
  for (const { index: at } of graphemes.segment(text.slice(Math.max(0, start), index + 32))) {
    if (start + at > index) break;
    edge = start + at;
  }
  if (edge > 0) return edge;
  return /[\uDC00-\uDFFF]/.test(text.charAt(index)) && index > 1 ? index - 1 : index;
}

/** How many of the first characters fit into `most` characters of JSON. */
function fitting(text: string, most: number): number {
  let size = 0;
  let index = 0;
  for (; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    size += code === 0x22 || code === 0x5c || code === 0x0a || code === 0x09 ? 2 : code < 0x20 ? 6 : 1;
    if (size > most) break;
  }
  return index;
}

/** Pieces of at most `most` (> 1) characters in JSON, never inside a grapheme unless one alone is longer. None is empty. */
export function splitText(text: string, most: number): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > 0) {
    const end = edgeBefore(rest, fitting(rest, most));
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return pieces;
}

/** A label with room for `most` characters: a longer one ends in an ellipsis, so the cut is seen. */
export function shorten(text: string, most: number): string {
  const clean = cleanText(text);
  return clean.length <= most ? clean : `${clean.slice(0, edgeBefore(clean, most - 1))}…`;
}

import { dialled, spanText, type Line, type Span } from '../chat/card.ts';
import type { RichTextBlock, TextRun } from './adaptive-card.ts';
import { limits } from './limits.ts';

type Look = Omit<TextRun, 'type' | 'text'>;

/** A word joiner: invisible, and enough to stop a client from reading what follows as its own markup. */
const JOINER = '\u2060';
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * Text as people may see it: control characters and overrides of the reading direction are gone, a mention or a
 * date function of Teams that somebody typed stays visible but is no longer one.
 */
export function literal(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]|[\u202a-\u202e]/gu, '')
    .replace(/<(?=\/?at\b)/gi, `<${JOINER}`)
    .replace(/\{(?=\{(?:DATE|TIME)\()/gi, `{${JOINER}`);
}

/** At most `most` characters, cut on a visible character's edge, with an ellipsis when something is missing. */
export function shorten(text: string, most: number): string {
  const clean = literal(text).replace(/\s+/g, ' ').trim();
  return clean.length <= most ? clean : `${headOf(clean, most - 1).trimEnd()}…`;
}

/** The longest beginning of `text` of at most `most` characters that does not cut a visible character in two. */
function headOf(text: string, most: number): string {
  const window = text.slice(0, most);
  if (window.length === text.length) return text;
  const space = window.lastIndexOf(' ');
  if (space > most / 2) return window.slice(0, space + 1);
  // The window's last visible character may continue behind it, so it goes into the next piece.
  const tail = Math.max(0, most - 100);
  let last = 0;
  for (const { index } of graphemes.segment(window.slice(tail))) last = index > 0 ? tail + index : 0;
  if (last > 0) return window.slice(0, last);
  return /[\ud800-\udbff]$/.test(window) ? window.slice(0, -1) : window;
}

/** `text` in pieces of at most `most` characters; joined they are `text` again. */
export function split(text: string, most: number): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const head = headOf(rest, most);
    pieces.push(head);
    rest = rest.slice(head.length);
  }
  pieces.push(rest);
  return pieces;
}

function lookOf(span: Span): Look {
  if (typeof span === 'string') return {};
  if ('bold' in span) return { weight: 'Bolder' };
  if ('subtle' in span) return { isSubtle: true };
  const url = dialled(span.phone);
  return url === undefined ? {} : { selectAction: { type: 'Action.OpenUrl', title: 'Call', url } };
}

/**
 * A line as text blocks: one for each line break in it, more when one is very long. Runs are literal by
 * definition of the format, so nothing typed can become a link or a list.
 */
export function textBlocks(line: Line, look: Look = {}): RichTextBlock[] {
  const spans = typeof line === 'string' ? [line] : line;
  const rows: TextRun[][] = [[]];
  let width = 0;
  const append = (text: string, own: Look): void => {
    if (text === '') return;
    rows.at(-1)?.push({ type: 'TextRun', text, ...own, ...look });
    width += text.length;
  };
  const full = (next: number): boolean =>
    width > 0 && (width + next > limits.blockCharacters || (rows.at(-1)?.length ?? 0) >= limits.blockRuns);
  const breakLine = (): void => {
    rows.push([]);
    width = 0;
  };
  for (const span of spans) {
    literal(spanText(span))
      .split('\n')
      .forEach((part, index) => {
        if (index > 0) breakLine();
        for (const piece of split(part, limits.blockCharacters)) {
          if (full(piece.length)) breakLine();
          append(piece, lookOf(span));
        }
      });
  }
  return rows.map((inlines, index) => ({
    type: 'RichTextBlock',
    ...(index > 0 ? { spacing: 'None' as const } : {}),
    // An empty block would vanish, and with it a blank line that somebody meant.
    inlines: inlines.length > 0 ? inlines : [{ type: 'TextRun', text: '\u00a0', ...look }],
  }));
}

import type { types } from '@slack/bolt';
import { dialled, lineText, spanText, type Line, type Span, type Tone } from '../chat/card.ts';
import { cleanText, splitText } from './clean-text.ts';
import { limits } from './limits.ts';

/**
 * Paragraphs are rich_text blocks: their text elements are literal, so Slack never reads markup out of them.
 * A long paragraph becomes several blocks, none of them over `limits.paragraph`.
 */
type Text = types.RichTextText | (types.RichTextLink & { readonly text: string });

const element = (text: string, style?: 'bold' | 'italic'): Text => ({
  type: 'text',
  text,
  ...(style === undefined ? {} : { style: { [style]: true } }),
});

function elementsOf(span: Span): Text[] {
  const text = cleanText(spanText(span));
  const style =
    typeof span === 'string' ? undefined : 'bold' in span ? 'bold' : 'subtle' in span ? ('italic' as const) : undefined;
  const url = typeof span === 'object' && 'phone' in span ? dialled(span.phone) : undefined;
  if (url !== undefined && text.length <= limits.context) return [{ type: 'link', url, text }];
  return splitText(text, limits.paragraph).map((piece) => element(piece, style));
}

const block = (elements: Text[]): types.RichTextBlock => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements }],
});

/** Blocks of one or more lines, each line on its own; a line without characters is left out. */
export function renderLines(lines: readonly Line[]): types.RichTextBlock[] {
  const blocks: types.RichTextBlock[] = [];
  let elements: Text[] = [];
  let size = 0;
  const close = (): void => {
    if (elements.length > 0) blocks.push(block(elements));
    elements = [];
    size = 0;
  };
  for (const line of lines) {
    const spans = (typeof line === 'string' ? [line] : line).flatMap(elementsOf);
    if (spans.length > 0 && elements.length > 0) spans.unshift(element('\n'));
    for (const span of spans) {
      const more = JSON.stringify(span).length;
      if (size + more > limits.paragraph + 100) close();
      if (span.text === '\n' && elements.length === 0) continue;
      elements.push(span);
      size += more;
    }
  }
  close();
  return blocks;
}

/** The quieter line: small grey text, literal as well. */
export function renderQuietly(line: Line): types.ContextBlock[] {
  return splitText(cleanText(lineText(line)), limits.context)
    .filter((piece) => piece.trim() !== '')
    .map((text) => ({ type: 'context', elements: [{ type: 'plain_text', text, emoji: false }] }));
}

/** Monospace text with its line breaks kept. */
export function renderPreformatted(text: string): types.RichTextBlock[] {
  return splitText(cleanText(text), limits.paragraph).map((piece) => ({
    type: 'rich_text',
    elements: [{ type: 'rich_text_preformatted', elements: [element(piece)] }],
  }));
}

/** A header block has no colour of its own: a square before the words, which say the same. */
const marks: Readonly<Record<Tone, string>> = { alarm: '🟥', warning: '🟧' };

/** A heading: a header block when it is short enough for one, else bold text, so that nothing is cut. */
export function renderHeading(text: string, tone?: Tone): types.KnownBlock[] {
  const words = cleanText(text);
  if (words.trim() === '') return [];
  const clean = tone === undefined ? words : `${marks[tone]} ${words}`;
  if (clean.length > limits.header || clean.includes('\n')) return renderLines([[{ bold: clean }]]);
  return [{ type: 'header', text: { type: 'plain_text', text: clean, emoji: false } }];
}

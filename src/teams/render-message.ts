import type { Button, Card } from '../chat/card.ts';
import { PAGE_ACTION } from '../chat/card.ts';
import { actionSets } from './actions.ts';
import type { AdaptiveCard, Element } from './adaptive-card.ts';
import { wireBytes } from './adaptive-card.ts';
import { limits } from './limits.ts';
import { shorten, textBlocks } from './literal-text.ts';
import type { Piece, RenderOptions } from './render-nodes.ts';
import { headingElements, pieces } from './render-nodes.ts';

export interface RenderedMessage {
  /** One sentence for the notification and for clients that cannot draw the card. */
  readonly summary: string;
  readonly card: AdaptiveCard;
  /** The page drawn, counted from 0, and how many there are. */
  readonly page: number;
  readonly pages: number;
}

const turn = (card: Card, page: number, label: string): Button => ({
  action: PAGE_ACTION,
  label,
  subject: `${card.kind}/${card.subject ?? ''}`,
  version: page,
});

/** What stands under a page of several: where one is, and the way on. */
function footer(card: Card, page: number, pages: number, rowsNext: number): Element[] {
  const buttons = [
    ...(page > 0 ? [turn(card, page - 1, '‹ Previous')] : []),
    ...(page < pages - 1 ? [turn(card, page + 1, rowsNext > 0 ? `Next ${String(rowsNext)} ›` : 'Next ›')] : []),
  ];
  return [
    ...textBlocks(`Page ${String(page + 1)} of ${String(pages)}`, { isSubtle: true, size: 'Small' }),
    ...actionSets(buttons),
  ];
}

/** Headings above the first list are repeated on the following pages, so that each says what it is about. */
function repeatedHeadings(card: Card): Element[] {
  const first = card.nodes.findIndex((node) => node.kind === 'rows');
  return card.nodes
    .slice(0, Math.max(first, 0))
    .flatMap((node) => (node.kind === 'heading' ? [shorten(node.text, limits.repeatedHeadingCharacters)] : []))
    .slice(0, 3)
    .flatMap(headingElements);
}

function divide(all: readonly Piece[], room: number, roomAfterFirst: number): Piece[][] {
  const pages: Piece[][] = [[]];
  let bytes = 0;
  for (const piece of all) {
    const size = wireBytes(piece.element) + 1;
    const space = pages.length === 1 ? room : roomAfterFirst;
    if (bytes > 0 && bytes + size > space) {
      pages.push([]);
      bytes = 0;
    }
    pages.at(-1)?.push(piece);
    bytes += size;
  }
  return pages;
}

/** Every page of a card. A page never exceeds the limits and nothing is cut: what does not fit is on the next page. */
export function renderPages(card: Card, options: RenderOptions = {}): RenderedMessage[] {
  const summary = shorten(card.summary, limits.summaryCharacters) || '…';
  const empty: AdaptiveCard = {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: limits.cardVersion,
    lang: 'en',
    fallbackText: summary,
    body: [],
  };
  const all = pieces(card, options);
  const room = limits.messageBytes - limits.envelopeBytes - wireBytes(empty) - wireBytes(summary);
  let parts = divide(all, room, room);
  const repeated = repeatedHeadings(card);
  if (parts.length > 1) {
    const under = wireBytes(footer(card, 1, 99_999, 99_999));
    parts = divide(all, room - under, room - under - wireBytes(repeated));
  }
  return parts.map((part, page) => {
    const drawn = part.map(({ element }) => element);
    const body = drawn.length > 0 ? drawn : textBlocks(summary);
    const rowsNext = (parts[page + 1] ?? []).reduce((sum, { rows }) => sum + rows, 0);
    const around =
      parts.length === 1
        ? body
        : [...(page > 0 ? repeated : []), ...body, ...footer(card, page, parts.length, rowsNext)];
    return { summary, card: { ...empty, body: around }, page, pages: parts.length };
  });
}

/** Draws one page of a card, counted from 0; one past the end shows the last, for a list that became shorter. */
export function renderMessage(card: Card, page = 0, options: RenderOptions = {}): RenderedMessage {
  const pages = renderPages(card, options);
  const shown = pages[Math.min(Math.max(Math.trunc(page) || 0, 0), pages.length - 1)];
  if (shown === undefined) throw new Error('a card has at least one page');
  return shown;
}

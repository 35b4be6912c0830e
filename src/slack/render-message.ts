import type { types } from '@slack/bolt';
import { PAGE_ACTION, type Button, type Card } from '../chat/card.ts';
import { escapeText, shorten } from './clean-text.ts';
import { limits } from './limits.ts';
import { noFiles, renderNode, sizeOfBlocks, type PictureFiles, type Unit } from './render-node.ts';
import { renderButtons } from './write-button.ts';

/** A message as Slack takes it: `text` is what notifications and screen readers say. */
export interface Message {
  readonly text: string;
  readonly blocks: types.KnownBlock[];
}

interface Surface {
  readonly blocks: number;
  readonly size: number;
  /** Whether Slack draws table blocks there. */
  readonly tables: boolean;
}
const messages: Surface = { blocks: limits.message.blocks, size: limits.message.size, tables: true };
const home: Surface = { blocks: limits.view.blocks, size: limits.view.size, tables: false };

/** Room kept on every page for the paging buttons. */
const PAGING = { blocks: 1, size: 1_500 };
/** Headings above the first rows are repeated on each page when they are no longer than this. */
const REPEATED = { blocks: 5, size: 1_200 };

/** The first table of a message may be Slack's own, the others are text: Slack takes one a message. */
function unitsOf(card: Card, surface: Surface, files: PictureFiles): { heading: Unit[]; units: Unit[] } {
  const firstTable = card.nodes.findIndex((node) => node.kind === 'table');
  const firstRows = card.nodes.findIndex((node) => node.kind === 'rows');
  const drawn = card.nodes.map((node, index) => renderNode(node, surface.tables && index === firstTable, files));
  const heading = drawn.slice(0, Math.max(0, firstRows)).flat();
  const blocks = heading.flatMap((unit) => unit.blocks);
  const short = blocks.length <= REPEATED.blocks && sizeOfBlocks(blocks) <= REPEATED.size;
  return short ? { heading, units: drawn.slice(Math.max(0, firstRows)).flat() } : { heading: [], units: drawn.flat() };
}

/** What fits on one page keeps no room for buttons that lead to others. */
function fillPages(heading: readonly Unit[], units: readonly Unit[], surface: Surface): Unit[][] {
  const all = [...heading, ...units];
  const drawn = all.flatMap((unit) => unit.blocks);
  if (drawn.length <= surface.blocks && sizeOfBlocks(drawn) <= surface.size) return [all];
  const pages: Unit[][] = [];
  const room = { blocks: surface.blocks - PAGING.blocks, size: surface.size - PAGING.size };
  const start = heading.flatMap((unit) => unit.blocks);
  let page: Unit[] = [];
  let count = start.length;
  let size = sizeOfBlocks(start);
  for (const unit of units) {
    const more = sizeOfBlocks(unit.blocks);
    if (page.length > 0 && (count + unit.blocks.length > room.blocks || size + more > room.size)) {
      pages.push(page);
      page = [];
      count = start.length;
      size = sizeOfBlocks(start);
    }
    page.push(unit);
    count += unit.blocks.length;
    size += more;
  }
  pages.push(page);
  return pages.map((filled) => [...heading, ...filled]);
}

function pagingButtons(card: Card, pages: readonly Unit[][], index: number): types.KnownBlock[] {
  const to = (page: number, choice: string, label: string): Button => ({
    action: PAGE_ACTION,
    choice,
    label,
    subject: `${card.kind}/${card.subject ?? ''}`,
    version: page,
  });
  const rows = pages[index + 1]?.filter((unit) => unit.row === true).length ?? 0;
  return renderButtons([
    ...(index > 0 ? [to(index - 1, 'previous', '‹ Previous')] : []),
    ...(index + 1 < pages.length ? [to(index + 1, 'next', rows > 0 ? `Next ${rows} ›` : 'Next ›')] : []),
  ]);
}

/** Block ids are places on the page: unique, and free of anything about the card. */
const withIds = (blocks: readonly types.KnownBlock[], page: number): types.KnownBlock[] =>
  blocks.map((block, index) => ({ ...block, block_id: `p${page}.${index}` }));

function drawPages(card: Card, surface: Surface, files: PictureFiles): types.KnownBlock[][] {
  const { heading, units } = unitsOf(card, surface, files);
  const words = card.summary.trim() === '' ? '–' : card.summary;
  const shown = heading.length + units.length > 0 ? units : renderNode({ kind: 'text', text: words }, false);
  const pages = fillPages(heading, shown, surface);
  return pages.map((page, index) =>
    withIds([...page.flatMap((unit) => unit.blocks), ...pagingButtons(card, pages, index)], index),
  );
}

const pageOf = (pages: types.KnownBlock[][], page: number): types.KnownBlock[] =>
  pages[Math.min(pages.length - 1, Math.max(0, Math.trunc(page) || 0))] ?? [];

/** Every page of a card as messages, each within Slack's limits. */
export function renderPages(card: Card, files: PictureFiles = noFiles): Message[] {
  const summary = card.summary.trim() === '' ? 'New message' : card.summary;
  const text = escapeText(shorten(summary, limits.message.text / 5));
  return drawPages(card, messages, files).map((blocks) => ({ text, blocks }));
}

/** One page of a card as a message; a page that does not exist any more becomes the nearest one. */
export function renderMessage(card: Card, page = 0, files: PictureFiles = noFiles): Message {
  const pages = renderPages(card, files);
  return {
    text: pages[0]?.text ?? '',
    blocks: pageOf(
      pages.map((message) => message.blocks),
      page,
    ),
  };
}

/** A card as somebody's home tab. */
export function renderHome(card: Card, page = 0): types.HomeView {
  return { type: 'home', blocks: pageOf(drawPages(card, home, noFiles), page) };
}

import type { types } from '@slack/bolt';
import type { Node, Row } from '../chat/card.ts';
import { lineText } from '../chat/card.ts';
import { hashPicture } from '../pictures/hash-picture.ts';
import { cleanText, shorten, sizeOf } from './clean-text.ts';
import { limits } from './limits.ts';
import { renderHeading, renderLines, renderPreformatted, renderQuietly } from './render-line.ts';
import { renderTable } from './render-table.ts';
import { renderButtons } from './write-button.ts';

/** Blocks that stay together on a page. `row` says that it holds (the end of) a row, which "Next 10" counts. */
export interface Unit {
  readonly blocks: readonly types.KnownBlock[];
  readonly row?: boolean;
}

/** Largest unit, so that it fits on a page beside repeated headings and the paging buttons. */
const UNIT = { size: 7_000, blocks: 20 };

export const sizeOfBlocks = (blocks: readonly types.KnownBlock[]): number =>
  blocks.reduce((sum, block) => sum + JSON.stringify(block).length + 30, 2);

/**
 * Cuts blocks into units, filling from the end: a row's buttons then share their unit with the text above them.
 * 30 characters a block are kept free for its `block_id`.
 */
function bundle(blocks: readonly types.KnownBlock[], row: boolean): Unit[] {
  const units: Unit[] = [];
  let kept: types.KnownBlock[] = [];
  for (const block of blocks.toReversed()) {
    const next = [block, ...kept];
    if (kept.length > 0 && (next.length > UNIT.blocks || sizeOfBlocks(next) > UNIT.size)) {
      units.unshift({ blocks: kept });
      kept = [block];
    } else {
      kept = next;
    }
  }
  if (kept.length > 0) units.unshift({ blocks: kept });
  const last = units.pop();
  return last === undefined ? [] : [...units, row ? { ...last, row } : last];
}

function renderRow(row: Row): Unit[] {
  const text = renderLines([row.text]);
  const buttons = renderButtons(row.buttons ?? [], lineText(row.text));
  const shown = text.length > 0 ? text : renderLines(['–']);
  return bundle([...shown, ...(row.detail === undefined ? [] : renderQuietly(row.detail)), ...buttons], true);
}

/** A web address Slack may be given, or undefined. */
function webAddress(url: string): string | undefined {
  if (url.length > limits.image.url || !URL.canParse(url)) return undefined;
  const { protocol, href } = new URL(url);
  return (protocol === 'https:' || protocol === 'http:') && href.length <= limits.image.url ? href : undefined;
}

function renderProgress(node: Node & { kind: 'progress' }): types.KnownBlock[] {
  const part = node.max > 0 && Number.isFinite(node.max) ? Math.min(1, Math.max(0, node.value / node.max)) : 0;
  const full = Number.isNaN(part) ? 0 : Math.round(part * 10);
  const bar = '█'.repeat(full) + '░'.repeat(10 - full);
  return renderLines([[`${node.label}  `, { bold: `${node.value} of ${node.max}` }], bar]);
}

/** Ids of pictures that were uploaded, by the hash of what they show. */
export type PictureFiles = ReadonlyMap<string, string>;
export const noFiles: PictureFiles = new Map();

/** A picture that is not there is told in words; its numbers stand beside it anyway. */
function renderPicture({ alt, draw }: Node & { kind: 'picture' }, files: PictureFiles): types.KnownBlock[] {
  const id = files.get(hashPicture(draw));
  if (id === undefined) return renderLines([`Picture: ${alt}`]);
  const alt_text = alt.trim() === '' ? 'Picture' : shorten(alt, limits.image.alt);
  return [{ type: 'image', slack_file: { id }, alt_text }];
}

/** `native` says whether the surface draws tables itself. Rows and long nodes become several units, all others one. */
export function renderNode(node: Node, native: boolean, files: PictureFiles = noFiles): Unit[] {
  switch (node.kind) {
    case 'heading':
      return bundle(renderHeading(node.text, node.tone), false);
    case 'text':
      return bundle(renderLines([node.text]), false);
    case 'facts':
      return bundle(renderLines(node.facts.map((fact) => [{ bold: `${fact.label}: ` }, fact.value])), false);
    case 'rows':
      return node.rows.flatMap(renderRow);
    case 'table':
      return bundle(renderTable(node, native), false);
    case 'progress':
      return bundle(renderProgress(node), false);
    case 'picture':
      return bundle(renderPicture(node, files), false);
    case 'copyable':
      return bundle(renderPreformatted(node.text), false);
    case 'divider':
      return [{ blocks: [{ type: 'divider' }] }];
    case 'buttons':
      return bundle(renderButtons(node.buttons), false);
    case 'link':
      return bundle(renderLink(node.text, node.url), false);
  }
}

function renderLink(text: string, url: string): types.KnownBlock[] {
  const address = webAddress(url);
  const shown = cleanText(text);
  if (address === undefined || sizeOf(shown) > limits.paragraph) return renderLines([text]);
  const link: types.RichTextLink = { type: 'link', url: address, ...(shown === '' ? {} : { text: shown }) };
  return [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [link] }] }];
}

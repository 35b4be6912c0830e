import type { Card, Node, Row, Tone } from '../chat/card.ts';
import { actionSets } from './actions.ts';
import type { Container, Element } from './adaptive-card.ts';
import { wireBytes } from './adaptive-card.ts';
import { limits } from './limits.ts';
import { literal, shorten, textBlocks } from './literal-text.ts';
import { tableElements } from './render-table.ts';
import { pictureElements } from './render-picture.ts';

/** What stays together on one page. `rows` counts the card's rows in it (0 or 1), for "Next 10 ›". */
export interface Piece {
  readonly element: Element;
  readonly rows: number;
}

/** Hosts that a link may open; `undefined` allows every https address. */
export interface RenderOptions {
  readonly linkHosts?: readonly string[];
}

const plain = (element: Element): Piece => ({ element, rows: 0 });

/** A heading. Screen readers get it as one unless Teams would read markup in it, which a rich text block cannot. */
export function headingElements(text: string): Element[] {
  const clean = literal(text);
  const quiet = !/[\\[\]()*_`~#<>\n]|^\s*([-+]|\d+[.)])\s/.test(clean) && clean.length <= limits.blockCharacters;
  if (!quiet || clean.trim() === '') return textBlocks(text, { weight: 'Bolder', size: 'Large' });
  return [{ type: 'TextBlock', text: clean, wrap: true, style: 'heading', size: 'Large', weight: 'Bolder' }];
}

const styles: Readonly<Record<Tone, 'attention' | 'warning'>> = { alarm: 'attention', warning: 'warning' };

/** A row keeps its text and its buttons in one container. An oversized one continues in further containers. */
function rowPieces(row: Row, taken: Set<string>): Piece[] {
  const items: Element[] = [
    ...textBlocks(row.text),
    ...(row.detail === undefined ? [] : textBlocks(row.detail, { isSubtle: true })),
    ...actionSets(row.buttons ?? []),
  ];
  const groups: Element[][] = [];
  let bytes = 0;
  for (const item of items) {
    const size = wireBytes(item);
    const last = groups.at(-1);
    if (last === undefined || bytes + size > limits.pieceBytes) {
      groups.push([item]);
      bytes = size;
    } else {
      last.push(item);
      bytes += size;
    }
  }
  return groups.map((group, index) => {
    // Ids must be unique in a card; a continuation and a repeated id get a mark behind the row's own id.
    let id = index === 0 ? row.id : `${row.id}~${index + 1}`;
    for (let copy = 2; taken.has(id); copy += 1) id = `${row.id}~${index + copy}`;
    taken.add(id);
    const element: Container = { type: 'Container', id, spacing: 'Medium', items: group };
    return { element, rows: index === 0 ? 1 : 0 };
  });
}

function factElements(label: string, value: string): Element[] {
  const set: Element = {
    type: 'ColumnSet',
    spacing: 'Small',
    columns: [
      { type: 'Column', width: 1, items: textBlocks(label, { isSubtle: true }) },
      { type: 'Column', width: 2, items: textBlocks(value) },
    ],
  };
  // Columns instead of a fact set: a fact set reads markup in its values.
  return wireBytes(set) <= limits.pieceBytes ? [set] : [...textBlocks(label, { isSubtle: true }), ...textBlocks(value)];
}

function progressElements(label: string, value: number, max: number): Element[] {
  const width = 20;
  const share = max > 0 ? Math.min(Math.max(value / max, 0), 1) : 0;
  const filled = Math.round(share * width);
  return [
    ...textBlocks([{ bold: label }, ` ${String(value)} of ${String(max)}`]),
    ...textBlocks(`${'█'.repeat(filled)}${'░'.repeat(width - filled)}`, { fontType: 'Monospace' }).map((block) => ({
      ...block,
      spacing: 'None' as const,
    })),
  ];
}

/** The address when it may be opened: https, an allowed host, nothing hidden before the host. */
function openable(url: string, options: RenderOptions): boolean {
  if (!URL.canParse(url) || url.length > 2000) return false;
  const { protocol, hostname, username, password } = new URL(url);
  if (username !== '' || password !== '') return false;
  if (protocol === 'http:') return hostname === 'localhost' || hostname === '127.0.0.1';
  return protocol === 'https:' && (options.linkHosts === undefined || options.linkHosts.includes(hostname));
}

function nodeElements(node: Exclude<Node, { kind: 'rows' | 'divider' }>, options: RenderOptions): Element[] {
  switch (node.kind) {
    case 'heading':
      return node.tone === undefined
        ? headingElements(node.text)
        : [{ type: 'Container', style: styles[node.tone], items: headingElements(node.text) }];
    case 'text':
      return textBlocks(node.text);
    case 'facts':
      return node.facts.flatMap(({ label, value }) => factElements(label, value));
    case 'table':
      return tableElements(node.columns, node.rows);
    case 'progress':
      return progressElements(node.label, node.value, node.max);
    case 'picture':
      return pictureElements(node.draw, node.alt);
    case 'copyable':
      return textBlocks(node.text, { fontType: 'Monospace' });
    case 'buttons':
      return actionSets(node.buttons);
    case 'link':
      return openable(node.url, options)
        ? [
            {
              type: 'ActionSet',
              spacing: 'Small',
              actions: [
                {
                  type: 'Action.OpenUrl',
                  title: shorten(node.text, limits.labelCharacters) || shorten(node.url, limits.labelCharacters),
                  url: node.url,
                },
              ],
            },
          ]
        : textBlocks(`${node.text}: ${node.url}`);
  }
}

/** The card as pieces in reading order, none larger than a page. */
export function pieces(card: Card, options: RenderOptions): Piece[] {
  const taken = new Set<string>();
  let divide = false;
  const result: Piece[] = [];
  for (const node of card.nodes) {
    if (node.kind === 'divider') {
      divide = true;
      continue;
    }
    const made =
      node.kind === 'rows' ? node.rows.flatMap((row) => rowPieces(row, taken)) : nodeElements(node, options).map(plain);
    made.forEach(({ element, rows }, index) => {
      result.push({ element: divide && index === 0 ? { ...element, separator: true } : element, rows });
    });
    if (made.length > 0) divide = false;
  }
  return result;
}

import type { Piece } from './screen.ts';

type Json = Readonly<Record<string, unknown>>;
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isJson) : []);
const textIn = (value: unknown): string => (isJson(value) && typeof value['text'] === 'string' ? value['text'] : '');

/** Block Kit as lines and buttons, without any code of the renderer that made it. */
export function readBlocks(blocks: readonly unknown[]): Piece[] {
  return blocks.filter(isJson).flatMap((block): Piece[] => {
    switch (block['type']) {
      case 'actions':
        return list(block['elements']).map((element) => ({
          kind: 'button',
          label: textIn(element['text']),
          press: { action_id: element['action_id'], block_id: block['block_id'], value: element['value'] },
        }));
      case 'rich_text':
        return [{ kind: 'text', text: richText(block) }];
      case 'section':
        return [textIn(block['text']), ...list(block['fields']).map(textIn)]
          .filter((text) => text !== '')
          .map((text) => ({ kind: 'text', text }));
      case 'header':
        return [{ kind: 'text', text: textIn(block['text']) }];
      case 'context':
        return list(block['elements']).map((element) => ({
          kind: 'text',
          text: typeof element['text'] === 'string' ? element['text'] : textIn(element['text']),
        }));
      case 'table':
        return list(block['rows']).length === 0 && Array.isArray(block['rows'])
          ? block['rows'].map((row) => ({ kind: 'text', text: JSON.stringify(row) }))
          : [];
      case 'image':
        return [{ kind: 'text', text: String(block['alt_text']) }];
      default:
        return [];
    }
  });
}

function richText(element: Json): string {
  if (typeof element['text'] === 'string') return element['text'];
  return list(element['elements']).map(richText).join('');
}

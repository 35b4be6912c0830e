import type { SlackBlock } from './block-kit.ts';

/**
 * Slack shows plain text as it is; the renderer reads markup, links and emoji in it. So headers and context lines of
 * plain text are drawn here, and the cells of tables and plain sections go to the renderer as rich text, which it
 * leaves alone.
 */
interface PlainTextElement {
  readonly type: 'plain_text' | 'raw_text';
  readonly text: string;
}
interface Header extends SlackBlock {
  readonly text: PlainTextElement;
}
interface Context extends SlackBlock {
  readonly elements: readonly PlainTextElement[];
}

const isPlain = (element: unknown): element is PlainTextElement =>
  typeof element === 'object' &&
  element !== null &&
  'type' in element &&
  /^(plain|raw)_text$/.test(String(element.type));
const isHeader = (block: SlackBlock): block is Header => block.type === 'header';
const isPlainContext = (block: SlackBlock): block is Context =>
  block.type === 'context' && 'elements' in block && Array.isArray(block.elements) && block.elements.every(isPlain);

export const isLiteral = (block: SlackBlock): boolean => isHeader(block) || isPlainContext(block);

export function LiteralBlock({ block }: { readonly block: SlackBlock }) {
  if (isHeader(block)) return <h4 className="slack-header">{block.text.text}</h4>;
  if (!isPlainContext(block)) return null;
  return (
    <p className="slack-context">
      {block.elements.map(({ text }, index) => (
        <span key={index}>{text}</span>
      ))}
    </p>
  );
}

const richText = ({ text }: PlainTextElement): object => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
});

interface Uploaded extends SlackBlock {
  readonly slack_file: { readonly id: string };
}
const isUploaded = (block: SlackBlock): block is Uploaded => block.type === 'image' && 'slack_file' in block;

/** The block with nothing left in it that the renderer would read as markup, and without its id. */
export function prepare({ block_id: _id, ...block }: SlackBlock): object {
  if (isUploaded(block)) {
    const { slack_file, ...picture } = block;
    return { ...picture, image_url: `/simulator/slack/files/${encodeURIComponent(slack_file.id)}` };
  }
  if (block.type === 'table' && 'rows' in block && Array.isArray(block.rows)) {
    const rows = block.rows as readonly (readonly unknown[])[];
    return { ...block, rows: rows.map((cells) => cells.map((cell) => (isPlain(cell) ? richText(cell) : cell))) };
  }
  if (block.type === 'section' && 'text' in block && isPlain(block.text) && !('fields' in block)) {
    return richText(block.text);
  }
  return block;
}

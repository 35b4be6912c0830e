import { describePicture } from '../pictures/describe-picture.ts';
import { lineText } from './card.ts';
import type { Button, Card, Node } from './card.ts';

/**
 * A card as plain text, for notifications' fallback and screen readers: every node in order, one line a row, its
 * buttons in brackets. Nothing is left out. It holds whatever the card holds, so a place that may show codes only
 * needs `card.summary` instead.
 */
export function renderPlain(card: Card): string {
  const body = card.nodes.map(renderNode).filter((text) => text !== '');
  return (body[0]?.split('\n')[0] === card.summary ? body : [card.summary, ...body]).join('\n');
}

function renderNode(node: Node): string {
  switch (node.kind) {
    case 'heading':
    case 'copyable':
      return node.text;
    case 'text':
      return lineText(node.text);
    case 'facts':
      return node.facts.map(({ label, value }) => `${label}: ${value}`).join('\n');
    case 'rows':
      return node.rows
        .map(({ text, detail, buttons }) =>
          [
            `• ${lineText(text)}`,
            ...(detail === undefined ? [] : [lineText(detail)]),
            ...(buttons === undefined || buttons.length === 0 ? [] : [renderButtons(buttons)]),
          ].join(' · '),
        )
        .join('\n');
    case 'table':
      return [node.columns, ...node.rows].map((cells) => cells.join(' | ')).join('\n');
    case 'progress':
      return `${node.label}: ${node.value} of ${node.max}`;
    case 'picture':
      return `${node.alt}\n${describePicture(node.draw)}`;
    case 'divider':
      return '';
    case 'buttons':
      return renderButtons(node.buttons);
    case 'link':
      return `${node.text}: ${node.url}`;
  }
}

const renderButtons = (buttons: readonly Button[]): string => buttons.map(({ label }) => `[${label}]`).join(' ');

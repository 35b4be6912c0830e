import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineText } from '../../src/chat/card.ts';
import type { Card, Node } from '../../src/chat/card.ts';
import { renderPlain } from '../../src/chat/render-plain.ts';

test('every kind of node has its words', () => {
  const card: Card = {
    kind: 'test',
    summary: '3 need you today.',
    nodes: [
      { kind: 'heading', text: '3 need you today.' },
      { kind: 'text', text: ['Start with ', { bold: 'K7T2-9' }, { subtle: ' (high)' }] },
      { kind: 'facts', facts: [{ label: 'Due', value: 'Fri' }] },
      {
        kind: 'rows',
        rows: [
          {
            id: 'a',
            text: 'K7T2-9',
            detail: '2 days over',
            buttons: [
              { action: 'x', label: 'Log' },
              { action: 'y', label: 'Snooze' },
            ],
          },
          { id: 'b', text: 'M4XR-1' },
        ],
      },
      { kind: 'table', columns: ['Who', 'Load'], rows: [['Maya', '31']] },
      { kind: 'progress', label: 'Load', value: 31, max: 40 },
      {
        kind: 'picture',
        alt: 'Load of the team against its ceiling',
        draw: {
          kind: 'bars',
          title: 'Load',
          unit: 'points',
          rows: [{ label: 'Maya Torres', value: 31, limit: 40, trend: [28, 31] }],
        },
      },
      { kind: 'divider' },
      { kind: 'copyable', text: 'Line one\nLine two' },
      { kind: 'buttons', buttons: [{ action: 'z', label: 'Show all' }] },
      { kind: 'link', text: 'Read more', url: 'https://example.org/' },
    ],
  };
  expect(renderPlain(card).split('\n')).toEqual([
    '3 need you today.',
    'Start with K7T2-9 (high)',
    'Due: Fri',
    '• K7T2-9 · 2 days over · [Log] [Snooze]',
    '• M4XR-1',
    'Who | Load',
    'Maya | 31',
    'Load: 31 of 40',
    'Load of the team against its ceiling',
    'Load:',
    'Maya Torres: 31 of 40 points, before: 28',
    'Line one',
    'Line two',
    '[Show all]',
    'Read more: https://example.org/',
  ]);
});

const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const node: fc.Arbitrary<Node> = fc.oneof(
  fc.record({ kind: fc.constant('heading' as const), text }),
  fc.record({ kind: fc.constant('text' as const), text: fc.array(fc.oneof(text, fc.record({ bold: text }))) }),
  fc.record({
    kind: fc.constant('rows' as const),
    rows: fc.array(
      fc.record(
        { id: text, text, buttons: fc.array(fc.record({ action: text, label: text })) },
        { requiredKeys: ['id', 'text'] },
      ),
    ),
  }),
  fc.record({ kind: fc.constant('table' as const), columns: fc.array(text), rows: fc.array(fc.array(text)) }),
  fc.record({ kind: fc.constant('divider' as const) }),
);

test('any card has a plain text that begins with its summary and keeps every row and button, in order', () => {
  fc.assert(
    fc.property(text, fc.array(node), (summary, nodes) => {
      const plain = renderPlain({ kind: 'test', summary, nodes });
      expect(plain.startsWith(summary)).toBe(true);
      let from = 0;
      for (const row of nodes.flatMap((one) => (one.kind === 'rows' ? one.rows : []))) {
        for (const part of [`• ${lineText(row.text)}`, ...(row.buttons ?? []).map(({ label }) => `[${label}]`)]) {
          const found = plain.indexOf(part, from);
          expect(found).toBeGreaterThanOrEqual(0);
          from = found + part.length;
        }
      }
    }),
  );
});

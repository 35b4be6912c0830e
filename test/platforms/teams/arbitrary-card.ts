import fc from 'fast-check';
import { arbitraryPicture } from '../../pictures/arbitrary-picture.ts';
import type { Button, Card, Line, Node, Row } from '../../../src/chat/card.ts';

/** Text people type, and text somebody types to see what happens. */
export const nastyText = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'grapheme', maxLength: 80 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  fc.constantFrom(
    '',
    ' ',
    '\n\n',
    '<at>Dana</at>',
    '<AT id="0">everyone</AT>',
    '[click here](https://evil.example)',
    '**bold** _under_ `code`',
    '- item\n1. item',
    '{{DATE(2024-01-01T00:00:00Z, SHORT)}}',
    '${name}',
    '\u202egnp.exe',
    '\ud800',
    'line one\r\nline two\rline three',
    '👩‍👩‍👧‍👦'.repeat(30),
  ),
  fc.constantFrom('x'.repeat(9000), '日本 '.repeat(2000), '<at>'.repeat(700)),
);
const name = fc.stringMatching(/^[a-z][a-z-]{0,12}$/);
const line: fc.Arbitrary<Line> = fc.oneof(
  nastyText,
  fc.array(
    fc.oneof(
      nastyText,
      nastyText.map((bold) => ({ bold })),
      nastyText.map((subtle) => ({ subtle })),
    ),
    { maxLength: 4 },
  ),
);

export const button: fc.Arbitrary<Button> = fc.record(
  {
    action: fc.tuple(name, name).map((parts) => parts.join('.')),
    label: nastyText,
    subject: fc.string({ maxLength: 255 }),
    version: fc.integer({ min: 0, max: 1_000_000 }),
    choice: fc.string({ minLength: 1, maxLength: 75 }),
    style: fc.constantFrom('primary' as const, 'danger' as const),
    opensForm: fc.boolean(),
    confirm: fc.record({ title: nastyText, text: nastyText, yes: nastyText, no: nastyText }),
  },
  { requiredKeys: ['action', 'label'] },
);

const row = (id: string): fc.Arbitrary<Row> =>
  fc.record(
    { id: fc.constant(id), text: line, detail: line, buttons: fc.array(button, { maxLength: 7 }) },
    { requiredKeys: ['id', 'text'] },
  );

const rowsNode = (prefix: string): fc.Arbitrary<Node> =>
  fc
    .integer({ min: 0, max: 30 })
    .chain((count) =>
      fc
        .tuple(...Array.from({ length: count }, (_, index) => row(`${prefix}${String(index)}`)))
        .map((rows): Node => ({ kind: 'rows', rows })),
    );

const otherNode: fc.Arbitrary<Node> = fc.oneof(
  fc.record({ kind: fc.constant('heading' as const), text: nastyText }),
  fc.record({ kind: fc.constant('text' as const), text: line }),
  fc.record({
    kind: fc.constant('facts' as const),
    facts: fc.array(fc.record({ label: nastyText, value: nastyText }), { maxLength: 6 }),
  }),
  fc.record({
    kind: fc.constant('table' as const),
    columns: fc.array(nastyText, { maxLength: 4 }),
    rows: fc.array(fc.array(nastyText, { maxLength: 5 }), { maxLength: 12 }),
  }),
  fc.record({
    kind: fc.constant('progress' as const),
    label: nastyText,
    value: fc.integer({ min: -5, max: 200 }),
    max: fc.integer({ min: 0, max: 100 }),
  }),
  fc.record({
    kind: fc.constant('picture' as const),
    alt: nastyText,
    // A few of them, drawn once: what any picture becomes is the business of test/pictures.
    draw: fc.constantFrom(...fc.sample(arbitraryPicture(nastyText), { numRuns: 6, seed: 5 })),
  }),
  fc.record({ kind: fc.constant('copyable' as const), text: nastyText }),
  fc.constant<Node>({ kind: 'divider' }),
  fc.record({ kind: fc.constant('buttons' as const), buttons: fc.array(button, { maxLength: 14 }) }),
  fc.record({
    kind: fc.constant('link' as const),
    text: nastyText,
    url: fc.constantFrom('https://988lifeline.org/', 'https://ok@evil.example/', 'file:///etc'),
  }),
);

/** Cards far worse than any feature draws. Row ids are unique within a card. */
export const nastyCard: fc.Arbitrary<Card> = fc
  .tuple(
    fc.array(otherNode, { maxLength: 4 }),
    rowsNode('a-'),
    fc.array(otherNode, { maxLength: 3 }),
    rowsNode('b-'),
    nastyText,
    fc.uuid(),
  )
  .map(([before, first, between, second, summary, subject]) => ({
    kind: 'test.nasty',
    subject,
    summary,
    nodes: [...before, first, ...between, second],
  }));

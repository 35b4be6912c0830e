import fc from 'fast-check';
import { arbitraryPicture } from '../../pictures/arbitrary-picture.ts';
import type { Button, Card, Line, Node, Row, Span } from '../../../src/chat/card.ts';
import type { Field, Form, Option } from '../../../src/chat/form.ts';

/** Text people (and attackers) type. */
export const nasty = fc.oneof(
  { weight: 6, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      '<!channel>',
      '<@U1>',
      '<http://evil.example|Accept>',
      'a & b &amp; c',
      '*bold* _it_ `code` ~s~ :boom: @here',
      '👩‍👩‍👧‍👦🏳️‍🌈🇩🇪',
      '\u202Egnp.exe\u202C שלום مرحبا',
      '\u0000\u0007\u001B[31m',
      '\uD800 half',
      '"quoted" \\ back\\slash',
      'one\r\ntwo\n\n\nthree',
      '',
      '   ',
      '\n',
      `e${'\u0301'.repeat(9_000)}`,
      'constructor',
    ),
  },
  { weight: 1, arbitrary: fc.integer({ min: 2_000, max: 40_000 }).map((n) => 'long '.repeat(n / 5)) },
  { weight: 1, arbitrary: fc.integer({ min: 1_000, max: 8_000 }).map((n) => '🧡"'.repeat(n)) },
);

const span: fc.Arbitrary<Span> = fc.oneof(
  nasty,
  nasty.map((bold) => ({ bold })),
  nasty.map((subtle) => ({ subtle })),
);
export const line: fc.Arbitrary<Line> = fc.oneof(nasty, fc.array(span, { maxLength: 5 }));

export const actionName = fc.stringMatching(/^[a-z][a-z0-9.-]{0,30}$/);
export const opaque = fc.oneof(
  fc.uuid(),
  fc.string({ minLength: 1, maxLength: 80 }),
  fc.constantFrom('a~1', '~', '%7E~3', 'x/y'),
);

export const buttonArbitrary: fc.Arbitrary<Button> = fc.record(
  {
    action: actionName,
    label: nasty,
    subject: opaque,
    version: fc.integer({ min: 0, max: 1_000_000 }),
    choice: fc.string({ maxLength: 20 }),
    style: fc.constantFrom('primary' as const, 'danger' as const),
    confirm: fc.record({ title: nasty, text: nasty, yes: nasty, no: nasty }),
  },
  { requiredKeys: ['action', 'label'] },
);

export const row: fc.Arbitrary<Row> = fc.record(
  { id: opaque, text: line, detail: line, buttons: fc.array(buttonArbitrary, { maxLength: 6 }) },
  { requiredKeys: ['id', 'text'] },
);

const url = fc.constantFrom(
  'https://charts.example/a.png',
  'http://x.example/?q=<b>',
  'javascript:alert(1)',
  'not a url',
  '',
);

export const node: fc.Arbitrary<Node> = fc.oneof(
  fc.record({ kind: fc.constant('heading' as const), text: nasty }),
  fc.record({ kind: fc.constant('text' as const), text: line }),
  fc.record({
    kind: fc.constant('facts' as const),
    facts: fc.array(fc.record({ label: nasty, value: nasty }), { maxLength: 12 }),
  }),
  fc.record({ kind: fc.constant('rows' as const), rows: fc.array(row, { maxLength: 12 }) }),
  fc.record({
    kind: fc.constant('table' as const),
    columns: fc.array(nasty, { maxLength: 25 }),
    rows: fc.array(fc.array(nasty, { maxLength: 6 }), { maxLength: 20 }),
  }),
  fc.record({
    kind: fc.constant('progress' as const),
    label: nasty,
    value: fc.oneof(fc.integer(), fc.double()),
    max: fc.oneof(fc.integer(), fc.double()),
  }),
  fc.record({ kind: fc.constant('picture' as const), alt: nasty, draw: arbitraryPicture(nasty) }),
  fc.record({ kind: fc.constant('copyable' as const), text: nasty }),
  fc.record({ kind: fc.constant('divider' as const) }),
  fc.record({ kind: fc.constant('buttons' as const), buttons: fc.array(buttonArbitrary, { maxLength: 40 }) }),
  fc.record({ kind: fc.constant('link' as const), text: nasty, url }),
);

export const card: fc.Arbitrary<Card> = fc.record(
  { kind: actionName, subject: opaque, summary: nasty, nodes: fc.array(node, { maxLength: 12 }) },
  { requiredKeys: ['kind', 'summary', 'nodes'] },
);

const option: fc.Arbitrary<Option> = fc.record({ value: fc.string({ minLength: 1, maxLength: 75 }), label: nasty });
const options = fc.array(option, { maxLength: 240 });
const base = { label: nasty, hint: nasty, required: fc.boolean() };
const keys = { requiredKeys: ['kind', 'label'] as ['kind', 'label'] };

type Unnamed = Field extends infer F ? (F extends Field ? Omit<F, 'name'> : never) : never;
const field: fc.Arbitrary<Unnamed> = fc.oneof(
  fc.record(
    {
      ...base,
      kind: fc.constantFrom('text' as const, 'long-text' as const),
      initial: nasty,
      maxLength: fc.integer({ min: 1, max: 9_000 }),
    },
    keys,
  ),
  fc.record(
    { ...base, kind: fc.constant('number' as const), initial: nasty, min: fc.integer(), max: fc.integer() },
    keys,
  ),
  fc.record(
    { ...base, kind: fc.constantFrom('minutes' as const, 'date' as const, 'time' as const), initial: nasty },
    keys,
  ),
  fc.record(
    { ...base, kind: fc.constant('one-of' as const), options, initial: fc.string() },
    { requiredKeys: ['kind', 'label', 'options'] },
  ),
  fc.record(
    { ...base, kind: fc.constant('many-of' as const), options, initial: fc.array(fc.string()) },
    { requiredKeys: ['kind', 'label', 'options'] },
  ),
  fc.record({ ...base, kind: fc.constantFrom('person' as const, 'client' as const), initial: option }, keys),
  fc.record({ ...base, kind: fc.constant('toggle' as const), initial: fc.boolean() }, keys),
);

export const form: fc.Arbitrary<Form> = fc
  .record(
    {
      kind: actionName,
      session: fc.uuid(),
      title: nasty,
      submit: nasty,
      intro: fc.array(line, { maxLength: 4 }),
      fields: fc.array(field, { minLength: 1, maxLength: 12 }),
    },
    { requiredKeys: ['kind', 'session', 'title', 'submit', 'fields'] },
  )
  .map((drawn): Form => ({
    ...drawn,
    fields: drawn.fields.map((each, index): Field => ({ ...each, name: `f${index}` })),
  }));

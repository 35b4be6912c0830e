import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Card, Row } from '../../../src/chat/card.ts';
import { lineText, PAGE_ACTION } from '../../../src/chat/card.ts';
import { limits } from '../../../src/slack/limits.ts';
import { renderHome, renderMessage, renderPages } from '../../../src/slack/render-message.ts';
import { readButton } from '../../../src/slack/write-button.ts';
import { checkMessage, checkShape, homeView, type Block } from '../../../src/simulator/slack/check-blocks.ts';
import { actionName, buttonArbitrary, card, opaque } from './arbitrary-cards.ts';
import { propertyRuns } from '../../helpers/property-runs.ts';

/** Slack's own validator stands in: the strict one of the local Slack, which does not know the renderer. */
function accepted(message: { text: string; blocks: unknown }): Block[] {
  const checked = checkMessage(message.text, message.blocks);
  if (!checked.ok) throw new Error(JSON.stringify(checked.problem));
  return checked.value.blocks;
}

const buttonsOf = (block: Block | undefined) =>
  block?.type === 'actions' ? block.elements.flatMap((each) => (each.type === 'button' ? [each] : [])) : [];
const cardOf = (nodes: Card['nodes']): Card => ({ kind: 'test.card', subject: 's1', summary: 'A card', nodes });

function expectNoMarkup(page: { readonly text: string; readonly blocks: unknown }): void {
  expect(page.text).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
  const json = JSON.stringify(page.blocks);
  expect(json).not.toContain('"type":"mrkdwn"');
  expect(json).not.toMatch(/"type":"(user|channel|broadcast|usergroup|emoji)"/);
  expect(json).not.toContain('"emoji":true');
}

describe('a card on Slack', () => {
  // One card for both: making it up costs more than drawing it and looking at it.
  it('is within every limit on every page, whatever it says, and never holds markup that Slack would read', () => {
    fc.assert(
      fc.property(card, (drawn) => {
        for (const page of renderPages(drawn)) {
          const blocks = accepted(page);
          expect(JSON.stringify(blocks).length).toBeLessThanOrEqual(limits.message.size);
          expect(blocks.length).toBeLessThanOrEqual(limits.message.blocks);
          expect(page.text.length).toBeLessThanOrEqual(limits.message.text);
          expectNoMarkup(page);
        }
        const view = checkShape(homeView, renderHome(drawn), 'invalid_blocks');
        expect(view.ok ? [] : view.problem.messages).toEqual([]);
      }),
      { numRuns: propertyRuns.usual },
    );
  });

  it('shows each row once over its pages, with its own buttons directly under it', () => {
    const plainRow = fc.record({
      text: fc.oneof(fc.constant('x'), fc.string({ maxLength: 200 })),
      detail: fc.option(fc.string({ maxLength: 100 }), { nil: undefined }),
      buttons: fc.array(buttonArbitrary, { maxLength: 4 }),
    });
    fc.assert(
      fc.property(fc.array(plainRow, { maxLength: 60 }), fc.boolean(), (drawn, headed) => {
        const rows: Row[] = drawn.map((each, index) => ({
          id: `r${index}`,
          text: `Row-${index}- ${each.text}`,
          ...(each.detail === undefined ? {} : { detail: each.detail }),
          buttons: each.buttons.map((button) => ({ ...button, subject: `row-${index}` })),
        }));
        const heading = headed ? [{ kind: 'heading' as const, text: 'Today' }] : [];
        const pages = renderPages(cardOf([...heading, { kind: 'rows', rows }])).map(accepted);
        const seen: string[] = [];
        let current = '';
        for (const block of pages.flat()) {
          const [, row] = /"text":"(Row-\d+-)/.exec(JSON.stringify(block)) ?? [];
          if (block.type === 'rich_text' && row !== undefined) {
            current = row;
            seen.push(row);
          }
          for (const button of buttonsOf(block)) {
            const code = readButton(button);
            if (code.action !== PAGE_ACTION) expect(`Row-${code.subject?.slice(4)}-`).toBe(current);
          }
        }
        expect(seen).toEqual(rows.map((row) => `${lineText(row.text).split(' ')[0]}`));
        const shown = pages
          .flat()
          .flatMap(buttonsOf)
          .filter((each) => readButton(each).action !== PAGE_ACTION);
        expect(shown).toHaveLength(drawn.reduce((sum, each) => sum + each.buttons.length, 0));
      }),
      { numRuns: propertyRuns.drawings },
    );
  });

  it('pages 500 rows and leads from page to page by its buttons, the heading on each', () => {
    const rows = Array.from({ length: 500 }, (_, index) => ({
      id: `r${index}`,
      text: `Client ${index}`,
      buttons: [{ action: 'contacts.log', label: 'Log', subject: `c${index}` }],
    }));
    const long = cardOf([
      { kind: 'heading', text: 'My day' },
      { kind: 'rows', rows },
    ]);
    const seen: string[] = [];
    let page: number | undefined = 0;
    while (page !== undefined) {
      const blocks = accepted(renderMessage(long, page));
      expect(blocks[0]).toMatchObject({ type: 'header', text: { text: 'My day' } });
      const codes = blocks.flatMap(buttonsOf).map((each) => ({ ...readButton(each), label: each.text.text }));
      seen.push(...codes.flatMap((code) => (code.action === 'contacts.log' ? [code.subject ?? ''] : [])));
      const next = codes.find((code) => code.choice === 'next');
      if (next !== undefined) {
        expect(next.subject).toBe('test.card/s1');
        expect(next.label).toMatch(/^Next \d+ ›$/);
      }
      page = next?.version;
    }
    expect(seen).toEqual(rows.map((_, index) => `c${index}`));
  });

  it('loses no character of a text of 40,000, and never cuts inside a grapheme', () => {
    const family = '👩‍👩‍👧‍👦';
    const text = Array.from({ length: 3_400 }, (_, index) => `${index}${family}`).join('');
    const shown = renderPages(cardOf([{ kind: 'text', text }]))
      .flatMap(accepted)
      .flatMap((block) => (block.type === 'rich_text' ? block.elements.flatMap((each) => each.elements) : []))
      .map((each) => ('text' in each ? (each.text ?? '') : ''));
    expect(shown.join('')).toBe(text);
    for (const piece of shown) expect(piece.replaceAll(family, '')).toMatch(/^\d*$/);
  });

  it('never splits a flag, in text without one plain character', () => {
    const text = '🇩🇪'.repeat(3_000);
    for (const page of renderPages(cardOf([{ kind: 'copyable', text }]))) {
      for (const [, piece] of JSON.stringify(page.blocks).matchAll(/"text":"([^"]*)"/g))
        expect(piece).toMatch(/^((🇩🇪)*|.*(Next|Previous).*)$/u);
    }
  });

  it('draws a small table as a table, and a second or a large one as text with its column names', () => {
    const small = {
      kind: 'table' as const,
      columns: ['Who', 'Late'],
      rows: [
        ['Ana', '2'],
        ['', '0'],
      ],
    };
    const large = {
      kind: 'table' as const,
      columns: ['Code'],
      rows: Array.from({ length: 300 }, (_, i) => [`row-${i}`]),
    };
    const pages = renderPages(cardOf([small, small, large])).map(accepted);
    const json = JSON.stringify(pages);
    expect(pages.flat().filter((block) => block.type === 'table')).toHaveLength(1);
    expect(json).toContain('Who  Late');
    for (let index = 0; index < 300; index += 1) expect(json).toContain(`row-${index}`);
  });

  it('draws a table of 99 rows as a table and one of 100 as text, the column names being a row too', () => {
    const types = [99, 100].map((count) => {
      const rows = Array.from({ length: count }, () => ['x']);
      return accepted(renderMessage(cardOf([{ kind: 'table', columns: ['A'], rows }])))[0]?.type;
    });
    expect(types).toEqual(['table', 'rich_text']);
  });

  it('shows a page that does not exist any more as the nearest one', () => {
    const one = cardOf([{ kind: 'text', text: 'short' }]);
    for (const page of [-1, 7, 1.5, Number.NaN]) expect(renderMessage(one, page)).toEqual(renderMessage(one));
  });
});

describe('a button on Slack', () => {
  it('comes back as it went', () => {
    const code = fc.record(
      { action: actionName, subject: opaque, version: fc.integer(), choice: fc.string({ maxLength: 75 }) },
      { requiredKeys: ['action'] },
    );
    fc.assert(
      fc.property(code, (button) => {
        const label = { ...button, label: 'Go' };
        const [element] = buttonsOf(accepted(renderMessage(cardOf([{ kind: 'buttons', buttons: [label] }])))[0]);
        expect(readButton(element ?? { action_id: '' })).toEqual(button);
      }),
      { numRuns: propertyRuns.usual },
    );
  });

  it('may stand beside another of the same action', () => {
    const twins = ['s1', 's2', 's3'].map((subject) => ({ action: 'a.b', label: 'Go', subject }));
    const [block] = accepted(renderMessage(cardOf([{ kind: 'buttons', buttons: twins }])));
    expect(buttonsOf(block).map(readButton)).toEqual(['s1', 's2', 's3'].map((subject) => ({ action: 'a.b', subject })));
  });

  it('reads anything forged without an error', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (action_id, value) => {
        expect(readButton({ action_id, value }).action).toBeTypeOf('string');
      }),
    );
    expect(readButton({ action_id: 'a:%zz', value: 'x~1~2' })).toEqual({
      action: 'a',
      choice: '%zz',
      subject: 'x~1~2',
    });
  });

  it('says to screen readers which row it belongs to', () => {
    const rows = ['K7T2-9', 'M4XR-1'].map((text) => ({ id: text, text, buttons: [{ action: 'a.log', label: 'Log' }] }));
    const labels = accepted(renderMessage(cardOf([{ kind: 'rows', rows }])))
      .flatMap(buttonsOf)
      .map((each) => each.accessibility_label);
    expect(labels).toEqual(['Log, K7T2-9', 'Log, M4XR-1']);
  });
});

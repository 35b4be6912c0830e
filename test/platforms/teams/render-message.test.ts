import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Card } from '../../../src/chat/card.ts';
import { lineText, PAGE_ACTION } from '../../../src/chat/card.ts';
import { checkCard } from '../../../src/simulator/teams/check-card.ts';
import { actionsOf, parts } from '../../../src/simulator/teams/find-in-card.ts';
import { wireBytes } from '../../../src/teams/adaptive-card.ts';
import { propertyRuns } from '../../helpers/property-runs.ts';
import { limits } from '../../../src/teams/limits.ts';
import { literal } from '../../../src/teams/literal-text.ts';
import type { RenderedMessage } from '../../../src/teams/render-message.ts';
import { renderMessage, renderPages } from '../../../src/teams/render-message.ts';
import { nastyCard } from './arbitrary-card.ts';

const pagesOf = (card: Card): RenderedMessage[] => renderPages(card);
const visible = (card: unknown): string =>
  parts(card)
    .map(({ text }) => (typeof text === 'string' ? text : ''))
    .join('\u0001');

/** And every page of it stays within the size of a message. */
async function expectValid(pages: readonly RenderedMessage[]): Promise<void> {
  for (const page of pages) {
    expect(await checkCard(page.card, 'message')).toEqual([]);
    expect(wireBytes({ summary: page.summary, card: page.card })).toBeLessThanOrEqual(limits.messageBytes);
  }
}

/** Over all pages, with the buttons of the row in its container. */
function expectEveryRowOnce(card: Card, pages: readonly RenderedMessage[]): void {
  const drawn = pages.flatMap((page) => parts(page.card));
  const rows = card.nodes.flatMap((node) => (node.kind === 'rows' ? node.rows : []));
  for (const row of rows) {
    expect(drawn.filter(({ id }) => id === row.id)).toHaveLength(1);
    const own = drawn.filter(({ id }) => typeof id === 'string' && (id === row.id || id.startsWith(`${row.id}~`)));
    const buttons = own.flatMap((container) => actionsOf(container));
    expect(buttons).toHaveLength(row.buttons?.length ?? 0);
    const text = literal(lineText(row.text)).replaceAll('\n', '');
    const shown = own.map((container) => visible(container).replaceAll('\u0001', '')).join('');
    if (text !== '')
      expect(shown.startsWith(text) || shown.replaceAll('\u00a0', '').startsWith(text.replaceAll('\u00a0', ''))).toBe(
        true,
      );
  }
  expect(
    drawn.filter(({ type, id }) => type === 'Container' && typeof id === 'string' && !id.includes('~')),
  ).toHaveLength(rows.length);
}

/** No mention and no link out of what somebody typed. */
function expectNoMarkup(pages: readonly RenderedMessage[]): void {
  for (const { card: drawn } of pages) {
    // Verbs and data travel unseen; everything else may be shown.
    const json = JSON.stringify(drawn, (key, value: unknown) => (key === 'verb' || key === 'data' ? undefined : value));
    expect(json).not.toMatch(/<\/?at\b/i);
    expect(json).not.toContain('"msteams":{"entities"');
    for (const block of parts(drawn).filter(({ type }) => type === 'TextBlock')) {
      expect(block['text']).not.toMatch(/[[\]()*_`<>]/);
    }
  }
}

describe('a card in Teams', () => {
  // One card for all three: making it up costs more than drawing it and looking at it.
  it('is valid and fits on every page, shows every row once, and lets no typed text become a mention or a link', async () => {
    await fc.assert(
      fc.asyncProperty(nastyCard, async (card) => {
        const pages = pagesOf(card);
        await expectValid(pages);
        expectEveryRowOnce(card, pages);
        expectNoMarkup(pages);
      }),
      { numRuns: propertyRuns.drawings },
    );
  });

  it('cuts nothing: a text of 100,000 characters is there over several pages', () => {
    const text = Array.from({ length: 12_000 }, (_, index) => `word${String(index)}`).join(' ');
    const pages = pagesOf({ kind: 'test.long', summary: 'Long', nodes: [{ kind: 'copyable', text }] });
    expect(pages.length).toBeGreaterThan(3);
    const shown = pages.map(({ card }) =>
      parts(card)
        .flatMap(({ type, fontType, text: own }) => (type === 'TextRun' && fontType === 'Monospace' ? [own] : []))
        .join(''),
    );
    expect(shown.join('')).toBe(text);
  });

  it('turns pages with buttons that name the card and the page, and repeats the headings above the list', () => {
    const rows = Array.from({ length: 60 }, (_, index) => ({
      id: `r${String(index)}`,
      text: `Row ${String(index)} ${'y'.repeat(900)}`,
    }));
    const card: Card = {
      kind: 'caseloads.list',
      subject: 'p1',
      summary: 'List',
      nodes: [
        { kind: 'heading', text: 'Your caseload' },
        { kind: 'rows', rows },
      ],
    };
    const first = renderMessage(card);
    const second = renderMessage(card, 1);
    const [next] = actionsOf(first.card);
    expect(next).toMatchObject({ verb: PAGE_ACTION, data: { s: 'caseloads.list/p1', v: 1 } });
    const onSecond = parts(second.card).filter(({ type, id }) => type === 'Container' && id !== undefined).length;
    expect(next?.['title']).toBe(`Next ${String(onSecond)} ›`);
    expect(actionsOf(second.card).map(({ title }) => title)).toEqual([
      '‹ Previous',
      expect.stringMatching(/^Next \d+ ›$/),
    ]);
    expect(second.card.body[0]).toMatchObject({ type: 'TextBlock', style: 'heading', text: 'Your caseload' });
  });

  it('shows the last page when asked for one that is gone', () => {
    const card: Card = { kind: 'x', summary: 's', nodes: [{ kind: 'text', text: 'one' }] };
    expect(renderMessage(card, 7)).toMatchObject({ page: 0, pages: 1 });
    expect(renderMessage(card, -1)).toMatchObject({ page: 0 });
    expect(renderMessage(card, Number.NaN)).toMatchObject({ page: 0 });
  });

  it('asks before a dangerous button acts, in a part that unfolds', () => {
    const { card } = renderMessage({
      kind: 'x',
      summary: 's',
      nodes: [
        {
          kind: 'buttons',
          buttons: [
            {
              action: 'a.retract',
              label: 'Retract',
              subject: 'e1',
              style: 'danger',
              confirm: { title: 'Retract it?', text: 'It stays on record.', yes: 'Retract it', no: 'Keep it' },
            },
          ],
        },
      ],
    });
    const [fold] = parts(card).filter(({ type }) => type === 'Action.ShowCard');
    expect(fold).toMatchObject({ title: 'Retract', style: 'destructive' });
    expect(actionsOf(fold)).toMatchObject([
      { type: 'Action.Execute', title: 'Retract it', verb: 'a.retract', data: { s: 'e1' } },
    ]);
    expect(visible(fold)).toContain('Keep it: press “Retract” again.');
  });

  it('opens only addresses that say where they go, on hosts it was told', () => {
    const link = (url: string, linkHosts?: string[]): string[] =>
      actionsOf(
        renderMessage(
          { kind: 'x', summary: 's', nodes: [{ kind: 'link', text: 'Open', url }] },
          0,
          linkHosts ? { linkHosts } : {},
        ).card,
      ).map(({ type }) => String(type));
    expect(link('https://988lifeline.org/')).toEqual(['Action.OpenUrl']);
    expect(link('https://988lifeline.org/', ['baton.example'])).toEqual([]);
    expect(link('http://988lifeline.org/')).toEqual([]);
    expect(link('https://988lifeline.org@evil.example/')).toEqual([]);
    expect(link('javascript:alert(1)')).toEqual([]);
  });

  it('keeps line breaks and blank lines of text to copy', () => {
    const { card } = renderMessage({
      kind: 'x',
      summary: 's',
      nodes: [{ kind: 'copyable', text: 'S: calm\n\nP: call Fri' }],
    });
    expect(parts(card).flatMap(({ type, text }) => (type === 'TextRun' ? [text] : []))).toEqual([
      'S: calm',
      '\u00a0',
      'P: call Fri',
    ]);
  });
});

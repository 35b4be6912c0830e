import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { collectedFeatures } from '../../src/app.ts';
import { cardKeepTimes, keepOf } from '../../src/retention/keep-cards.ts';
import { keepTimes } from '../../src/retention/keep-times.ts';

const sixYears = 6 * 366;

describe('how long what was posted is kept', () => {
  it('is said of every kind of card there is, and of no other', () => {
    expect(Object.keys(cardKeepTimes).sort()).toEqual([...collectedFeatures.cards.keys()].sort());
  });

  it('is six years and more for escalations, referrals, handoffs and disclosures', () => {
    const long = Object.keys(cardKeepTimes).filter((kind) => keepOf(kind).days >= sixYears);
    for (const noun of ['escalations', 'referrals']) {
      const kinds = [...collectedFeatures.cards.keys()].filter((kind) => kind.startsWith(`${noun}.`));
      expect(long).toEqual(expect.arrayContaining(kinds));
    }
    expect(long).toEqual(
      expect.arrayContaining(['clients.left', 'clients.handed', 'absences.cover', 'duty.cover', 'evidence.exports']),
    );
  });

  it('is 400 days for the rest, and the longest for a kind that nobody knows', () => {
    expect(keepOf('digests.person').days).toBe(400);
    expect(keepOf('of another version').days).toBe(sixYears);
    expect(keepTimes.records.days).toBe(sixYears);
  });

  it('stands in docs/operations.md, kind by kind', async () => {
    const text = await readFile(new URL('../../docs/operations.md', import.meta.url), 'utf8');
    const [, after = ''] = text.split('## What is kept how long');
    const [section = ''] = after.split('\n## ');
    const rows = section.split('\n').filter((line) => line.startsWith('| `'));
    const said = rows.flatMap((row) => {
      const [, kinds = '', days = ''] = row.split('|');
      return [...kinds.matchAll(/`([^`]+)`/g)].map(([, kind = '']) => [kind, Number.parseInt(days, 10)] as const);
    });
    expect(Object.fromEntries(said)).toEqual(
      Object.fromEntries(Object.keys(cardKeepTimes).map((kind) => [kind, keepOf(kind).days])),
    );
  });
});

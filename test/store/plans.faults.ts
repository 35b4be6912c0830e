import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SentStatement } from '../helpers/record-statements.ts';
import { findWholeReads, openFilled, walk, type Filled } from './plans-scene.ts';

/** Filling takes a quarter of an hour of two cores; `PLANS_CLIENTS` takes fewer. */
const clients = Number(process.env['PLANS_CLIENTS'] ?? 100_000);
const patience = 60 * 60_000;

describe(`with ${clients} clients, ten follow-ups and twenty audit rows for each`, () => {
  let filled: Filled;
  let sent: readonly SentStatement[];
  beforeAll(async () => {
    filled = await openFilled(clients);
    sent = await walk(filled);
  }, patience);
  afterAll(() => filled.world.close());

  it('ordinary days send more than a hundred different statements', () => {
    expect(new Set(sent.map(({ text }) => text)).size).toBeGreaterThan(100);
  });

  it('none of them reads a table whole that grows with time', async () => {
    expect(await findWholeReads(filled.world.databaseUrl, sent, { atAnySize: false })).toEqual([]);
  });

  it('none of them would have to, whichever tables grow', async () => {
    expect(await findWholeReads(filled.world.databaseUrl, sent, { atAnySize: true })).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listNext, pageSize } from '../../src/care/follow-ups/list-next.ts';
import { nextCard } from '../../src/care/follow-ups/cards.ts';
import { createPushableClock } from '../../src/clock.ts';
import { randomIds } from '../../src/ids.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import type { OrganisationTransaction } from '../../src/store/transaction.ts';
import { createDatabase, type TestDatabase } from '../helpers/database.ts';
import { aClient, applyFile, enrol, readSample } from '../helpers/organisation.ts';
import { pagesRead } from '../helpers/pages-read.ts';
import { askOf } from './digest-asks.ts';
import { vacuumAnalyze } from '../helpers/vacuum.ts';

/** Monday 23 November 2026, 09:00 in New York. */
const clock = createPushableClock({ start: new Date('2026-11-23T14:00:00Z'), frozen: true });
const size = 300;
const tiers = ['high', 'medium', 'low', 'maintenance'] as const;
let database: TestDatabase;
let store: Store;

beforeAll(async () => {
  database = await createDatabase();
  store = openStore({ url: database.url, masterKey: new Uint8Array(32).fill(7), clock, ids: randomIds });
  await applyFile(store, await readSample(), clock);
  // Somebody else's as well: what is not hers must not be paid for.
  await enrol(
    store,
    clock,
    Array.from({ length: 2 * size }, (_, index) => ({
      ...aClient({
        name: `Client Number${index}`,
        born: '1980-01-01',
        tier: tiers[index % 4] ?? 'low',
        coordinator: index < size ? 'maya' : 'jon',
        preferences: index % 3 === 0 ? { from: '13:00' } : {},
      }),
      dueOn: index % 2 === 0 ? '2026-11-20' : '2026-11-23',
    })),
  );
  // As the server does by itself a minute later: it knows how much there is, and what everybody may see.
  await vacuumAnalyze(database.url);
}, 60_000);
afterAll(async () => {
  await store.close();
  await database.drop();
});

describe('a list of 300', () => {
  it.each([0, 7, 59])('page %i reads and opens only who stands on it', async (page) => {
    let opened = 0;
    await store.inOrganisation('riverside', async (tx) => {
      const watched: OrganisationTransaction = {
        ...tx,
        open(place, sealed) {
          opened += 1;
          return tx.open(place, sealed);
        },
        openAs(place, sealed, read) {
          opened += 1;
          return tx.openAs(place, sealed, read);
        },
      };
      const before = await pagesRead(tx);
      const list = await listNext(askOf(watched, clock.now()), { page });
      const pages = (await pagesRead(tx)) - before;
      expect(list).toMatchObject({ needing: size, pages: size / pageSize, page });
      expect(list.due).toHaveLength(pageSize);
      expect(opened).toBe(pageSize);
      expect(pages).toBeGreaterThan(0);
      expect(pages).toBeLessThanOrEqual(600);
    });
  });

  it('shows everybody once, in the one order; who may be called now comes before equals who may not', async () => {
    const seen: { code: string; tier: string; dueOn: string; calls: boolean }[] = [];
    await store.inOrganisation('riverside', async (tx) => {
      const work = askOf(tx, clock.now());
      for (let page = 0; page < size / pageSize; page += 1) {
        const { due } = await listNext(work, { page });
        seen.push(
          ...due.map(({ item, client }) => ({
            ...{ code: item.code, tier: item.tier, dueOn: item.dueOn },
            calls: client?.preferences.from === undefined,
          })),
        );
      }
    });
    expect(new Set(seen.map(({ code }) => code)).size).toBe(size);
    const weight = ({ tier, dueOn }: (typeof seen)[number]): string =>
      `${tiers.findIndex((one) => one === tier)} ${dueOn}`;
    expect(seen.map(weight)).toEqual([...seen].map(weight).sort());
    const first = seen.slice(0, 50).filter((one) => weight(one) === weight(seen[0] ?? nobody));
    expect(first.map(({ calls }) => calls)).toEqual(
      [...first].map(({ calls }) => calls).sort((a, b) => Number(b) - Number(a)),
    );
    expect(first.some(({ calls }) => !calls)).toBe(true);
  });

  it('says where one is, and has the ways on', async () => {
    await store.inOrganisation('riverside', async (tx) => {
      const work = askOf(tx, clock.now());
      const labels = async (page: number): Promise<readonly string[]> =>
        nextCard(await listNext(work, { page }), work.privacy).nodes.flatMap((node) =>
          node.kind === 'buttons' ? node.buttons.map(({ label }) => label) : [],
        );
      expect(await labels(0)).toEqual(['Next 5 ›']);
      expect(await labels(1)).toEqual(['‹ Previous', 'Next 5 ›']);
      expect(await labels(59)).toEqual(['‹ Previous']);
      // One that is not there any more becomes the nearest one.
      expect(await labels(400)).toEqual(['‹ Previous']);
    });
  });
});
const nobody = { code: '', tier: '', dueOn: '', calls: true };

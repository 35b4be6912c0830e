import { expect } from 'vitest';
import { findClientOptions } from '../../src/care/clients/search-clients.ts';
import { createPushableClock } from '../../src/clock.ts';
import { randomIds } from '../../src/ids.ts';
import { openStore } from '../../src/store/store.ts';
import { createDatabase } from '../helpers/database.ts';
import { fillClients, typed } from '../helpers/fill-clients.ts';
import { applyFile, readSample } from '../helpers/organisation.ts';
import { pagesRead } from '../helpers/pages-read.ts';
import { askOf } from './digest-asks.ts';
import { vacuumAnalyze } from '../helpers/vacuum.ts';

const clock = createPushableClock({ start: new Date('2026-11-23T14:00:00Z'), frozen: true });

export interface Crowd {
  /** What one search reads and finds, of a coordinator of one team or of a supervisor who sees all teams. */
  search(
    who: 'coordinator' | 'supervisor',
    letters: string,
  ): Promise<{
    readonly pages: number;
    readonly found: number;
    readonly more: boolean;
    readonly ids: readonly string[];
  }>;
  /** Plainly and at any cost: all who bear every word, in one team or in all. */
  bearing(who: 'coordinator' | 'supervisor', words: readonly string[]): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** An organisation of so many clients in fifty teams; Maya has one caseload among them. */
export async function openCrowd(count: number): Promise<Crowd> {
  const database = await createDatabase();
  const store = openStore({ url: database.url, masterKey: new Uint8Array(32).fill(7), clock, ids: randomIds });
  await applyFile(store, await readSample(), clock);
  // A statement takes a minute at most.
  const batch = 20_000;
  for (let done = 0; done < count; done += batch) {
    const size = Math.min(batch, count - done);
    await store.inOrganisation('riverside', (tx) => fillClients(tx, { count: size, from: done }, clock.now()));
  }
  await vacuumAnalyze(database.url);
  return {
    search: (who, letters) =>
      store.inOrganisation('riverside', async (tx) => {
        const work = askOf(tx, clock.now());
        const roles = who === 'supervisor' ? ['supervisor' as const] : work.actor.roles;
        const before = await pagesRead(tx);
        const { options, more = false } = await findClientOptions(
          { ...work, actor: { ...work.actor, roles } },
          letters,
        );
        const ids = options.map(({ value }) => value);
        return { pages: (await pagesRead(tx)) - before, found: options.length, more, ids };
      }),
    bearing: (who, words) =>
      store.inOrganisation('riverside', async (tx) => {
        const tokens = words.map((word) => tx.token('prefix', word));
        const rows = await tx.db.$queryRaw<{ id: string }[]>`
          select client_id::text as id from client_token
          where organisation_id = ${tx.organisation} and kind = 'prefix' and token = any(${tokens}::bytea[])
            and (${who === 'supervisor'} or team_id = 'east')
          group by client_id having count(*) = ${tokens.length}`;
        return rows.map(({ id }) => id);
      }),
    async close() {
      await store.close();
      await database.drop();
    },
  };
}

/** The budget of a search, in pages, and what it offers, however many clients there are. */
export async function expectWithinBudget(crowd: Crowd): Promise<void> {
  const seen: Record<string, number> = {};
  for (const who of ['coordinator', 'supervisor'] as const) {
    for (const [name, letters] of Object.entries(typed)) {
      const { pages, found, more } = await crowd.search(who, letters);
      seen[`${who} ${name}`] = pages;
      expect(pages, `${who} types ${letters}`).toBeLessThanOrEqual(letters.length === 2 ? 5_000 : 2_000);
      if (name !== 'rare' || who === 'supervisor') expect(found, `${who} types ${letters}`).toBeGreaterThan(0);
      if (who === 'supervisor' && letters.length <= 3) expect([found, more]).toEqual([100, true]);
    }
  }
  console.log(`pages of a search: ${JSON.stringify(seen)}`);
}

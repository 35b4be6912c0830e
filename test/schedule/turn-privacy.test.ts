import { afterEach, describe, expect, it } from 'vitest';
import { collectFeatures } from '../../src/feature/collect-features.ts';
import type { Feature } from '../../src/feature/feature.ts';
import { createPushableClock } from '../../src/clock.ts';
import { enqueuePost, refreshCopies } from '../../src/delivery/outbox.ts';
import { randomIds } from '../../src/ids.ts';
import { createTick } from '../../src/schedule/run-tick.ts';
import { syncSchedules } from '../../src/schedule/sync-schedules.ts';
import { setTimer } from '../../src/schedule/timers.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { createDatabase, type TestDatabase } from '../helpers/database.ts';
import { applyFile, readSample } from '../helpers/organisation.ts';
import { onTurn } from '../helpers/on-turn.ts';
import { collectedFeatures } from '../../src/app.ts';

const outbox = { post: enqueuePost, refresh: refreshCopies, wake: setTimer };
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe('a scheduled turn', () => {
  let database: TestDatabase;
  let store: Store;
  afterEach(async () => {
    await store.close();
    await database.drop();
  });

  /** The turns of Maya's digest over a morning; `between` happens after the first. */
  async function turns(privacy: 'minimal' | 'full', between: (clock: { now(): Date }) => Promise<unknown>) {
    database = await createDatabase();
    const clock = createPushableClock({ start: new Date('2026-11-23T13:00:00Z'), frozen: true });
    store = openStore({ url: database.url, masterKey: new Uint8Array(32).fill(7), clock, ids: randomIds });
    await applyFile(store, await readSample((text) => text.replace('privacy: minimal', 'privacy: full')), clock);
    const now = clock.now();
    await store.inOrganisation('riverside', (tx) => syncSchedules(tx, { kinds: collectedFeatures.schedules, now }));
    const made: string[] = [];
    const feature: Feature = {
      noun: 'test',
      schedules: {
        'daily-digest-person': onTurn('person', async (work, { owner, localDate }) => {
          if (owner === 'maya') made.push(`${localDate} ${work.privacy.privacy}`);
        }),
      },
    };
    const tick = createTick({ ...{ store, outbox, clock, log: quiet, privacy }, features: collectFeatures([feature]) });
    clock.advance(31 * 60_000);
    await tick();
    await between(clock);
    clock.advance(60_000);
    await tick();
    return made;
  }

  it.each(['minimal', 'full'] as const)(
    'shows what the installation allows: %s, whatever the file says',
    async (mode) => {
      expect(await turns(mode, () => Promise.resolve())).toEqual([`2026-11-23 ${mode}`]);
    },
  );

  it('is made once a day, also when its hour is moved to earlier on the same day', async () => {
    const move = (): Promise<unknown> =>
      store.inOrganisation(
        'riverside',
        (tx) => tx.db.$executeRaw`
          update schedule set at = '08:00', next_at = '2026-11-23T13:00:00Z'
          where organisation_id = ${tx.organisation} and owner = 'maya' and kind = 'daily-digest-person'`,
      );
    expect(await turns('full', move)).toEqual(['2026-11-23 full']);
  });
});

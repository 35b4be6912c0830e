import { byPerson } from '../../src/doer.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectedFeatures } from '../../src/app.ts';
import { endNow } from '../../src/care/huddles/end-huddle.ts';
import { joinHuddle } from '../../src/care/huddles/join-huddle.ts';
import { moveOn } from '../../src/care/huddles/move-on.ts';
import { startNow } from '../../src/care/huddles/start-huddle.ts';
import { createWork } from '../../src/feature/create-work.ts';
import type { Work, Events } from '../../src/feature/feature.ts';
import { createPushableClock, type PushableClock } from '../../src/clock.ts';
import { randomIds } from '../../src/ids.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { createDatabase, type TestDatabase } from '../helpers/database.ts';
import { aClient, applyFile, enrol, readSample } from '../helpers/organisation.ts';
import { askOf } from './digest-asks.ts';

const minute = 60_000;

describe('what a huddle tells who bills', () => {
  let database: TestDatabase;
  let store: Store;
  let clock: PushableClock;
  const told: Events['huddle.reviewed'][] = [];
  beforeAll(async () => {
    database = await createDatabase();
    clock = createPushableClock({ start: new Date('2026-11-24T14:00:00Z'), frozen: true });
    store = openStore({ url: database.url, masterKey: new Uint8Array(32).fill(7), clock, ids: randomIds });
    await applyFile(store, await readSample(), clock);
    const quiet = { enrolledOn: '2026-01-05', lastContactOn: '2026-11-01' };
    await enrol(
      store,
      clock,
      ['Ann One', 'Ben Two', 'Cat Three', 'Dan Four'].map((name) => aClient({ name, ...quiet })),
    );
  });
  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  /** A use case as somebody of East runs it; whatever is published is heard. */
  const as = <T>(person: string, act: (work: Work) => Promise<T>, fails = false): Promise<T> =>
    store.inOrganisation('riverside', async (tx) => {
      const own = askOf(tx, clock.now());
      const heard: Events['huddle.reviewed'][] = [];
      const hear = (_ask: Work, body: unknown): Promise<void> => {
        if (fails) return Promise.reject(new Error('billing said no'));
        heard.push(body as Events['huddle.reviewed']);
        return Promise.resolve();
      };
      const listeners = new Map([...collectedFeatures.listeners, ['huddle.reviewed', [hear]] as const]);
      const roles = person === 'anil' ? (['psychiatric-consultant'] as const) : (['coordinator'] as const);
      const work = createWork({
        ...own,
        features: { ...collectedFeatures, listeners },
        actor: { ...own.actor, ...byPerson(person), name: person, roles },
        outbox: { post: () => Promise.resolve(), refresh: () => Promise.resolve(), wake: () => Promise.resolve() },
      });
      const done = await act(work);
      told.push(...heard);
      return done;
    });

  it('is each client reviewed, with their share of the time and who was there for them', async () => {
    const huddle = await as('maya', (work) => startNow(work, 'east'));
    await as('maya', (work) => joinHuddle(work, huddle, false));
    clock.advance(7.5 * minute);
    await as('maya', (work) => moveOn(work, { id: huddle }, 'next'));
    clock.advance(0.5 * minute);
    await as('anil', (work) => joinHuddle(work, huddle, true));
    clock.advance(7 * minute);
    await as('maya', (work) => moveOn(work, { id: huddle }, 'next'));
    await as('maya', (work) => moveOn(work, { id: huddle }, 'next-week'));
    clock.advance(2 * minute);
    // Whoever bills refuses: then the huddle has not ended either.
    await expect(as('maya', (work) => endNow(work, { id: huddle }), true)).rejects.toThrow('billing said no');
    expect(told).toEqual([]);
    await as('maya', (work) => endNow(work, { id: huddle }));

    expect(told.map(({ minutes, consultantPresent, on }) => [minutes, consultantPresent, on])).toEqual([
      [8, false, '2026-11-24'],
      [7, true, '2026-11-24'],
      [2, true, '2026-11-24'],
    ]);
    expect(told.map(({ attendees }) => attendees)).toEqual([
      [{ person: 'maya', qualifications: ['bhcm'], remote: false }],
      [
        { person: 'maya', qualifications: ['bhcm'], remote: false },
        { person: 'anil', qualifications: [], remote: true },
      ],
      [
        { person: 'maya', qualifications: ['bhcm'], remote: false },
        { person: 'anil', qualifications: [], remote: true },
      ],
    ]);
    expect(new Set(told.map((one) => one.client)).size).toBe(3);
    expect(told.reduce((sum, { minutes }) => sum + minutes, 0)).toBeLessThanOrEqual(17);
  });
});

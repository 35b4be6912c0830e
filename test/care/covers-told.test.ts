import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectedFeatures } from '../../src/app.ts';
import { createPushableClock } from '../../src/clock.ts';
import { byCommandLine, byImport, byPerson, bySchedule, bySystem, type Doer } from '../../src/doer.ts';
import { createSystemWork } from '../../src/feature/create-system-work.ts';
import type { Work } from '../../src/feature/feature.ts';
import { randomIds } from '../../src/ids.ts';
import { outboxOfTables } from '../../src/schedule/outbox-of-tables.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import type { OrganisationTransaction } from '../../src/store/transaction.ts';
import { setAbsence } from '../../src/care/absences/set-absence.ts';
import { createDatabase, type TestDatabase } from '../helpers/database.ts';
import { askOf } from './digest-asks.ts';
import { aClient, applyFile, enrol, readSample } from '../helpers/organisation.ts';

/** Thrown to roll back: each case begins from the same morning. */
class Undone extends Error {}

describe('a cover is told of what came for somebody who is away', () => {
  const clock = createPushableClock({ start: new Date('2026-11-23T14:00:00Z'), frozen: true });
  let database: TestDatabase;
  let store: Store;
  beforeAll(async () => {
    database = await createDatabase();
    store = openStore({ url: database.url, masterKey: new Uint8Array(32).fill(5), clock, ids: randomIds });
    await applyFile(store, await readSample(), clock);
    await enrol(store, clock, [{ ...aClient({ code: 'K7T2-9', tier: 'high' }), dueOn: '2026-12-01' }]);
    await as(byPerson('maya'), (work) => setAbsence(work, { kind: 'sick', from: '2026-11-23', to: '2026-11-25' }));
  });
  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  const workOf = (tx: OrganisationTransaction, by: Doer): Work | Promise<Work> => {
    const now = clock.now();
    if (by.kind === 'person') return askOf(tx, now, { person: by.person });
    return createSystemWork(tx, { features: collectedFeatures, outbox: outboxOfTables, privacy: 'minimal', now, by });
  };
  const as = (by: Doer, act: (work: Work) => Promise<unknown>): Promise<void> =>
    store.inOrganisation('riverside', async (tx) => void (await act(await workOf(tx, by))));

  it.each([
    [byPerson('jon'), true],
    [bySystem, false],
    [bySchedule('daily-digest-team/team/east'), false],
    [byImport(), false],
    [byCommandLine, false],
  ] as const)('at once only where a person did it: $kind', async (by, atOnce) => {
    const told: boolean[] = [];
    await as(by, async (work) => {
      await work.tx.db.followUp.updateMany({ data: { dueOn: new Date('2026-11-24') } });
      await work.publish('due.changed', { team: 'east', people: ['maya'] });
      const posts = await work.tx.db.post.findMany({ where: { kind: 'absences.cover' } });
      told.push(...posts.map((post) => post.atOnce));
      throw new Undone();
    }).catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error;
    });
    expect(told).toEqual([atOnce]);
  });
});

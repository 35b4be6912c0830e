import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPushableClock } from '../../src/clock.ts';
import { randomIds } from '../../src/ids.ts';
import { openDemo } from '../../src/open-demo.ts';
import { requireDemo } from '../../src/require-demo.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { createDatabase, createEmptyDatabase, type TestDatabase } from '../helpers/database.ts';
import { aClient, applyFile, enrol, readSample } from '../helpers/organisation.ts';
import { query } from '../store/embedded-fixtures.ts';
import { collectedFeatures } from '../../src/app.ts';

/** The simulator lets everybody act as anybody: which databases it opens on. */
const clock = createPushableClock({ start: new Date('2026-11-23T15:00:00Z') });
const refused = 'holds an organisation that the demonstration did not make';
let database: TestDatabase;
let store: Store;

const storeOn = (url: string): Store =>
  openStore({ url, masterKey: new Uint8Array(32).fill(3), clock, ids: randomIds });
beforeEach(async () => {
  database = await createDatabase();
  store = storeOn(database.url);
});
afterEach(async () => {
  await store.close();
  await database.drop();
});

const demo = (): Promise<string> => openDemo(store, collectedFeatures.settings, clock.now());
const inDemo = (sql: string): Promise<unknown> => store.inOrganisation('riverside', (tx) => tx.db.$queryRawUnsafe(sql));
const marked = async (): Promise<unknown> => inDemo('select demo_at is not null as marked from organisation');

describe('the simulator opens', () => {
  it('where nothing is, on the demonstration it makes, and again on that', async () => {
    expect(await requireDemo(store)).toBeUndefined();
    expect(await demo()).toBe('riverside');
    expect(await marked()).toEqual([{ marked: true }]);
    expect(await demo()).toBe('riverside');
    expect(await inDemo('select count(*)::int as n from client')).toEqual([{ n: 61 }]);
  });

  it('on one that an older Baton made, whatever was imported beside it, and marks it', async () => {
    await demo();
    await inDemo('update organisation set demo_at = null');
    await enrol(store, clock, [{ ...aClient({ name: 'Ann Ash' }), dueOn: '2026-11-23' }]);
    await applyFile(store, await readSample(), clock);
    expect(await requireDemo(store)).toBe('riverside');
    await demo();
    expect(await marked()).toEqual([{ marked: true }]);
  });

  it('before the schema of this version is there, so that a refusal changes nothing', async () => {
    await demo();
    await store.close();
    await query(database.url, 'alter table organisation drop column demo_at');
    store = storeOn(database.url);
    expect(await requireDemo(store)).toBe('riverside');
    const empty = await createEmptyDatabase();
    const fresh = storeOn(empty.url);
    try {
      expect(await requireDemo(fresh)).toBeUndefined();
    } finally {
      await fresh.close();
      await empty.drop();
    }
  });
});

describe('the simulator stays closed', () => {
  it('on an organisation of the same name, people and workspaces that somebody applied', async () => {
    await applyFile(store, await readSample(), clock);
    await expect(requireDemo(store)).rejects.toThrow(refused);
    await expect(demo()).rejects.toThrow('To serve its people, set SLACK_SIGNING_SECRET and SLACK_BOT_TOKEN for Slack');
    expect(await marked()).toEqual([{ marked: false }]);
    expect(await inDemo('select count(*)::int as n from client')).toEqual([{ n: 0 }]);
  });

  it('on one with clients under the demonstration’s codes that somebody else brought', async () => {
    await applyFile(store, await readSample(), clock);
    const codes = ['K7T2-9', 'M4XR-1', 'P0Q8-7'];
    await enrol(
      store,
      clock,
      codes.map((code) => ({ ...aClient({ name: `Ann ${code}` }), code, dueOn: '2026-11-23' })),
    );
    await expect(requireDemo(store)).rejects.toThrow(refused);
  });

  it('on an emptied one', async () => {
    await store.createOrganisation({ id: 'riverside', name: 'Riverside' });
    await expect(requireDemo(store)).rejects.toThrow(refused);
  });

  it('on the demonstration once somebody else is in the same database', async () => {
    await demo();
    await store.createOrganisation({ id: 'lakeside', name: 'Lakeside' });
    await expect(requireDemo(store)).rejects.toThrow(refused);
  });

  it('on the demonstration once it speaks to a workspace of somebody’s own', async () => {
    await demo();
    await inDemo(`update workspace set external_id = 'T0REAL' where platform = 'slack'`);
    await expect(requireDemo(store)).rejects.toThrow(refused);
  });
});

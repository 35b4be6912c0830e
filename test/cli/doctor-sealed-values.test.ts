import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectedFeatures } from '../../src/app.ts';
import { createPushableClock } from '../../src/clock.ts';
import { ConfigError, readConfig } from '../../src/config.ts';
import { randomIds } from '../../src/ids.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { createDatabase, type TestDatabase } from '../helpers/database.ts';
import { aClient, applyFile, enrol, readSample } from '../helpers/organisation.ts';
import { runCommand } from './open-cli.ts';

const clock = createPushableClock({ start: new Date('2026-11-23T14:00:00Z'), frozen: true });

describe('doctor looks whether the master key opens what is stored', () => {
  let database: TestDatabase;
  const stores: Store[] = [];
  const open = (masterKey: Uint8Array): Store => {
    const store = openStore({ url: database.url, masterKey, clock, ids: randomIds, connections: 2 });
    stores.push(store);
    return store;
  };
  let right: Store;
  beforeAll(async () => {
    database = await createDatabase();
    right = open(new Uint8Array(32).fill(5));
    // Nothing sealed but the clients: the numbers of colleagues are another column.
    await applyFile(right, await readSample((text) => text.replaceAll(/phone: "[^"]*", /g, '')), clock);
    await enrol(right, clock, [aClient({ name: 'Dan Dee' }), aClient({ name: 'Eve Elm' })]);
  });
  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await database.drop();
  });

  const doctor = async (store: Store): Promise<{ exit: number; text: string }> => {
    const { exit, text } = await runCommand(
      { store, database: { protection: 'local' }, features: collectedFeatures, clock },
      ['doctor'],
    );
    return { exit, text };
  };

  it('and finds nothing to look at when it does', async () => {
    const { exit, text } = await doctor(right);
    expect(exit).toBe(0);
    expect(text).toContain('ok   sealed values: opened with 1 key');
  });

  it.each([
    ['another key', new Uint8Array(32).fill(6)],
    ['a key of zeros', new Uint8Array(32)],
  ])('%s is told, and the exit is 1', async (_what, key) => {
    const { exit, text } = await doctor(open(key));
    expect(exit).toBe(1);
    expect(text).toContain('look sealed values: riverside: BATON_MASTER_KEY is not the key that sealed this database.');
  });

  it('one damaged value is told, and does not condemn the key', async () => {
    await right.inOrganisation(
      'riverside',
      (tx) =>
        tx.db.$executeRaw`update client set identity = set_byte(identity, length(identity) - 1,
        get_byte(identity, length(identity) - 1) # 1)
        where id = (select id from client order by id limit 1)`,
    );
    expect((await doctor(right)).text).toContain(
      'look sealed values: riverside: 1 of 2 values looked at cannot be read',
    );
    await right.inOrganisation(
      'riverside',
      (tx) => tx.db.$executeRaw`update client set identity = substring(identity from 1 for 20)`,
    );
    expect((await doctor(right)).text).toMatch(
      /look sealed values: riverside: nothing that key [0-9a-f]{8} sealed can be read$/m,
    );
  });

  it('a master key of zeros is refused at start, and the value is not repeated', () => {
    const zeros = Buffer.alloc(32).toString('base64');
    expect(() => readConfig({ BATON_MASTER_KEY: zeros })).toThrow(ConfigError);
    try {
      readConfig({ BATON_MASTER_KEY: zeros });
    } catch (error) {
      expect(String(error)).toContain('BATON_MASTER_KEY is all zeros');
      expect(String(error)).not.toContain(zeros);
    }
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openHouse, type House } from '../../src/app.ts';
import { doctor } from '../../src/cli/doctor.ts';
import { parseArguments } from '../../src/cli/parse-arguments.ts';
import { wallClock } from '../../src/clock.ts';
import { readConfig } from '../../src/config.ts';
import { silentLog } from '../../src/log.ts';
import { createDatabase, createEmptyDatabase, type TestDatabase } from '../helpers/database.ts';
import { query } from '../store/embedded-fixtures.ts';

const BATON_MASTER_KEY = Buffer.alloc(32, 5).toString('base64');
let database: TestDatabase;
let house: House | undefined;
const look = async (): Promise<House> => {
  house = await openHouse(readConfig({ DATABASE_URL: database.url, BATON_MASTER_KEY }), {
    ...{ clock: wallClock, log: silentLog, looksOnly: true },
  });
  return house;
};
beforeEach(() => {
  house = undefined;
});
afterEach(async () => {
  await house?.close();
  await database.drop();
});

describe('a look with doctor', () => {
  it('migrates nothing, and says what is to be done', async () => {
    database = await createEmptyDatabase();
    const { exit, text } = await doctor.run(await look(), parseArguments([]));
    expect(exit).toBe(1);
    expect(text).toContain(
      'look database: this build wants a newer schema: run npm run -s baton -- migrate, or start the service',
    );
    expect(text).toContain('look organisation: could not be looked at as the database stands');
    expect(
      await query(
        database.url,
        `select count(*)::int as n from pg_class where relname !~ '^(pg|sql)_' and relkind = 'r'`,
      ),
    ).toEqual([{ n: 0 }]);
  });

  it('comes in by connections that refuse to write', async () => {
    database = await createDatabase();
    const { store } = await look();
    const write = store.createOrganisation({ id: 'somebody', name: 'Somebody' });
    await expect(write).rejects.toMatchObject({ code: '25006' });
    expect(await store.organisations()).toEqual([]);
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { openHouse, type House } from '../../src/app.ts';
import { requireSchema } from '../../src/cli/require-schema.ts';
import { wallClock } from '../../src/clock.ts';
import { readConfig } from '../../src/config.ts';
import { silentLog } from '../../src/log.ts';
import { createDatabase, createEmptyDatabase, type TestDatabase } from '../helpers/database.ts';
import { query } from '../store/embedded-fixtures.ts';

const BATON_MASTER_KEY = Buffer.alloc(32, 5).toString('base64');
const wants =
  'Nothing was changed: this build wants a newer schema: run npm run -s baton -- migrate, or start the service.';
let database: TestDatabase;
let house: House | undefined;

const opens = async (schema: 'needs' | 'begins' | 'migrates', dryRun = false): Promise<void> => {
  house = await openHouse(readConfig({ DATABASE_URL: database.url, BATON_MASTER_KEY }), {
    ...{ clock: wallClock, log: silentLog },
    beforeMigrating: (_store, found) => requireSchema({ schema }, { dryRun }, found),
  });
};
const migrations = async (): Promise<number> => {
  const found = await query(database.url, `select to_regclass('_prisma_migrations') is not null as found`);
  if ((found as { found: boolean }[])[0]?.found !== true) return 0;
  return ((await query(database.url, 'select count(*)::int as n from _prisma_migrations')) as { n: number }[])[0]!.n;
};
/** As a version earlier would have left it, as far as the command line looks. */
const forgetNewest = (): Promise<unknown> =>
  query(
    database.url,
    'delete from _prisma_migrations where migration_name = (select max(migration_name) from _prisma_migrations)',
  );

afterEach(async () => {
  await house?.close();
  house = undefined;
  await database.drop();
});

describe('a command that was typed for something else', () => {
  it.each([
    ['needs', false],
    ['begins', false],
    ['begins', true],
  ] as const)('migrates nothing that is in use (%s, dry run: %s), and says what to do', async (schema, dryRun) => {
    database = await createDatabase();
    await forgetNewest();
    const before = await migrations();
    await expect(opens(schema, dryRun)).rejects.toThrow(wants);
    expect(await migrations()).toBe(before);
  });

  it('makes no schema to look at what a file would change, or to write out what is not there', async () => {
    database = await createEmptyDatabase();
    await expect(opens('needs')).rejects.toThrow(wants);
    await expect(opens('begins', true)).rejects.toThrow(wants);
    expect(await migrations()).toBe(0);
  });

  it('begins a database that no Baton has used', async () => {
    database = await createEmptyDatabase();
    await opens('begins');
    expect(await migrations()).toBeGreaterThan(40);
  });

  it('runs on the schema of this version, and refuses that of a newer one', async () => {
    database = await createDatabase();
    await opens('needs');
    await query(
      database.url,
      `insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       values ('9', '', '99990101000000_later', now(), now(), 1)`,
    );
    await house?.close();
    house = undefined;
    await expect(opens('needs')).rejects.toThrow('Nothing was changed: the database belongs to a newer Baton.');
  });
});

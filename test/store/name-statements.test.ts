import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wallClock } from '../../src/clock.ts';
import { randomIds } from '../../src/ids.ts';
import { createStatementNames } from '../../src/store/name-statements.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { createDatabase, type TestDatabase } from '../helpers/database.ts';

describe('names of statements', () => {
  const asked = (sql: string, ...args: unknown[]) => ({ sql, args });

  it('are the same for the same text, and differ for different texts', () => {
    const nameOf = createStatementNames(10);
    const first = nameOf(asked('select $1', 1));
    expect(first).not.toBe('');
    expect(nameOf(asked('select $1', 2))).toBe(first);
    expect(nameOf(asked('select $1, 1', 2))).not.toBe(first);
  });

  it('are given to nothing without values, to no bulk text, and to no more texts than agreed', () => {
    const nameOf = createStatementNames(2);
    expect(nameOf(asked('BEGIN'))).toBe('');
    expect(nameOf(asked(`insert ${'($1), '.repeat(1_000)}`, 1))).toBe('');
    const names = ['select $1', 'select $1, 1', 'select $1, 2'].map((sql) => nameOf(asked(sql, 1)));
    expect(names.map((name) => name !== '')).toEqual([true, true, false]);
    expect(nameOf(asked('select $1, 1', 1))).toBe(names[1]);
  });
});

describe('a statement that the server knows by its name', () => {
  let database: TestDatabase;
  let store: Store;
  beforeAll(async () => {
    database = await createDatabase();
    // One connection: every transaction below meets the statements of those before it.
    store = openStore({
      url: database.url,
      masterKey: new Uint8Array(32).fill(1),
      clock: wallClock,
      ids: randomIds,
      connections: 1,
    });
    for (const id of ['north', 'south']) await store.createOrganisation({ id, name: id });
  });
  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  /** Six times: from the sixth on the server may use one plan for all values. */
  const often = Array.from({ length: 6 });

  it('still shows each organisation its own rows only', async () => {
    for (const _ of often) {
      for (const id of ['north', 'south']) {
        const seen = await store.inOrganisation(
          id,
          (tx) => tx.db.$queryRaw<{ id: string }[]>`select id from organisation where name <> ${'nobody'}`,
        );
        expect(seen).toEqual([{ id }]);
      }
    }
  });

  it('is prepared once', async () => {
    const count = await store.inOrganisation('north', async (tx) => {
      for (const _ of often) await tx.db.$queryRaw`select ${'a mark of this test'}::text as mark`;
      return tx.db.$queryRaw<{ count: number }[]>`
        select count(*)::int as count from pg_prepared_statements where statement like ${'select $1::text as mark%'}`;
    });
    expect(count).toEqual([{ count: 1 }]);
  });

  it('goes on after a column was added to what it reads', async () => {
    const read = () => store.inOrganisation('north', (tx) => tx.db.organisation.findMany({ where: { name: 'north' } }));
    for (const _ of often) await read();
    const owner = new pg.Client({ connectionString: database.url });
    await owner.connect();
    await owner.query('alter table organisation add column of_a_later_version text');
    await owner.end();
    expect(await read()).toMatchObject([{ id: 'north' }]);
  });
});

import { PrismaPg } from '@prisma/adapter-pg';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wallClock } from '../../src/clock.ts';
import { PrismaClient } from '../../src/generated/prisma/client.ts';
import { randomIds } from '../../src/ids.ts';
import { connectAs } from '../../src/store/connect-as.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import type { Database } from '../../src/store/transaction.ts';
import { createDatabase, type TestDatabase } from '../helpers/database.ts';
import { propertyRuns } from '../helpers/property-runs.ts';

/** The same tagged statement, by Prisma itself and by the transactions of the store: nobody may notice which. */
describe('tagged SQL over the driver', () => {
  let database: TestDatabase;
  let store: Store;
  let prisma: PrismaClient;
  beforeAll(async () => {
    database = await createDatabase();
    store = openStore({ url: database.url, masterKey: new Uint8Array(32), clock: wallClock, ids: randomIds });
    const { connectionString, options } = connectAs(database.url, 'baton_worker');
    prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString, options: `${options} -c TimeZone=UTC` }) });
  });
  afterAll(async () => {
    await prisma.$disconnect();
    await store.close();
    await database.drop();
  });
  type Work = (db: Pick<Database, '$queryRaw' | '$executeRaw'>) => Promise<unknown>;
  const both = async (ask: Work): Promise<readonly [unknown, unknown]> => [
    await store.asWorker(ask),
    await ask(prisma),
  ];

  const columns: readonly (readonly [string, Work])[] = [
    ['text and null', (db) => db.$queryRaw`select 'a'::text as a, null::text as b, ''::varchar as c, 'x'::name as d`],
    ['whole numbers', (db) => db.$queryRaw`select 7::int2 as a, -8::int4 as b, 9007199254740993::int8 as c`],
    ['counts', (db) => db.$queryRaw`select count(*) as n, count(*)::int as m from (values (1), (2)) v`],
    ['fractions', (db) => db.$queryRaw`select 1.5::float8 as a, 2.25::float4 as b`],
    ['truth', (db) => db.$queryRaw`select true as a, false as b, null::bool as c`],
    [
      'moments',
      (
        db,
      ) => db.$queryRaw`select timestamptz '2026-11-23 09:00:00.123+05' as a, timestamptz '2026-03-29 01:30:00+00' as b,
                                  timestamp '2026-11-23 09:00:00' as c, null::timestamptz as d`,
    ],
    ['days', (db) => db.$queryRaw`select date '2026-02-28' as a, date '2026-02-28'::text as b`],
    ['bytes', (db) => db.$queryRaw`select '\\x00ff10'::bytea as a, ''::bytea as b, null::bytea as c`],
    [
      'documents',
      (db) => db.$queryRaw`select '{"a": [1, null, "x"]}'::jsonb as a, '[]'::json as b, 'null'::jsonb as c`,
    ],
    ['ids', (db) => db.$queryRaw`select '2f1b6a52-6c1c-4b1e-9d3c-0a1b2c3d4e5f'::uuid as a`],
    [
      'lists',
      (db) => db.$queryRaw`select array['a', null, 'b,"c"']::text[] as a, array[1, 2] as b, array[3::int8, null] as c,
                                  array['{}'::jsonb] as d, array[]::text[] as e, array[true] as f,
                                  array[date '2026-01-02', null] as g, array[timestamptz '2026-01-02 03:04:05+00'] as h`,
    ],
    ['no rows', (db) => db.$queryRaw`select 1 as a where false`],
  ];
  it.each(columns)('reads %s as Prisma does', async (_what, ask) => {
    const [ours, theirs] = await both(ask);
    expect(ours).toStrictEqual(theirs);
  });

  it('hands every value over as Prisma does', async () => {
    const value = fc.record({
      words: fc.string().filter((text) => !text.includes('\0')),
      whole: fc.integer(),
      large: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      yes: fc.boolean(),
      at: fc.date({ min: new Date('1900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true }),
      bytes: fc.uint8Array(),
      list: fc.array(fc.option(fc.string().filter((text) => !text.includes('\0')))),
      many: fc.array(fc.uint8Array({ minLength: 1 })),
      document: fc.json(),
    });
    await fc.assert(
      fc.asyncProperty(value, async (v) => {
        const [ours, theirs] = await both(
          (db) => db.$queryRaw`
            select ${v.words} as words, ${v.whole}::int as whole, ${v.large}::int8 as large, ${v.yes}::bool as yes,
                   ${v.at}::timestamptz as at, ${v.bytes}::bytea as bytes, ${v.list}::text[] as list,
                   ${v.many}::bytea[]::text[] as many, ${v.document}::jsonb as document, ${null}::text as nothing`,
        );
        expect(ours).toStrictEqual(theirs);
      }),
      { numRuns: propertyRuns.usual },
    );
  });

  it('counts the rows it touched', async () => {
    const [ours, theirs] = await both((db) => db.$executeRaw`select 1 from generate_series(1, ${3}::int)`);
    expect([ours, theirs]).toEqual([3, 3]);
  });

  it('refuses what it could only guess', async () => {
    await expect(store.asWorker((db) => db.$queryRaw`select 1.5 as a`)).rejects.toThrow(/cast it/);
    await expect(store.asWorker((db) => db.$queryRaw`select ${undefined}::text`)).rejects.toThrow(/say null/);
  });

  it('never takes a value for a part of the statement', async () => {
    const words = `'; drop table client; -- $1 "`;
    expect(await store.asWorker((db) => db.$queryRaw`select ${words} as a, ${words}::text as b`)).toEqual([
      { a: words, b: words },
    ]);
  });
});

describe('a server that lives in another zone', () => {
  it('keeps the moment that was meant, by tagged SQL and by a model alike', async () => {
    const database = await createDatabase();
    const owner = new pg.Client({ connectionString: database.url });
    await owner.connect();
    await owner.query(
      `do $$ begin execute format('alter database %I set timezone = %L', current_database(), 'America/New_York'); end $$`,
    );
    await owner.end();
    const store = openStore({ url: database.url, masterKey: new Uint8Array(32), clock: wallClock, ids: randomIds });
    try {
      const meant = new Date('2026-07-01T12:00:00.500Z');
      await store.createOrganisation({ id: 'elsewhere', name: 'Elsewhere' }, async ({ db }) => {
        await db.$executeRaw`update organisation set created_at = ${meant}`;
        const [row] = await db.$queryRaw<{ at: Date; text: string }[]>`
          select created_at as at, (created_at at time zone 'UTC')::text as text from organisation`;
        expect(row).toEqual({ at: meant, text: '2026-07-01 12:00:00.5' });
        expect((await db.organisation.findUniqueOrThrow({ where: { id: 'elsewhere' } })).createdAt).toEqual(meant);
      });
    } finally {
      await store.close();
      await database.drop();
    }
  });
});

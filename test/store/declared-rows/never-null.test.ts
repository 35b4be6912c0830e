import { describe, expect, it } from 'vitest';
import { isNeverNull } from './never-null.ts';
import { readBranches, readOptional } from './read-items.ts';

/** `c.code` and `$1` are known never to be null, nothing else is. */
const holds = async (expression: string, rest = 'from client c'): Promise<boolean> => {
  const sql = `select ${expression} as it ${rest}`;
  const [branch] = readBranches(sql);
  return isNeverNull(
    branch?.items[0] ?? [],
    (tokens) => Promise.resolve(['c.code', '$1'].includes(sql.slice(tokens[0]?.start, tokens.at(-1)?.end))),
    branch?.grouped ?? false,
  );
};

describe('an expression', () => {
  it.each([
    "'word'",
    '1',
    'true',
    'c.code',
    '$1::text',
    "c.code || '/' || $1",
    'count(*)::int',
    'count(c.id) filter (where c.tier is null)',
    'row_number() over (order by c.id)',
    'exists (select 1 from team t where t.id = c.team_id)',
    'not exists (select 1)',
    'c.tier is not null',
    'c.tier is distinct from c.status',
    "coalesce(c.tier, 'low')",
    "(coalesce(c.tier, lower('LOW')))::text",
    "case when c.tier is null then 'a' when c.tier = 'low' then c.code else 'b' end",
    'array(select t.id from team t)',
    '(select count(*) from team)',
    "(c.code at time zone 'UTC')::date::text",
    "'it''s' || $1",
  ])('is never null: %s', async (expression) => {
    expect(await holds(expression)).toBe(true);
  });

  it.each([
    'null',
    'c.tier',
    '$2::text',
    "c.code || '/' || c.tier",
    'max(c.code)',
    'array_agg(c.code)',
    'coalesce(c.tier, c.status)',
    "case when c.tier is null then 'a' end",
    "case when c.tier is null then c.tier else 'b' end",
    'c.tier = c.status',
    "(select t.name from team t where t.id = 'a')",
    '(select count(*) from team t group by t.zone)',
    '(select count(*) from team limit 0)',
    "c.preferences ->> 'language'",
    "c.code in ('a', null)",
    'c.code = any($2)',
    'nullif(c.code, $1)',
    'lower(c.tier)',
    '(array[c.code])[2]',
    '-c.tier',
    "(c.tier at time zone 'UTC')::date",
  ])('may be null: %s', async (expression) => {
    expect(await holds(expression)).toBe(false);
  });

  it('of a group that has rows is what its rows are', async () => {
    expect(await holds('max(c.code)', 'from client c group by c.tier')).toBe(true);
    expect(await holds('max(c.code) filter (where c.tier is null)', 'from client c group by c.tier')).toBe(false);
    expect(await holds('array_agg(distinct c.tier order by c.tier)', 'from client c group by c.status')).toBe(true);
  });
});

describe('the branches of a statement', () => {
  const itemsOf = (sql: string): readonly (readonly string[])[] =>
    readBranches(sql).map(({ items }) => items.map((item) => sql.slice(item[0]?.start, item.at(-1)?.end)));

  it.each([
    [
      "select a.id, 'x, y' as words, a.b is distinct from a.c as other from a",
      [['a.id', "'x, y'", 'a.b is distinct from a.c']],
    ],
    ['with x as (select 1, 2) select x.a as from, x.b from x where true', [['x.a', 'x.b']]],
    ['select distinct on (a, b) c, d from e order by f', [['c', 'd']]],
    ['(select a from b) union all select c from d', [['a'], ['c']]],
    ['update a set b = (select 1) where c returning d, e as f', [['d', 'e']]],
    ['insert into a select b, c from d', []],
    ['delete from a -- returning b', []],
  ])('are read: %s', (sql, expected) => {
    expect(itemsOf(sql)).toEqual(expected);
  });

  it('can be asked for one expression alone', () => {
    const ask = (sql: string): readonly string[] => readBranches(sql).map(({ asking }) => asking('z'));
    expect(ask('with w as (select 1) select max(a) as m from w where true group by b order by 1')).toEqual([
      'with w as (select 1) select z from w where true',
    ]);
    expect(ask('select a from b union select c from d limit 1')).toEqual(['select z from b', 'select z from d']);
    expect(ask('update a set b = 1 returning c, d')).toEqual(['update a set b = 1 returning z']);
  });
});

describe('the sides of outer joins', () => {
  it.each([
    ['select 1 from a join b on true', [], [], false],
    ['select 1 from a left join b c on true left outer join d as e on true', ['c', 'e'], ['b', 'd'], false],
    ['select 1 from a left join b on true', ['b'], ['b'], false],
    ['select 1 from a left join lateral (select 1 from b join c on true) d on true', ['d'], ['b', 'c'], false],
    ['with w as (select 1 from b) select 1 from a left join w on true', ['w'], ['w', 'b'], false],
    ['select left(a.b, 2) from a where exists (select 1 from c left join d on true)', ['d'], ['d'], false],
    ['select 1 from a full join b on true', ['b'], ['b'], true],
    ['select a, count(*) from b group by rollup (a)', [], [], true],
  ])('are read: %s', (sql, aliases, tables, unclear) => {
    expect(readOptional(sql)).toEqual({ aliases: new Set(aliases), tables: new Set(tables), unclear });
  });
});

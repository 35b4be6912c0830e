import { readTokens, splitTokens, type Token } from './read-tokens.ts';

/** One `select`, or what a write returns. */
export interface Branch {
  /** The expressions between `select` and `from`, without their names; those of a write after `returning`. */
  readonly items: readonly (readonly Token[])[];
  /** It has one row for each group, and no group is empty. */
  readonly grouped: boolean;
  /** The statement that answers this expression alone, from the same rows, neither grouped nor joined to others. */
  asking(expression: string): string;
}

const verbs = new Set(['select', 'insert', 'update', 'delete', 'values']);
const afterRows = new Set(['group', 'having', 'order', 'limit', 'offset', 'for', 'window', 'fetch']);
const afterItems = new Set(['from', 'where', ...afterRows]);
const sets = new Set(['union', 'except', 'intersect']);

/** What a statement answers with, a branch of a union each. */
export function readBranches(sql: string): readonly Branch[] {
  return branchesOf(sql, readTokens(sql));
}

/** The same of what stands in brackets. */
export function branchesOf(sql: string, tokens: readonly Token[]): readonly Branch[] {
  const bracketed = tokens[0]?.kind === 'brackets';
  const main = tokens.slice(
    bracketed
      ? 0
      : Math.max(
          tokens.findIndex(({ text }) => verbs.has(text)),
          0,
        ),
  );
  const [first] = main;
  if (first === undefined) return [];
  const lead = sql.slice(0, first.start);
  if (first.text !== 'select' && !bracketed) {
    const at = main.findIndex(({ text }) => text === 'returning');
    const returning = main[at];
    if (returning === undefined) return [];
    const asking = (expression: string): string => `${sql.slice(0, returning.end)} ${expression}`;
    return [{ items: itemsOf(main.slice(at + 1)), grouped: false, asking }];
  }
  return splitTokens(main, ({ text }) => sets.has(text)).flatMap((part) => {
    const [head, ...rest] = part[0]?.text === 'all' ? part.slice(1) : part;
    if (head?.kind === 'brackets') return branchesOf(sql, head.inside);
    const ends = (words: ReadonlySet<string>): number => {
      const at = rest.findIndex(({ text }, index) => words.has(text) && !isPart(rest[index - 1]?.text));
      return at === -1 ? rest.length : at;
    };
    const [from, to] = [ends(afterItems), ends(afterRows)];
    const rows = sql.slice(rest[from]?.start ?? sql.length, rest[to - 1]?.end ?? sql.length);
    return [
      {
        items: itemsOf(rest.slice(0, from)),
        grouped: rest[to]?.text === 'group',
        asking: (expression) => `${lead}select ${expression} ${rows}`,
      },
    ];
  });
}

/** `is distinct from`, `within group`, and a column that is called `from`. */
const isPart = (before: string | undefined): boolean => ['distinct', 'within', 'as'].includes(before ?? '');

function itemsOf(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const [first, second] = tokens;
  const skipped = first?.text !== 'distinct' ? 0 : second?.text === 'on' ? 3 : 1;
  return splitTokens(tokens.slice(skipped), ({ text }) => text === ',').map((item) =>
    item.at(-2)?.text === 'as' ? item.slice(0, -2) : item,
  );
}

/** The sides of its outer joins that may stay empty. */
export interface Optional {
  /** What such a side is called in the statement. */
  readonly aliases: ReadonlySet<string>;
  /** Every table that is read there, also within brackets. */
  readonly tables: ReadonlySet<string>;
  /** There is a join or a grouping of which this reading cannot tell. */
  readonly unclear: boolean;
}

const afterTable = new Set([
  ...afterItems,
  'on',
  'using',
  'join',
  'left',
  'inner',
  'cross',
  'set',
  'returning',
  'lateral',
]);

/** Reads left joins anywhere in it. Right and full ones, and several groupings at once, the house does not use. */
export function readOptional(sql: string): Optional {
  const aliases = new Set<string>();
  let unclear = false;
  const tables = new Set<string>();
  const common = commonTables(readTokens(sql));
  const readAll = (tokens: readonly Token[]): void =>
    tokens.forEach((token, at) => {
      if (token.kind === 'brackets') readAll(token.inside);
      else if (/^(from|join|using)$/.test(tokens[at - 1]?.text ?? '')) readTable(token.text);
    });
  const readTable = (name: string): void => {
    if (tables.has(name)) return;
    tables.add(name);
    const body = common.get(name);
    if (body !== undefined) readAll(body);
  };
  const visit = (tokens: readonly Token[]): void => {
    tokens.forEach((token, at) => {
      if (token.kind === 'brackets') return visit(token.inside);
      unclear ||= /^(rollup|cube|grouping)$/.test(token.text);
      const joins = tokens.slice(at + 1, at + 3).some(({ text }) => text === 'join');
      if (!joins || !/^(left|right|full|natural)$/.test(token.text)) return;
      unclear ||= token.text !== 'left';
      const after = tokens.slice(at + 1).filter(({ text }) => text !== 'outer' && text !== 'lateral');
      const [, side, second, third] = after;
      const alias = second?.text === 'as' ? third : second;
      if (side === undefined) return;
      if (side.kind === 'brackets') readAll(side.inside);
      else readTable(side.text);
      const named = alias?.kind === 'word' && !afterTable.has(alias.text) ? alias : side;
      if (named.kind === 'word') aliases.add(named.text);
    });
  };
  visit(readTokens(sql));
  return { aliases, tables, unclear };
}

/** The bodies of `with`, by their names. */
function commonTables(tokens: readonly Token[]): ReadonlyMap<string, readonly Token[]> {
  const found = new Map<string, readonly Token[]>();
  tokens.forEach((token, at) => {
    if (token.kind !== 'brackets') return;
    for (const [name, body] of commonTables(token.inside)) found.set(name, body);
    const before = tokens
      .slice(Math.max(at - 4, 0), at)
      .filter(({ text }) => text !== 'materialized' && text !== 'not');
    const as = before.at(-1)?.text === 'as' ? before.slice(0, -1) : [];
    const name = as.at(-1)?.kind === 'brackets' ? as.at(-2) : as.at(-1);
    if (name?.kind === 'word') found.set(name.text, token.inside);
  });
  return found;
}

import { branchesOf } from './read-items.ts';
import { splitTokens, type Token } from './read-tokens.ts';

/** Asks about a column, or a value like `$1`, that an expression names: true where it cannot be null there. */
export type KnowsName = (tokens: readonly Token[]) => Promise<boolean>;

/** Answers something whatever it is given. */
const always = new Set(['count', 'exists', 'now', 'row_number', 'rank', 'jsonb_build_object', 'json_build_object']);
/** Answers something when one of its arguments is something. */
const anyOf = new Set(['coalesce', 'greatest', 'least', 'concat']);
/** Answers something when all of its arguments are something. */
const allOf = new Set(['lower', 'upper', 'length', 'encode', 'to_char', 'date_trunc', 'md5', 'abs']);
/** Of a group that is never empty, the same. */
const ofGroup = new Set(['min', 'max', 'sum', 'bool_or', 'bool_and']);
/** Of such a group, always: a list has at least the null in it. */
const listsOfGroup = new Set(['array_agg', 'jsonb_agg', 'json_agg']);
const joins = new Set(['and', 'or', '=', '<>', '!=', '<', '>', '<=', '>=', '+', '-', '*', '/', '||']);

/**
 * Whether an expression can be seen to be never null: literals, counts, `exists`, `coalesce` with something certain, tests
 * for null, and what is made of such by operators and casts. What it does not know may be null.
 */
export async function isNeverNull(item: readonly Token[], knows: KnowsName, grouped: boolean): Promise<boolean> {
  const holds = (part: readonly Token[]): Promise<boolean> => isNeverNull(part, knows, grouped);
  const all = async (parts: readonly (readonly Token[])[]): Promise<boolean> => {
    for (const part of parts) if (!(await holds(part))) return false;
    return parts.length > 0;
  };
  const [first, second] = item;
  if (first === undefined) return false;
  if (first.text === 'case' && item.at(-1)?.text === 'end') return all(resultsOfCase(item));
  // Its `and` is none, and an element of a list may be null.
  if (item.some(({ text }) => ['between', 'in', 'any', 'all', 'some', 'case'].includes(text))) return false;
  const isJoin = ({ text, kind }: Token, index: number): boolean =>
    kind !== 'brackets' && (joins.has(text) || isOfZone(item, index));
  const parts = splitTokens(item, isJoin).filter((part, index) => part.length > 0 || index === 0);
  if (parts.length > 1) return all(parts);
  if (first.text === 'not' && second?.text !== undefined) return holds(item.slice(1));
  if (item.some(({ text }) => text === 'is')) return true;
  const cast = item.findLastIndex(({ text }) => text === '::');
  if (cast > 0) return holds(item.slice(0, cast));
  if (item.length === 1) {
    if (first.kind === 'literal' || first.text === 'true' || first.text === 'false') return true;
    if (first.kind === 'brackets' && first.text === '(') return isSure(first.inside, holds);
  }
  if (first.kind === 'word' && second?.kind === 'brackets') {
    if (first.text === 'array' && item.length === 2) return true;
    const rest = item.slice(2).map(({ text }) => text);
    const args = splitTokens(second.inside, ({ text }) => text === ',');
    if (always.has(first.text)) return true;
    if (rest.length > 0) return false;
    if (grouped && listsOfGroup.has(first.text)) return true;
    if (anyOf.has(first.text)) {
      for (const part of args) if (await holds(part)) return true;
      return false;
    }
    return (allOf.has(first.text) || (grouped && ofGroup.has(first.text))) && all(args);
  }
  return item.every(({ kind, text }) => kind === 'word' || text === '.') && knows(item);
}

/** A word of `at time zone`. */
const isOfZone = (item: readonly Token[], index: number): boolean =>
  [index, index - 1, index - 2].some((at) => ['at', 'time', 'zone'].every((word, n) => item[at + n]?.text === word));

/** In brackets: an expression, or a `select` that has one row whatever there is. */
async function isSure(inside: readonly Token[], holds: (item: readonly Token[]) => Promise<boolean>): Promise<boolean> {
  if (inside[0]?.text !== 'select' && inside[0]?.text !== 'with') return holds(inside);
  const [branch, ...others] = branchesOf('', inside);
  const [only] = branch?.items ?? [];
  if (branch === undefined || branch.grouped || only === undefined || others.length > 0) return false;
  if (inside.some(({ text }) => text === 'limit' || text === 'offset' || text === 'having')) return false;
  return only[0]?.text === 'count' && holds(only);
}

/** What follows each `then`, and `else`; nothing where there is no `else`. */
function resultsOfCase(item: readonly Token[]): readonly (readonly Token[])[] {
  const words = item.map(({ text }) => text);
  if (words.lastIndexOf('case') !== 0 || !words.includes('else')) return [];
  return splitTokens(item.slice(1, -1), ({ text }) => ['when', 'then', 'else'].includes(text)).filter(
    (_, index, parts) => {
      const last = parts.length - 1;
      return index === last || (index > 0 && index % 2 === 0);
    },
  );
}

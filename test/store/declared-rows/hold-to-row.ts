import pg from 'pg';
import { columnReaders } from '../../../src/store/sql-values.ts';
import type { Described, DescribedColumn, Describer } from './describe-statement.ts';
import { isNeverNull, type KnowsName } from './never-null.ts';
import { readBranches, readOptional } from './read-items.ts';
import type { Token } from './read-tokens.ts';
import type { Base, DeclaredType, Statement } from './read-statements.ts';

/** What is wrong with a statement. */
export interface Finding {
  readonly statement: Statement;
  /** `null` may be answered by the list of accepted ones, anything else is to be cured. */
  readonly kind: 'parse' | 'name' | 'type' | 'null';
  readonly column: string;
  readonly words: string;
}

/** A value of each type the house reads, as the server writes it: what the driver makes of it is what a row may say. */
const samples: ReadonlyMap<number, string> = new Map([
  [pg.types.builtins.BOOL, 't'],
  [pg.types.builtins.BYTEA, '\\x00'],
  [pg.types.builtins.INT2, '1'],
  [pg.types.builtins.INT4, '1'],
  [pg.types.builtins.INT8, '1'],
  [pg.types.builtins.FLOAT4, '1'],
  [pg.types.builtins.FLOAT8, '1'],
  [pg.types.builtins.NUMERIC, '1'],
  [pg.types.builtins.TEXT, 'a'],
  [pg.types.builtins.VARCHAR, 'a'],
  [pg.types.builtins.UUID, '00000000-0000-0000-0000-000000000000'],
  [pg.types.builtins.DATE, '2026-01-01'],
  [pg.types.builtins.TIMESTAMP, '2026-01-01 00:00:00'],
  [pg.types.builtins.TIMESTAMPTZ, '2026-01-01 00:00:00+00'],
  [pg.types.builtins.JSON, '{}'],
  [pg.types.builtins.JSONB, '{}'],
  // name, void and the lists of text, varchar, int4, int8, float8, bool, uuid, date, timestamptz.
  [19, 'a'],
  [2278, ''],
  [1009, '{a}'],
  [1015, '{a}'],
  [1007, '{1}'],
  [1016, '{1}'],
  [1022, '{1}'],
  [1000, '{t}'],
  [2951, '{00000000-0000-0000-0000-000000000000}'],
  [1182, '{2026-01-01}'],
  [1185, '{"2026-01-01 00:00:00+00"}'],
]);

const documents: ReadonlySet<number> = new Set([pg.types.builtins.JSON, pg.types.builtins.JSONB]);

/** What is not said may be anything, but the driver must be able to read it. */
const unsaid: DeclaredType = { base: 'anything', list: false, mayBeNull: true, mayBeAbsent: false, words: 'unknown' };

/** Holds one statement to the schema, and the row it declares to what the server says it answers. */
export async function holdToRow(statement: Statement, describer: Describer): Promise<readonly Finding[]> {
  const finding = (kind: Finding['kind'], column: string, words: string): Finding => ({
    statement,
    kind,
    column,
    words,
  });
  const described = await describer.describe(statement.text).catch((error: unknown) => String(error));
  if (typeof described === 'string') return [finding('parse', '', described)];
  const row = statement.row ?? new Map(described.columns.map(({ name }) => [name, unsaid]));
  const found: Finding[] = [];
  const names = described.columns.map(({ name }) => name);
  for (const name of row.keys())
    if (!names.includes(name)) found.push(finding('name', name, 'is declared, and the statement has no such column'));
  for (const [index, column] of described.columns.entries()) {
    const { name } = column;
    const declared = row.get(name);
    if (names.indexOf(name) !== index) found.push(finding('name', name, 'stands there twice'));
    if (declared === undefined) {
      found.push(finding('name', name, 'is answered, and not declared'));
      continue;
    }
    const wrong = differs(column.type, declared);
    if (wrong !== undefined) found.push(finding('type', name, wrong));
    if (!declared.mayBeNull && !declared.mayBeAbsent && !(await isCertain(statement, described, index, describer)))
      found.push(finding('null', name, `is declared ${declared.words}, and may be null`));
  }
  return found;
}

function differs(type: number, declared: DeclaredType): string | undefined {
  if (declared.mayBeAbsent) return `is declared ${declared.words}: the driver says null, never undefined`;
  const sample = samples.get(type);
  if (sample === undefined) return `is of type ${type}, which this test has no value of: add one`;
  let value: unknown;
  try {
    value = columnReaders.getTypeParser(type)(sample);
  } catch (error) {
    return String(error);
  }
  if (declared.base === 'anything' && !declared.list) return undefined;
  const isDocument = documents.has(type);
  if (isDocument)
    return declared.base === 'document' || declared.list ? undefined : `is JSON, declared ${declared.words}`;
  const element: unknown = Array.isArray(value) ? value[0] : value;
  const base = baseOfValue(element);
  const fits = Array.isArray(value) === declared.list && (declared.base === base || declared.base === 'anything');
  return fits ? undefined : `is ${base}${Array.isArray(value) ? '[]' : ''}, declared ${declared.words}`;
}

function baseOfValue(value: unknown): Base {
  if (value instanceof Date) return 'Date';
  if (value instanceof Uint8Array) return 'Uint8Array';
  const type = typeof value;
  return type === 'string' || type === 'number' || type === 'bigint' || type === 'boolean' ? type : 'document';
}

/** Whether the column at `index` can be seen never to be null. */
async function isCertain(
  { text, isGiven }: Statement,
  { columns, parameters }: Described,
  index: number,
  describer: Describer,
): Promise<boolean> {
  const optional = readOptional(text);
  const stays = ({ origin, notNull }: DescribedColumn, [alias, dot]: readonly Token[]): boolean => {
    if (origin === undefined || !notNull || optional.unclear) return false;
    const [table = ''] = origin.split('.');
    const through = dot?.text === '.' ? alias?.text : undefined;
    if (through === undefined) return !optional.tables.has(table);
    return !optional.aliases.has(through) && (isNameOf(text, through, table) || !optional.tables.has(table));
  };
  const branches = readBranches(text);
  const [column] = columns.slice(index, index + 1);
  // Whoever asks for `*` has columns, and no expressions.
  if (column === undefined || branches.some(({ items }) => items.length !== columns.length))
    return column !== undefined && stays(column, []);
  for (const { items, grouped, asking } of branches) {
    const knows: KnowsName = async (tokens) => {
      const words = text.slice(tokens[0]?.start, tokens.at(-1)?.end);
      if (words.startsWith('$')) return isGiven(words);
      const [probed] = (await describer.describe(asking(words), parameters).catch(() => undefined))?.columns ?? [];
      return probed !== undefined && stays(probed, tokens);
    };
    if (!(await isNeverNull(items[index] ?? [], knows, grouped))) return false;
  }
  return branches.length > 0;
}

/** The alias stands for the table itself, not for something in brackets that reads it. */
function isNameOf(sql: string, alias: string, table: string): boolean {
  return alias === table || new RegExp(`\\b${table}\\s+(as\\s+)?${alias}\\b`, 'i').test(sql);
}

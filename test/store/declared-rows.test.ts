import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../helpers/database.ts';
import { readSources } from '../house/read-sources.ts';
import { acceptedNulls, type Accepted } from './declared-rows/accepted-nulls.ts';
import { openDescriber, type Describer } from './declared-rows/describe-statement.ts';
import { holdToRow, type Finding } from './declared-rows/hold-to-row.ts';
import { readStatements, type Statement } from './declared-rows/read-statements.ts';

const tags = ['.$queryRaw', '.$executeRaw', '.$writeRaw'];
const plantedFile = 'test/store/declared-rows/planted.ts';
const checkout = path.resolve(import.meta.dirname, '../..');

/**
 * What a statement answers is declared by whoever writes it, and nobody else looks. Here the server says what it answers:
 * each statement is parsed and described against the schema of today, and none is run.
 */
describe('every tagged statement of src', () => {
  let database: TestDatabase;
  let describer: Describer;
  let statements: readonly Statement[];
  let planted: readonly Statement[];
  let found: readonly Finding[];
  const sources = readSources(checkout, 'src').filter(({ uses }) => tags.some((tag) => uses.includes(tag)));

  const holdAll = async (some: readonly Statement[]): Promise<readonly Finding[]> => {
    const all: Finding[] = [];
    for (const statement of some) all.push(...(await holdToRow(statement, describer)));
    return all;
  };

  beforeAll(async () => {
    database = await createDatabase();
    describer = await openDescriber(database.url);
    const files = sources.map(({ file }) => file);
    const all = readStatements(checkout, [...files, plantedFile]);
    planted = all.filter(({ file }) => file === plantedFile);
    statements = all.filter(({ file }) => file !== plantedFile);
    found = await holdAll(statements);
  });
  afterAll(async () => {
    await describer.close();
    await database.drop();
  });

  it('is read: no statement is sent in another form', () => {
    const used = sources.flatMap(({ uses }) => uses.filter((use) => tags.includes(use)));
    expect(statements).toHaveLength(used.length);
    expect(statements.filter(({ row }) => row !== undefined).length).toBeGreaterThan(200);
  });

  it('parses, and answers the columns, types and nulls that its row declares', () => {
    expect(found.filter((one) => !isAccepted(one)).map(say)).toEqual([]);
  });

  it('needs every entry of the list of accepted nulls', () => {
    expect(unneeded(acceptedNulls, found)).toEqual([]);
    const longer = { ...acceptedNulls, 'src/audit/write.ts': { 'write.at': 'because' } };
    expect(unneeded(longer, found)).toEqual(['src/audit/write.ts write.at']);
  });

  it('is found wanting where it is not so', async () => {
    const wrong = await holdAll(planted);
    expect(wrong.map(({ statement, kind, column }) => `${statement.within}: ${kind} ${column}`.trim())).toEqual([
      'goneTable: parse',
      'goneColumn: parse',
      'otherName: name called',
      'otherName: name name',
      'leftOut: name note',
      'twice: name id',
      'otherType: type id',
      'large: type count',
      'oneOfMany: type roles',
      'words: type policies',
      'absent: type zone',
      'exact: type fte',
      'expected: type on',
      'expected: null on',
      'mayBeNull: null zone',
      'computed: null last',
      'computed: null at',
      'joined: null team',
      'within: null code',
      'common: null code',
      'oneHalf: null id',
    ]);
  });
});

const isAccepted = ({ statement, kind, column }: Finding): boolean =>
  kind === 'null' && acceptedNulls[statement.file]?.[`${statement.within}.${column}`] !== undefined;

const say = ({ statement, column, words }: Finding): string =>
  `${statement.file}:${statement.line} ${statement.within}: ${column} ${words}`;

const unneeded = (list: Accepted, found: readonly Finding[]): readonly string[] =>
  Object.entries(list).flatMap(([file, entries]) =>
    Object.keys(entries)
      .filter(
        (entry) =>
          !found.some(
            ({ statement, kind, column }) =>
              kind === 'null' && statement.file === file && `${statement.within}.${column}` === entry,
          ),
      )
      .map((entry) => `${file} ${entry}`),
  );

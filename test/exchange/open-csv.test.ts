import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import type { CsvOptions } from '../../src/exchange/csv/open-csv.ts';
import { readCsv, type CsvTable } from '../helpers/read-csv.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16 = (text: string, endian: 'le' | 'be'): Uint8Array => {
  const bytes = Buffer.from(`\u{feff}${text}`, 'utf16le');
  return endian === 'le' ? bytes : bytes.swap16();
};
const table = (bytes: Uint8Array, options?: CsvOptions): CsvTable => {
  const read = readCsv(bytes, options);
  if ('problem' in read) throw new Error(read.problem.code);
  return read;
};
const problem = (bytes: Uint8Array, options?: CsvOptions): { code: string; sentence: string; row?: number } => {
  const read = readCsv(bytes, options);
  if (!('problem' in read)) throw new Error('read without a problem');
  return read.problem;
};
const cells = (bytes: Uint8Array, options?: CsvOptions): (readonly string[])[] => {
  const { header, records } = table(bytes, options);
  return [header, ...records.map((record) => record.cells)];
};

describe('a file is read whatever program wrote it', () => {
  const text = 'Name,Note\r\nZoë,"one\r\ntwo"\r\n';
  const expected = [
    ['Name', 'Note'],
    ['Zoë', 'one\r\ntwo'],
  ];

  test.each([
    ['plain UTF-8', utf8(text)],
    ['UTF-8 with a byte order mark', utf8(`\u{feff}${text}`)],
    ['UTF-16 little endian', utf16(text, 'le')],
    ['UTF-16 big endian', utf16(text, 'be')],
    ['a separator note before the header', utf8(`sep=,\r\n${text}`)],
  ])('%s', (_name, bytes) => {
    expect(cells(bytes)).toEqual(expected);
  });

  test('LF, CRLF and CR may be mixed', () => {
    expect(cells(utf8('a,b\n1,2\r\n3,4\r5,6'))).toEqual([
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
      ['5', '6'],
    ]);
  });

  test.each([',', ';', '\t'])('columns separated by %j are found from the header', (delimiter) => {
    const lines = [`"a, b; c"${delimiter}d`, `1${delimiter}2`].join('\n');
    expect(cells(utf8(lines))).toEqual([
      ['a, b; c', 'd'],
      ['1', '2'],
    ]);
  });

  test('a separator note wins over what the header looks like', () => {
    expect(cells(utf8('sep=;\na,b;c\n1,2;3\n'))).toEqual([
      ['a,b', 'c'],
      ['1,2', '3'],
    ]);
  });

  test('records are numbered with the header as 1; blank lines count, line breaks in cells do not', () => {
    const { records } = table(utf8('a,b\n"x\ny",1\n\n,\nz,2\n'));
    expect(records.map(({ row, cells: [first] }) => [row, first])).toEqual([
      [2, 'x\ny'],
      [3, ''],
      [4, ''],
      [5, 'z'],
    ]);
  });

  test('records may be shorter or longer than the header', () => {
    expect(cells(utf8('a,b\n1\n1,2,3\n'))).toEqual([['a', 'b'], ['1'], ['1', '2', '3']]);
  });

  test('Windows-1252 is read when asked for, and only then', () => {
    const bytes = Buffer.from([...utf8('Name\n'), 0x4d, 0xfc, 0x6c, 0x80]);
    expect(problem(bytes).code).toBe('not-utf8');
    expect(cells(bytes, { windows1252: true })).toEqual([['Name'], ['Mül€']]);
    expect(cells(utf8('Name\nMül'), { windows1252: true })).toEqual([['Name'], ['Mül']]);
  });

  test('a header that begins with the letters PK is no workbook', () => {
    expect(cells(utf8('PK,Name\n1,x'))).toEqual([
      ['PK', 'Name'],
      ['1', 'x'],
    ]);
  });
});

describe('a file that cannot be understood is refused as a whole', () => {
  test.each([
    ['nothing in it', utf8(''), 'empty-file', undefined],
    ['only blank lines', utf8('\u{feff}\r\n \r\n'), 'empty-file', undefined],
    ['a workbook under another name', Buffer.from('PK\u0003\u0004rest of it'), 'looks-like-xlsx', undefined],
    ['an empty zip', Buffer.from('PK\u0005\u0006'), 'looks-like-xlsx', undefined],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'looks-like-xls', undefined],
    ['bytes that are not UTF-8', Buffer.from([0x61, 0x2c, 0xff, 0x0a]), 'not-utf8', undefined],
    ['UTF-16 cut in the middle of a letter', utf16('ab', 'le').slice(0, 5), 'not-utf16', undefined],
    ['UTF-16 without its mark', Buffer.from('a,b\n', 'utf16le'), 'contains-nul', undefined],
    ['a quotation mark never closed', utf8('a,b\n1,2\n3,"secret\n5,6\n'), 'unclosed-quote', 3],
    ['a quotation mark closed by the next one', utf8('a,b\n1,"secret\n3,"x"\n'), 'unclosed-quote', 2],
    ['a quotation mark in the middle of a cell', utf8('a,b\n1,2\n3,5" secret\n'), 'stray-quote', 3],
  ])('%s', (_name, bytes, code, row) => {
    const refused = problem(bytes);
    expect(refused.code).toBe(code);
    expect(refused.row).toBe(row);
    expect(refused.sentence).not.toContain('secret');
    expect(refused.sentence).toMatch(/\.$/);
  });

  test('more bytes than the limit', () => {
    expect(problem(utf8('a,b\n1,2\n'), { maxBytes: 7 }).code).toBe('too-large');
    expect(table(utf8('a,b\n1,2\n'), { maxBytes: 8 }).records).toHaveLength(1);
  });

  test('exactly the most columns are read, one more is not, wherever it stands', () => {
    const wide = (columns: number): string => Array.from({ length: columns }, () => 'x').join(',');
    expect(table(utf8(wide(200))).header).toHaveLength(200);
    expect(problem(utf8(wide(201)))).toMatchObject({ code: 'too-many-columns', row: 1 });
    expect(problem(utf8(`a\n"b\nc"\n${wide(201)}`))).toMatchObject({ code: 'too-many-columns', row: 3 });
  });

  test('a million columns', () => {
    expect(problem(utf8(','.repeat(1_000_000)))).toMatchObject({ code: 'too-many-columns', row: 1 });
  });

  test('commas inside a quoted note are no columns', () => {
    expect(table(utf8(`a,b\n1,"${','.repeat(500)}"\n`)).records).toHaveLength(1);
  });

  test('exactly the most records are read, one more is not', () => {
    expect(table(utf8('a\n1\n2\n'), { maxRecords: 2 }).records).toHaveLength(2);
    expect(problem(utf8('a\n1\n2\n3'), { maxRecords: 2 }).code).toBe('too-many-rows');
  });
});

describe('a long file is read piece by piece, the same as in one', () => {
  const note = (row: number): string => (row % 3 === 0 ? `"Zoë said\r\n""${'ü€'.repeat(row % 50)}"""` : `plain ${row}`);
  const long = (lineEnd: string): string =>
    Array.from({ length: 2_500 }, (_, row) => `${row},${note(row)},x${lineEnd}`).join('');
  const whole = (text: string): string[][] => parse(text, { record_delimiter: ['\r\n', '\n', '\r'] });

  test.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('with %s, wherever a piece ends', (_name, lineEnd) => {
    const text = long(lineEnd);
    expect(cells(utf8(text))).toEqual(whole(text));
    expect(cells(utf16(text, 'le'))).toEqual(whole(text));
    // The same moved by one byte after the other, so that pieces end inside letters, line ends and quotation marks.
    for (let moved = 1; moved < 10; moved += 1) {
      const shifted = `${'s'.repeat(moved)}${text}`;
      expect(cells(utf8(shifted)).at(-1)).toEqual(whole(text).at(-1));
      expect(cells(utf8(shifted))).toHaveLength(2_500);
    }
  });

  test('a fault far down is told by its row', () => {
    expect(problem(utf8(`${long('\r\n')}1,2" secret,3\r\n`))).toMatchObject({ code: 'stray-quote', row: 2_501 });
    expect(problem(utf8(`${long('\n')}1,"secret,3\n${long('\n')}`))).toMatchObject({
      code: 'unclosed-quote',
      row: 2_501,
    });
    expect(problem(utf8(`${long('\n')}${','.repeat(300)}\n`))).toMatchObject({ code: 'too-many-columns', row: 2_501 });
  });

  test('one record without an end, as long as the file may be, is refused in no time', () => {
    expect(problem(utf8(`a,b\n"${'x,'.repeat(1_000_000)}`)).code).toBe('unclosed-quote');
  });
});

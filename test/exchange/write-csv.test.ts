import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defuseCell, undefuseCell } from '../../src/exchange/csv/defuse-cell.ts';
import { readCsv } from '../helpers/read-csv.ts';
import { writeCsv } from '../../src/exchange/csv/write-csv.ts';
import { propertyRuns } from '../helpers/property-runs.ts';

const parsed = (text: string): (readonly string[])[] => {
  const read = readCsv(new TextEncoder().encode(text));
  if ('problem' in read) throw new Error(read.problem.code);
  return [read.header, ...read.records.map(({ cells }) => cells)];
};

describe('writing CSV', () => {
  test('follows RFC 4180: commas, CRLF, doubled quotation marks', () => {
    expect(
      writeCsv(
        ['a', 'b'],
        [
          ['x, y', 'say "hi"'],
          ['1\n2', undefined],
          [7, false],
        ],
      ),
    ).toBe('a,b\r\n"x, y","say ""hi"""\r\n"1\n2",\r\n7,false\r\n');
  });

  test('one empty cell alone is not a blank line', () => {
    expect(writeCsv(['a'], [[''], [null]])).toBe('a\r\n""\r\n""\r\n');
  });

  test('a byte order mark only when asked for', () => {
    expect(writeCsv(['a'], [], { byteOrderMark: true })).toBe('\u{feff}a\r\n');
  });

  test.each(['=1+1', '+1 555', '-4', '@SUM(A1)', '\tx', '\rx', '\nx'])('%j is defused and comes back', (cell) => {
    expect(defuseCell(cell)).toBe(`'${cell}`);
    expect(undefuseCell(`'${cell}`)).toBe(cell);
  });

  test('a cell that looks defused already comes back as it was', () => {
    expect(defuseCell("'=1")).toBe("''=1");
    expect(undefuseCell("''=1")).toBe("'=1");
  });

  test.each(["O'Neill", "'Abd", "'", '', 'a=b', '1-2'])('%j is left alone both ways', (cell) => {
    expect(defuseCell(cell)).toBe(cell);
    expect(undefuseCell(cell)).toBe(cell);
  });

  test('a negative number is defused like any cell', () => {
    expect(writeCsv(['n'], [[-4]])).toBe("n\r\n'-4\r\n");
  });
});

describe('properties of written CSV', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', '\n', '"', ',', ';', ' ', 'é', 'x') }),
  );
  const clean = cell.filter((text) => !text.includes('\0'));

  test('whatever is written is read back the same', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }).chain((width) => {
          const record = fc.array(clean, { minLength: width, maxLength: width });
          return fc.tuple(record, fc.array(record, { maxLength: 6 }));
        }),
        ([header, rows]) => {
          // The header decides the delimiter, so it is one that names columns.
          const names = header.map((_, index) => `column ${index}`);
          expect(parsed(writeCsv(names, [header, ...rows]))).toEqual([names, header, ...rows]);
        },
      ),
      { numRuns: propertyRuns.usual },
    );
  });

  test('no written cell begins with what a spreadsheet would run', () => {
    fc.assert(
      fc.property(clean, (text) => {
        expect(defuseCell(text)).not.toMatch(/^[=+\-@\t\r\n]/);
        expect(undefuseCell(defuseCell(text))).toBe(text);
      }),
      { numRuns: propertyRuns.usual },
    );
  });

  test('any bytes are read or refused, never thrown on', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          cell.map((text) => new TextEncoder().encode(text)),
        ),
        (bytes) => {
          const read = readCsv(bytes);
          expect('problem' in read ? read.problem.sentence.length : read.header.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: propertyRuns.usual },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findDateOrder, readImportDate, type DateUse } from '../../src/care/caseloads/read-import-date.ts';
import { propertyRuns } from '../helpers/property-runs.ts';

const today = '2026-11-22';
/** Reads the first cell in a file that also holds the others. */
const read = (cell: string, use: DateUse = 'other', others: readonly string[] = [], habit?: 'mdy' | 'dmy'): string => {
  const file = [cell, ...others].map((each) => ({ cell: each, use }));
  const result = readImportDate(cell, use, today, findDateOrder(file, today, habit));
  return 'date' in result ? result.date : result.code;
};
const american = ['12/25/2026'];
const british = ['25/12/2026'];

describe('one date', () => {
  test.each([
    ['2026-12-03', '2026-12-03'],
    ['2026/12/3', '2026-12-03'],
    ['2026-12-03T00:00:00Z', '2026-12-03'],
    ['2026-12-03 00:00:00', '2026-12-03'],
    ['3-Dec-2026', '2026-12-03'],
    ['3 December 2026', '2026-12-03'],
    ['Dec 3, 2026', '2026-12-03'],
    ['12/3/2026 0:00', '2026-12-03'],
    ['12/03/26', '2026-12-03'],
    ['2/29/2028', '2028-02-29'],
    ['2/29/2027', 'invalid-date'],
    ['2/30/1988', 'invalid-date'],
    ['13/13/2020', 'invalid-date'],
    ['0/1/2020', 'invalid-date'],
    ['1899-12-31', 'invalid-date'],
    ['9999-12-31', 'invalid-date'],
    ['12/3/026', 'invalid-date'],
    ['12/3-2026', 'invalid-date'],
    ['3 Marble 2026', 'invalid-date'],
    ['46000', 'invalid-date'],
    ['2026-12-03 14:30', 'invalid-date'],
    ['soon', 'invalid-date'],
    ['١٢/٣/٢٠٢٦', 'invalid-date'],
  ])('%s is %s in an American file', (cell, expected) => {
    expect(read(cell, 'other', american)).toBe(expected);
  });

  test('two digits of a birth year name the latest year that has been', () => {
    expect(read('11/22/26', 'birth', american)).toBe('2026-11-22');
    expect(read('11/23/26', 'birth', american)).toBe('1926-11-23');
    expect(read('2/29/24', 'birth', american)).toBe('2024-02-29');
    expect(read('12/4/59', 'birth', american)).toBe('1959-12-04');
    expect(read('12/4/59', 'other', american)).toBe('2059-12-04');
  });
});

describe('which part is the month', () => {
  test('shows in the whole file', () => {
    expect(read('3/4/2026', 'other', american)).toBe('2026-03-04');
    expect(read('3/4/2026', 'other', british)).toBe('2026-04-03');
  });

  test('does not matter when both are the same', () => {
    expect(read('5/5/2026')).toBe('2026-05-05');
  });

  test('is never guessed when nothing shows it', () => {
    expect(read('3/4/2026')).toBe('ambiguous-date');
    expect(read('3/4/2026', 'other', ['2026-12-25', '2/30/2026', '5/5/2026'])).toBe('ambiguous-date');
  });

  test("is the organisation's habit when nothing in the file shows it, and only then", () => {
    expect(read('3/4/2026', 'other', [], 'dmy')).toBe('2026-04-03');
    expect(read('3/4/2026', 'other', american, 'dmy')).toBe('2026-03-04');
  });

  test('a date of the other order is refused, the rest of the file is not', () => {
    const nine = Array.from({ length: 9 }, () => '12/25/2026');
    expect(read('25/12/2026', 'other', nine)).toBe('invalid-date');
    expect(read('3/4/2026', 'other', [...nine, '25/12/2026'])).toBe('2026-03-04');
  });

  test('when more than one in ten contradict, dates that can be read both ways are asked back', () => {
    const eight = Array.from({ length: 8 }, () => '12/25/2026');
    expect(read('3/4/2026', 'other', [...eight, '25/12/2026'])).toBe('ambiguous-date');
    expect(read('12/25/2026', 'other', [...eight, '25/12/2026'])).toBe('2026-12-25');
  });

  test('a file that contradicts itself evenly shows nothing', () => {
    expect(read('12/25/2026', 'other', british)).toBe('ambiguous-date');
    expect(read('25/12/2026', 'other', american)).toBe('ambiguous-date');
    expect(read('2026-12-25', 'other', [...american, ...british])).toBe('2026-12-25');
  });
});

test('every day from 1900 to 2099 is read back from every unambiguous style', () => {
  const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(day, (date) => {
      const iso = date.toISOString().slice(0, 10);
      const [year = '', month = '', dayOfMonth = ''] = iso.split('-');
      expect(read(iso)).toBe(iso);
      expect(read(`${Number(month)}/${Number(dayOfMonth)}/${year}`, 'other', ['12/25/2026', '12/26/2026'])).toBe(iso);
      const british = Array.from({ length: 9 }, () => '25.12.2026');
      expect(read(`${dayOfMonth}.${month}.${year}`, 'other', british)).toBe(iso);
    }),
    { numRuns: propertyRuns.usual },
  );
});

test('any text is read or refused, never thrown on', () => {
  const piece = fc.constantFrom('1', '12', '2026', '/', '-', '.', ' ', 'Dec', ',', 'T00:00', 'x');
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece).map((pieces) => pieces.join('')),
      ),
      (cell) => {
        expect(read(cell, 'birth', american)).toMatch(/^(19|20)\d\d-\d\d-\d\d$|^(invalid|ambiguous)-date$/);
      },
    ),
    { numRuns: propertyRuns.usual },
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readMinutes } from '../../src/chat/read-minutes.ts';

test.each([
  ['15', 15],
  ['15m', 15],
  ['15M', 15],
  ['90min', 90],
  ['20mins', 20],
  ['20minutes', 20],
  ['1h', 60],
  ['2hrs', 120],
  ['1hour', 60],
  ['1h15', 75],
  ['1h15m', 75],
  ['1h05', 65],
  ['0h15', 15],
  ['24h', 1440],
  ['1440', 1440],
  ['1', 1],
])('%s is %d minutes', (word, value) => {
  expect(readMinutes(word)).toEqual({ is: 'yes', value });
});

test.each([
  ...['0', '0m', '0h', '1441', '1441m', '24h01', '25h', '100000', '999999999'],
  ...['-5', '-15m', '+15m', '-1h', '1e3', '1E3', '1e-3', '15e+2m', 'NaN', 'Infinity', '-Infinity'],
  ...['1.5', '1,5', '1.5h', '1,5h', '15.0m', '1:30', '1h75', '1h60'],
  ...['١٥', '१५m', '１５', '١h١٥'],
])('%s is refused as minutes in one kind sentence', (word) => {
  expect(readMinutes(word)).toEqual({
    is: 'wrong',
    code: 'invalid-minutes',
    sentence: 'Minutes are whole, from 1 to 1,440: for example 15m or 1h15.',
  });
});

test.each(['phone', 'K7T2-9', '12/3', '2026-12-03', '+3d', 'm', 'h', '', 'nan', '2,1,0,3', '15x', '1'.repeat(200)])(
  '%s is no minutes at all and left to others',
  (word) => {
    expect(readMinutes(word)).toEqual({ is: 'no' });
  },
);

test('every whole number of minutes of a day is read in each of its spellings', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1440 }), (minutes) => {
      const rest = String(minutes % 60).padStart(2, '0');
      for (const word of [`${minutes}`, `${minutes}m`, `${Math.floor(minutes / 60)}h${rest}`]) {
        expect(readMinutes(word)).toEqual({ is: 'yes', value: minutes });
      }
    }),
  );
});

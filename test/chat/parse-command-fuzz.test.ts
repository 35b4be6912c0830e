import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isTooLong, tokeniseCommand } from '../../src/chat/tokenise-command.ts';
import { parseCommand } from '../../src/chat/parse-command.ts';
import { aReading, logArguments, parseLog } from './log-arguments.ts';
import { propertyRuns } from '../helpers/property-runs.ts';

const ours = [
  'K7T2-9',
  'K7T2-8',
  'k7t29',
  'phone',
  'no',
  'show',
  'reached',
  '15m',
  '1h',
  'fu',
  'on',
  'with',
  '@U0JON',
  'fri',
  '12/3',
  '+3d',
  '+130bd',
  '2026-12-03',
  'К7Т2-9',
  'Maria',
  'Lopez',
  '1e3',
  '-5',
  '🙂',
  '<!channel>',
  '__proto__',
  'constructor',
];
const junk = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc
    .array(fc.oneof(fc.constantFrom(...ours), fc.string({ maxLength: 12 })), { maxLength: 25 })
    .map((words) => words.join(' ')),
);

test('any text is parsed without an error, and every word is taken, refused or counted', () => {
  fc.assert(
    fc.property(junk, (text) => {
      const parsed = parseLog(text);
      expect(parsed.leftover).toBeGreaterThanOrEqual(parsed.unknown.length);
      expect(Object.keys(logArguments)).toEqual(expect.arrayContaining(Object.keys(parsed.values)));
      if (tokeniseCommand(text).length > 0 && Object.keys(parsed.values).length === 0) {
        expect(parsed.leftover + parsed.problems.length).toBeGreaterThan(0);
      }
      for (const { argument } of parsed.problems) expect(parsed.values).not.toHaveProperty(argument);
    }),
    { numRuns: 10 * propertyRuns.usual },
  );
});

test('the order of words that stand alone does not matter', () => {
  const words = ['K7T2-9', 'phone', 'reached', '15m', 'fu fri', 'on yesterday', 'with @U0JON'];
  fc.assert(
    fc.property(fc.shuffledSubarray(words), (order) => {
      const sorted = [...order].sort();
      expect(parseLog(order.join(' '))).toEqual(parseLog(sorted.join(' ')));
    }),
  );
});

/** The work done, counted instead of timed: how often any argument was asked to read a word. */
function countReadings(words: readonly string[]): number {
  let readings = 0;
  const counted = Object.fromEntries(
    Object.entries(logArguments).map(([name, argument]) => [
      name,
      {
        ...argument,
        kind: {
          ...argument.kind,
          read: (word: string, reading: Parameters<typeof argument.kind.read>[1]) => {
            readings += 1;
            return argument.kind.read(word, reading);
          },
        },
      },
    ]),
  );
  parseCommand(words, counted, aReading());
  return readings;
}

test.each([
  'a',
  'phone',
  'zzzzzz',
  '12/3',
  'fu 12/3',
  'fu +130bd',
  'K7T2-9 M4XR-1',
  'no',
  '5',
  'fu',
  'with @U0JON',
  '-',
  'Maria',
])('a long line of “%s” costs no more than a bounded number of readings', (words) => {
  const line = tokeniseCommand(`${words} `.repeat(4000));
  expect(line.length).toBeGreaterThan(300);
  expect(countReadings(line)).toBeLessThan(40 * 3 * Object.keys(logArguments).length);
});

test('one huge word and forty thousand characters are read in bounded time', () => {
  for (const text of [
    'a'.repeat(40_000),
    '1'.repeat(40_000),
    '-'.repeat(40_000),
    "'".repeat(40_000),
    '\u0301'.repeat(40_000),
    '1h'.repeat(20_000),
    '.,'.repeat(20_000),
  ]) {
    expect(isTooLong(text)).toBe(true);
    expect(parseLog(text).values).toEqual({});
  }
});

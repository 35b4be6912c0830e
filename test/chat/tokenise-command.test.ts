import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isTooLong, LONGEST_COMMAND, tokeniseCommand } from '../../src/chat/tokenise-command.ts';
import { propertyRuns } from '../helpers/property-runs.ts';

test.each([
  ['an empty line has no words', '', []],
  ['white space alone has no words', ' \t\n\u00A0\u3000 ', []],
  ['words keep their case', 'Log K7T2-9 Phone', ['Log', 'K7T2-9', 'Phone']],
  ['NUL and controls vanish inside a word', 'K7T2\u0000-9 pho\u0007ne', ['K7T2-9', 'phone']],
  ['bidi controls vanish', '\u202EK7T2-9\u202C \u2066phone\u2069', ['K7T2-9', 'phone']],
  ['zero-width characters vanish', 'K7\u200BT2\u200D-9\uFEFF pho\u2060ne', ['K7T2-9', 'phone']],
  ['soft hyphens and variation selectors vanish', 'vis\u00ADit reached\uFE0F', ['visit', 'reached']],
  ['smart quotes around a word are taken off', '“K7T2-9” ‘phone’ «15m»', ['K7T2-9', 'phone', '15m']],
  ['a smart apostrophe inside a word becomes plain', 'O’Neill', ["O'Neill"]],
  ['code quotes are taken off', '`log K7T2-9 phone`', ['log', 'K7T2-9', 'phone']],
  ['dashes of phones become plain', 'K7T2–9 no‑show −5', ['K7T2-9', 'no-show', '-5']],
  [
    'newlines, tabs and no-break spaces separate',
    'log\nK7T2-9\tphone\u00A0reached\u202F15m',
    ['log', 'K7T2-9', 'phone', 'reached', '15m'],
  ],
  [
    'commas of a list are taken off, inside a word they stay',
    'phone, reached; 2,1,0 1.5.',
    ['phone', 'reached', '2,1,0', '1.5'],
  ],
  ['composed and decomposed letters are the same word', 'Zoe\u0301', ['Zoé']],
  ['halves of surrogate pairs vanish', 'a\uD83Db', ['ab']],
  ['emoji stay a word', '🙂 👍', ['🙂', '👍']],
])('%s', (_, text, words) => {
  expect(tokeniseCommand(text)).toEqual(words);
});

test('only the first 4,000 characters are read, and the rest is declared too long', () => {
  const text = 'a '.repeat(LONGEST_COMMAND);
  expect(isTooLong(text)).toBe(true);
  expect(tokeniseCommand(text)).toHaveLength(LONGEST_COMMAND / 2);
  expect(isTooLong('a'.repeat(LONGEST_COMMAND))).toBe(false);
});

test('no word holds anything invisible or any white space, and reading a word again changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      for (const word of tokeniseCommand(text)) {
        expect(word).not.toMatch(/[\s\p{Cc}\p{Cf}\p{Cs}]/u);
        expect(word).not.toBe('');
      }
    }),
    { numRuns: propertyRuns.usual },
  );
});

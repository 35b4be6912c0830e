import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countSlips, suggestWord } from '../../src/chat/suggest-word.ts';

const words = ['phone', 'video', 'visit', 'text', 'reached', 'refused', 'no-show', 'no-answer', 'on'];

test.each([
  ['phne', 'phone'],
  ['phoen', 'phone'],
  ['Reachd', 'reached'],
  ['txet', 'text'],
  ['noshow', 'no-show'],
  ['vidoe', 'video'],
  ['refusedd', 'refused'],
  ['reac', 'reached'],
  ['no-a', 'no-answer'],
])('%s asks for %s', (typed, meant) => {
  expect(suggestWord(typed, words)).toBe(meant);
});

test.each([
  ['two slips in a short word are another word', 'tixa'],
  ['three slips are another word', 'rxaxhxd'],
  ['one or two letters mean nothing', 'o'],
  ['short words are never suggested', 'in'],
  ['a beginning of two words is none of them', 'no-'],
  ['nothing', ''],
  ['a long word costs nothing', 'phone'.repeat(1000)],
])('%s', (_, typed) => {
  expect(suggestWord(typed, words)).toBeUndefined();
});

test('two equally near words are not chosen between, unless one begins with what was typed', () => {
  expect(suggestWord('cart', ['card', 'cars'])).toBeUndefined();
  expect(suggestWord('cart', ['card', 'carts'])).toBe('carts');
});

test('a candidate given twice is one candidate', () => {
  expect(suggestWord('phne', ['phone', 'phone'])).toBe('phone');
});

test('slips are a distance: none to oneself, the same both ways, one for one change', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
  fc.assert(
    fc.property(word, word, fc.nat(8), (left, right, at) => {
      expect(countSlips(left, left)).toBe(0);
      expect(countSlips(left, right)).toBe(countSlips(right, left));
      expect(countSlips(left, right)).toBeGreaterThanOrEqual(Math.abs(left.length - right.length));
      expect(countSlips(left, right)).toBeLessThanOrEqual(Math.max(left.length, right.length));
      const place = Math.min(at, left.length);
      expect(countSlips(left, `${left.slice(0, place)}x${left.slice(place)}`)).toBe(1);
    }),
  );
  expect(countSlips('ab', 'ba')).toBe(1);
});

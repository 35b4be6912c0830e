import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeCode, readCode } from '../../src/care/clients/code.ts';
import { propertyRuns } from '../helpers/property-runs.ts';

const alphabet = [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'];
const number = fc.integer({ min: 0, max: 31 });
const validCode = fc
  .tuple(number, number, number, number)
  .map((numbers) => makeCode(numbers))
  .filter((code) => code !== undefined);

describe('client codes', () => {
  it('knows the codes people see in the examples', () => {
    expect(['K7T2-9', 'M4XR-1', 'P0Q8-7'].map(readCode)).toEqual(['K7T2-9', 'M4XR-1', 'P0Q8-7']);
  });

  it('reads lower case and a missing dash', () => {
    expect(readCode('k7t29')).toBe('K7T2-9');
    expect(readCode('K7T2-9')).toBe('K7T2-9');
  });

  it.each(['', 'K7T2', 'K7T2-', 'K7T2-99', 'K7-T29', 'K7T2--9', 'KIT2-9', 'К7T2-9', ' K7T2-9', 'frank', 'james'])(
    'refuses %j',
    (text) => {
      expect(readCode(text)).toBeUndefined();
    },
  );

  it('never turns one mistyped character into another client', () => {
    fc.assert(
      fc.property(validCode, fc.nat(4), fc.constantFrom(...alphabet), (code, place, typed) => {
        const characters = [...code.replace('-', '')];
        fc.pre(characters[place] !== typed);
        characters[place] = typed;
        expect(readCode(characters.join(''))).toBeUndefined();
      }),
      { numRuns: propertyRuns.usual },
    );
  });

  it('never turns two swapped characters, neighbours or not, into another client', () => {
    fc.assert(
      fc.property(validCode, fc.nat(4), fc.nat(4), (code, a, b) => {
        const characters = [...code.replace('-', '')];
        const [left = '', right = ''] = [characters[a], characters[b]];
        fc.pre(left !== right);
        characters[a] = right;
        characters[b] = left;
        expect(readCode(characters.join(''))).toBeUndefined();
      }),
      { numRuns: propertyRuns.usual },
    );
  });

  it('always holds a digit, so that no typed word can be a code', () => {
    fc.assert(
      fc.property(validCode, (code) => {
        expect(code).toMatch(/\d/);
      }),
    );
  });
});

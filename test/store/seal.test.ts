import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  blindToken,
  createOrganisationKeys,
  KeyError,
  openText,
  sealText,
  unwrapKeys,
  type OrganisationKeys,
} from '../../src/store/seal.ts';

const master = new Uint8Array(32).fill(7);
const at = new Date('2026-11-22T12:00:00Z');
function keysOf(organisation: string): OrganisationKeys {
  return unwrapKeys(
    master,
    organisation,
    createOrganisationKeys(master, organisation).map((key) => ({ ...key, createdAt: at })),
  );
}
const a = keysOf('a');
const place = { table: 'client', column: 'identity', row: '1' };

describe('sealed columns', () => {
  it('open again as they were, and never show what they hold', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const sealed = sealText(a, place, text);
        expect(openText(a, place, sealed)).toBe(text);
        if (text.length > 4) expect(Buffer.from(sealed).includes(Buffer.from(text))).toBe(false);
      }),
    );
  });

  it.each([
    ['another table', { ...place, table: 'contact' }],
    ['another column', { ...place, column: 'background' }],
    ['another row', { ...place, row: '2' }],
  ])('do not open in %s', (_where, elsewhere) => {
    const sealed = sealText(a, place, 'Dan Dee');
    expect(() => openText(a, elsewhere, sealed)).toThrow();
  });

  it('do not open for another organisation, even with its keys in hand', () => {
    const sealed = sealText(a, place, 'Dan Dee');
    expect(() => openText({ ...a, organisation: 'b' }, place, sealed)).toThrow();
    expect(() => openText(keysOf('b'), place, sealed)).toThrow();
  });

  it('do not open after any single bit changed', () => {
    const sealed = sealText(a, place, 'Dan Dee');
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.nat(7), (byte, bit) => {
        const changed = new Uint8Array(sealed);
        changed[byte] = (changed[byte] ?? 0) ^ (1 << bit);
        expect(() => openText(a, place, changed)).toThrow();
      }),
    );
  });

  it('are different each time, so that equal names cannot be seen', () => {
    expect(sealText(a, place, 'Dan')).not.toEqual(sealText(a, place, 'Dan'));
  });

  it('say in words when the master key is not the one that made the database', () => {
    const wrapped = createOrganisationKeys(master, 'a').map((key) => ({ ...key, createdAt: at }));
    expect(() => unwrapKeys(new Uint8Array(32).fill(8), 'a', wrapped)).toThrow(KeyError);
    expect(() => unwrapKeys(master, 'b', wrapped)).toThrow(KeyError);
  });
});

describe('the blind index', () => {
  it('gives the same token for the same words, another for another kind or organisation', () => {
    const token = blindToken(a, 'prefix', 'ma');
    expect(blindToken(a, 'prefix', 'ma')).toEqual(token);
    expect(blindToken(a, 'name', 'ma')).not.toEqual(token);
    expect(blindToken(keysOf('a'), 'prefix', 'ma')).not.toEqual(token);
  });
});

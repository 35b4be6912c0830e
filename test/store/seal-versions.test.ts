import { createCipheriv, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOrganisationKeys, openSealed, openText, sealText, unwrapKeys } from '../../src/store/seal.ts';

const keys = unwrapKeys(
  new Uint8Array(32).fill(7),
  'a',
  createOrganisationKeys(new Uint8Array(32).fill(7), 'a').map((key) => ({ ...key, createdAt: new Date(0) })),
);
const place = { table: 'client', column: 'identity', row: '1' };

/** A value as a later version will write it, byte by byte. */
function sealSecond(text: string, given: { mark?: number; bound?: readonly unknown[] } = {}): Uint8Array {
  const { mark = 2, bound = ['baton sealed value', 2, keys.current, 'a', 'client', 'identity', '1'] } = given;
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keys.data.get(keys.current) ?? new Uint8Array(), nonce);
  cipher.setAAD(Buffer.from(JSON.stringify(bound)));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.from([mark]), Buffer.from(keys.current), nonce, cipher.getAuthTag(), body]);
}

describe('versions of a sealed value', () => {
  it('the second is read, wherever it stands beside the first', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(openText(keys, place, sealSecond(text))).toBe(text);
        expect(openText(keys, place, sealText(keys, place, text))).toBe(text);
      }),
    );
  });

  it('what is written is still the first: processes of the version before read it', () => {
    expect(Buffer.from(sealText(keys, place, 'Dan Dee').subarray(0, 8)).toString('latin1')).toBe(keys.current);
  });

  it.each([0, 1, 3, 4, 0x7f, 0xff])('one that nobody knows is refused: %i', (mark) => {
    expect(() => openText(keys, place, sealSecond('Dan Dee', { mark }))).toThrow();
  });

  it.each([
    ['the binding of the first', ['a', 'client', 'identity', '1']],
    ['another purpose', ['baton wrapped key', 2, keys.current, 'a', 'client', 'identity', '1']],
    ['another version', ['baton sealed value', 3, keys.current, 'a', 'client', 'identity', '1']],
    ['another key', ['baton sealed value', 2, '00000000', 'a', 'client', 'identity', '1']],
    ['another organisation', ['baton sealed value', 2, keys.current, 'b', 'client', 'identity', '1']],
    ['another row', ['baton sealed value', 2, keys.current, 'a', 'client', 'identity', '2']],
  ])('the second does not open with %s', (_what, bound) => {
    expect(() => openText(keys, place, sealSecond('Dan Dee', { bound }))).toThrow();
  });

  it('a mark put before a first one, or taken from a second, opens nothing', () => {
    expect(() => openText(keys, place, Buffer.concat([Buffer.from([2]), sealText(keys, place, 'Dan')]))).toThrow();
    expect(() => openText(keys, place, sealSecond('Dan').subarray(1))).toThrow();
  });

  it('a value that is cut off anywhere, or longer, or has one bit changed, cannot be read, and nothing is thrown', () => {
    for (const sealed of [sealText(keys, place, 'Dan Dee'), sealSecond('Dan Dee')]) {
      const read = (value: Uint8Array): unknown => openSealed(keys, place, value, (text) => text);
      expect(read(sealed)).toEqual({ readable: true, value: 'Dan Dee' });
      for (let length = 0; length < sealed.length; length += 1) {
        expect(read(sealed.subarray(0, length))).toEqual({ readable: false });
      }
      expect(read(Buffer.concat([sealed, Buffer.from([0])]))).toEqual({ readable: false });
      for (let bit = 0; bit < sealed.length * 8; bit += 1) {
        const changed = new Uint8Array(sealed);
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(read(changed)).toEqual({ readable: false });
      }
    }
  });
});

import { createHmac, createPrivateKey, createPublicKey, generateKeyPair, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { Ids } from '../../ids.ts';
import type { Json, TokenOverrides } from './types.ts';

interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

export interface SigningKeys {
  /** The published keys, in the form of a JSON Web Key Set with Teams' endorsement. */
  jwks(): Promise<Json>;
  token(claims: Json, overrides?: TokenOverrides): Promise<string>;
  roll(keepOld: boolean): Promise<void>;
}

const base64url = (value: string | Uint8Array): string => Buffer.from(value).toString('base64url');

type KeyPair = Pick<SigningKey, 'privateKey' | 'publicKey'>;

async function makePair(): Promise<KeyPair> {
  const pair = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return { privateKey: createPrivateKey(pair.privateKey), publicKey: createPublicKey(pair.publicKey) };
}

/** What every loopback provider of this process begins with: finding primes takes longer than all the rest of it. */
let firstPair: Promise<KeyPair> | undefined;

/** The RSA keys of a loopback identity provider: made at first use, rolled on request. */
export function createSigningKeys(ids: Ids): SigningKeys {
  const named = async (pair: Promise<KeyPair>): Promise<SigningKey> => ({ kid: ids.uuid(), ...(await pair) });
  let published: Promise<readonly SigningKey[]> | undefined;
  let foreign: Promise<SigningKey> | undefined;
  const keys = (): Promise<readonly SigningKey[]> =>
    (published ??= named((firstPair ??= makePair())).then((key) => [key]));

  return {
    async jwks() {
      const all = await keys();
      return {
        keys: all.map(({ kid, publicKey }) => ({
          ...publicKey.export({ format: 'jwk' }),
          kid,
          use: 'sig',
          alg: 'RS256',
          endorsements: ['msteams'],
        })),
      };
    },
    async token(claims, overrides = {}) {
      const [current] = await keys();
      if (current === undefined) throw new Error('the identity provider has no key');
      const key = overrides.foreignKey === true ? await (foreign ??= named(makePair())) : current;
      const alg = overrides.alg ?? 'RS256';
      const header = base64url(JSON.stringify({ typ: 'JWT', alg, kid: overrides.kid ?? current.kid }));
      const content = `${header}.${base64url(JSON.stringify({ ...claims, ...overrides.claims }))}`;
      if (alg === 'none') return `${content}.`;
      if (alg === 'HS256') {
        // The well-known confusion: the public key, which everybody has, used as a shared secret.
        const secret = current.publicKey.export({ type: 'spki', format: 'pem' });
        return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`;
      }
      return `${content}.${base64url(sign('RSA-SHA256', Buffer.from(content), key.privateKey))}`;
    },
    async roll(keepOld) {
      const old = await keys();
      const fresh = await named(makePair());
      published = Promise.resolve(keepOld ? [fresh, ...old] : [fresh]);
    },
  };
}

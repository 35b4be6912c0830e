import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/**
 * Field encryption: AES-256-GCM under a data key of the organisation, which the master key wraps. The associated
 * data binds every value to its organisation, table, column and row, so a sealed value pasted elsewhere does not open.
 *
 * Layout of a sealed value, in two versions; the first byte tells which. Everything else is no sealed value.
 *
 *   1, written:          key id (8 bytes, hex digits) · nonce (12) · tag (16) · ciphertext
 *   2, read from now on: 0x02 · key id (8) · nonce (12) · tag (16) · ciphertext; its associated data names the purpose,
 *                        the version and the key as well, so that neither can be changed under a value
 */
export interface Place {
  readonly table: string;
  readonly column: string;
  /** Primary key of the row within its organisation. */
  readonly row: string;
}

export interface OrganisationKeys {
  readonly organisation: string;
  /** Data keys by id; several while a rotation is under way. */
  readonly data: ReadonlyMap<string, Uint8Array>;
  /** Id of the data key that seals new values. */
  readonly current: string;
  /** Key of the blind index, never used for anything else. */
  readonly index: Uint8Array;
}

/** A sealed value, opened: what it holds, or that it cannot be read (damaged, cut off, of another place or key). */
export type Sealed<T> = { readonly readable: true; readonly value: T } | { readonly readable: false };

const idLength = 8;
const nonceLength = 12;
const tagLength = 16;

const associatedData = (organisation: string, place: Place): Buffer =>
  Buffer.from(JSON.stringify([organisation, place.table, place.column, place.row]));

/** Seals text for one place. */
export function sealText(keys: OrganisationKeys, place: Place, text: string): Uint8Array<ArrayBuffer> {
  const key = keys.data.get(keys.current);
  if (key === undefined) throw new Error('the organisation has no current data key');
  return encrypt(key, keys.current, associatedData(keys.organisation, place), Buffer.from(text, 'utf8'));
}

const secondVersion = 2;
const secondAssociatedData = (organisation: string, place: Place, key: string): Buffer =>
  Buffer.from(JSON.stringify(['baton sealed value', 2, key, organisation, place.table, place.column, place.row]));

/** Opens what was sealed for the same place; throws when it was tampered with or belongs elsewhere. */
export function openText(keys: OrganisationKeys, place: Place, sealed: Uint8Array): string {
  const second = sealed[0] === secondVersion;
  const value = second ? sealed.subarray(1) : sealed;
  const id = Buffer.from(value.subarray(0, idLength)).toString('latin1');
  const key = keys.data.get(id);
  if (key === undefined) throw new Error('a sealed value names a key that this organisation does not have');
  const { organisation } = keys;
  const bound = second ? secondAssociatedData(organisation, place, id) : associatedData(organisation, place);
  return decrypt(key, bound, value).toString('utf8');
}

/** The same as a value: `read` makes of the text what should stand there, and throws when it is not that. */
export function openSealed<T>(
  keys: OrganisationKeys,
  place: Place,
  sealed: Uint8Array,
  read: (text: string) => T,
): Sealed<T> {
  try {
    return { readable: true, value: read(openText(keys, place, sealed)) };
  } catch {
    return { readable: false };
  }
}

/** Keyed hash for equality search: the same words give the same token within one organisation and kind only. */
export function blindToken(keys: OrganisationKeys, kind: string, words: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(
    createHmac('sha256', keys.index).update(kind).update('\0').update(words).digest().subarray(0, 16),
  );
}

/** The master key does not fit this database. */
export class KeyError extends Error {}

export interface WrappedKey {
  readonly id: string;
  readonly purpose: 'data' | 'index';
  readonly wrapped: Uint8Array<ArrayBuffer>;
}

/** Makes and wraps the two keys that a new organisation needs. */
export function createOrganisationKeys(masterKey: Uint8Array, organisation: string): readonly WrappedKey[] {
  return (['data', 'index'] as const).map((purpose) => {
    const id = randomBytes(4).toString('hex');
    return { id, purpose, wrapped: wrapKey(masterKey, organisation, id, randomBytes(32)) };
  });
}

/** Unwraps an organisation's keys; throws in words when the master key is not the one that wrapped them. */
export function unwrapKeys(
  masterKey: Uint8Array,
  organisation: string,
  wrapped: readonly { id: string; purpose: string; wrapped: Uint8Array; createdAt: Date }[],
): OrganisationKeys {
  const data = new Map<string, Uint8Array>();
  let current: string | undefined;
  let index: Uint8Array | undefined;
  for (const row of [...wrapped].sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime())) {
    const key = unwrapKey(masterKey, organisation, row.id, row.wrapped);
    if (row.purpose === 'index') index = key;
    else {
      data.set(row.id, key);
      current = row.id;
    }
  }
  if (current === undefined || index === undefined) throw new Error(`organisation ${organisation} has no keys`);
  return { organisation, data, current, index };
}

const wrappingPlace = (organisation: string, id: string): Buffer =>
  associatedData(organisation, { table: 'organisation_key', column: 'wrapped', row: id });

function wrapKey(masterKey: Uint8Array, organisation: string, id: string, key: Uint8Array): Uint8Array<ArrayBuffer> {
  return encrypt(wrappingKey(masterKey), 'master--', wrappingPlace(organisation, id), key);
}

function unwrapKey(masterKey: Uint8Array, organisation: string, id: string, wrapped: Uint8Array): Uint8Array {
  try {
    return decrypt(wrappingKey(masterKey), wrappingPlace(organisation, id), wrapped);
  } catch {
    throw new KeyError(
      'BATON_MASTER_KEY is not the key that sealed this database. Start with the key the database was made with.',
    );
  }
}

/** The master key itself encrypts nothing: what wraps keys is derived from it under a name of its own. */
function wrappingKey(masterKey: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', masterKey, new Uint8Array(0), 'baton key wrapping v1', 32));
}

function encrypt(key: Uint8Array, id: string, aad: Uint8Array, plain: Uint8Array): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
  cipher.setAAD(aad);
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return new Uint8Array(Buffer.concat([Buffer.from(id.padEnd(idLength), 'latin1'), nonce, cipher.getAuthTag(), body]));
}

function decrypt(key: Uint8Array, aad: Uint8Array, sealed: Uint8Array): Buffer {
  const nonceEnd = idLength + nonceLength;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(idLength, nonceEnd), {
    authTagLength: tagLength,
  });
  decipher.setAAD(aad);
  decipher.setAuthTag(sealed.subarray(nonceEnd, nonceEnd + tagLength));
  return Buffer.concat([decipher.update(sealed.subarray(nonceEnd + tagLength)), decipher.final()]);
}

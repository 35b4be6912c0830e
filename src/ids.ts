import { randomBytes, randomUUID } from 'node:crypto';

/** Where ids and randomness come from, so that a simulation can decide them. */
export interface Ids {
  /** A fresh UUID. */
  uuid(): string;
  /** `length` random bytes. */
  bytes(length: number): Uint8Array;
}

export const randomIds: Ids = { uuid: () => randomUUID(), bytes: (length) => randomBytes(length) };

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** True for an id as we write them. What comes back from a platform is checked before a database sees it. */
export function isUuid(text: string): boolean {
  return uuid.test(text);
}

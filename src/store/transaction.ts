import type { Ids } from '../ids.ts';
import type { PrismaClient } from '../generated/prisma/client.ts';
import { blindToken, openText, sealText, type OrganisationKeys, type Place } from './seal.ts';

/** What a transaction of Prisma offers: tables and tagged raw SQL. Only `records.ts` files touch it. */
export type Database = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0];

/**
 * One transaction of one organisation, as the runtime role with row security set: it can neither read nor
 * reference a row of another organisation, whatever the code above asks for.
 */
export interface OrganisationTransaction {
  readonly organisation: string;
  readonly db: Database;
  readonly ids: Ids;
  /** Encrypts text for one table, column and row. */
  seal(place: Place, text: string): Uint8Array<ArrayBuffer>;
  open(place: Place, sealed: Uint8Array): string;
  /** Keyed hash of words for equality search. */
  token(kind: string, words: string): Uint8Array<ArrayBuffer>;
}

export function createTransaction(db: Database, keys: OrganisationKeys, ids: Ids): OrganisationTransaction {
  return {
    organisation: keys.organisation,
    db,
    ids,
    seal: (place, text) => sealText(keys, place, text),
    open: (place, sealed) => openText(keys, place, sealed),
    token: (kind, words) => blindToken(keys, kind, words),
  };
}

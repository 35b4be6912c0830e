import type { Ids } from '../ids.ts';
import type { Database } from './run-transaction.ts';
import { blindToken, openText, sealText, type OrganisationKeys, type Place } from './seal.ts';

export type { Database } from './run-transaction.ts';

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
  /** Called when the work is done, before the commit: what was gathered meanwhile is written in one statement. */
  beforeCommit(write: () => void): void;
}

/** Runs `work` in the transaction of `db`, and then what it left for the end. */
export async function workInOrganisation<T>(
  db: Database,
  keys: OrganisationKeys,
  ids: Ids,
  work: (tx: OrganisationTransaction) => Promise<T>,
): Promise<T> {
  const atEnd: (() => void)[] = [];
  const result = await work(createTransaction(db, keys, ids, (write) => atEnd.push(write)));
  for (const write of atEnd) write();
  return result;
}

function createTransaction(
  db: Database,
  keys: OrganisationKeys,
  ids: Ids,
  beforeCommit: OrganisationTransaction['beforeCommit'],
): OrganisationTransaction {
  return {
    organisation: keys.organisation,
    db,
    ids,
    seal: (place, text) => sealText(keys, place, text),
    open: (place, sealed) => openText(keys, place, sealed),
    token: (kind, words) => blindToken(keys, kind, words),
    beforeCommit,
  };
}

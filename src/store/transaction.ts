import type { Ids } from '../ids.ts';
import type { Database } from './run-transaction.ts';
import { blindToken, openSealed, sealText, type OrganisationKeys, type Place, type Sealed } from './seal.ts';

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
  /**
   * What was sealed there. One value that cannot be read is no failure of the whole: whoever lists says so for that row
   * alone. It is put on record by itself, once a day.
   */
  open(place: Place, sealed: Uint8Array): Sealed<string>;
  /** The same for what must have a shape: `read` throws when it has not, and then it counts as unreadable too. */
  openAs<T>(place: Place, sealed: Uint8Array, read: (text: string) => T): Sealed<T>;
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
  onBroken: (place: Place) => void = () => undefined,
): Promise<T> {
  const atEnd: (() => void)[] = [];
  const result = await work(createTransaction(db, keys, ids, (write) => atEnd.push(write), onBroken));
  for (const write of atEnd) write();
  return result;
}

function createTransaction(
  db: Database,
  keys: OrganisationKeys,
  ids: Ids,
  beforeCommit: OrganisationTransaction['beforeCommit'],
  onBroken: (place: Place) => void,
): OrganisationTransaction {
  const openAs: OrganisationTransaction['openAs'] = (place, sealed, read) => {
    const opened = openSealed(keys, place, sealed, read);
    if (!opened.readable) onBroken(place);
    return opened;
  };
  return {
    organisation: keys.organisation,
    db,
    ids,
    seal: (place, text) => sealText(keys, place, text),
    open: (place, sealed) => openAs(place, sealed, (text) => text),
    openAs,
    token: (kind, words) => blindToken(keys, kind, words),
    beforeCommit,
  };
}

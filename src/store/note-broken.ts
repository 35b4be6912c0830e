import type { Clock } from '../clock.ts';
import type { Place } from './seal.ts';
import type { OrganisationTransaction } from './transaction.ts';

/** Puts sealed values that could not be read on record, each once a day, whoever else does so at the same moment. */
export type RecordBroken = (tx: OrganisationTransaction, broken: readonly Place[], now: Date) => Promise<void>;

/** More damaged places than this are remembered by the database alone. */
const mostRemembered = 10_000;

/**
 * Notes places whose sealed value could not be read, in a transaction of their own. What this process noted today it does
 * not note again: a list with a damaged row is opened often. When the noting fails, the next one who looks notes it.
 */
export function createBrokenNotes(
  ports: { readonly clock: Clock; readonly recordBroken?: RecordBroken },
  inOrganisation: (organisation: string, work: (tx: OrganisationTransaction) => Promise<void>) => Promise<void>,
): (organisation: string, broken: readonly Place[]) => Promise<void> {
  const { clock, recordBroken } = ports;
  const notedOn = new Map<string, string>();
  return async (organisation, broken) => {
    if (recordBroken === undefined) return;
    const now = clock.now();
    const day = now.toISOString().slice(0, 10);
    const byKey = new Map(
      broken.map((place) => [JSON.stringify([organisation, place.table, place.column, place.row]), place]),
    );
    const fresh = [...byKey].filter(([key]) => notedOn.get(key) !== day);
    if (fresh.length === 0) return;
    try {
      await inOrganisation(organisation, (tx) =>
        recordBroken(
          tx,
          fresh.map(([, place]) => place),
          now,
        ),
      );
    } catch {
      return;
    }
    if (notedOn.size + fresh.length > mostRemembered) notedOn.clear();
    for (const [key] of fresh) notedOn.set(key, day);
  };
}

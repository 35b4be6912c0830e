import type { Sealed } from '../store/seal.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';

/**
 * Numbers to call colleagues by when chat wakes nobody, as the organisation's file says them. Sealed at rest; shown on
 * private cards of escalations only.
 */
const placeOf = (id: string): { readonly table: string; readonly column: string; readonly row: string } => ({
  table: 'person',
  column: 'phone',
  row: id,
});

export const sealPhone = (tx: OrganisationTransaction, id: string, phone: unknown): Uint8Array<ArrayBuffer> | null =>
  typeof phone === 'string' ? tx.seal(placeOf(id), phone) : null;

/**
 * Of these people, or of all who work here or did: whoever has none is left out. A value that cannot be read hides no
 * card: it is on record as damaged, and applying the file again writes it anew.
 */
export async function findPhones(
  tx: OrganisationTransaction,
  people?: readonly string[],
): Promise<ReadonlyMap<string, Sealed<string>>> {
  const rows = await tx.db.$queryRaw<{ id: string; phone: Uint8Array }[]>`
    select id, phone from person
    where organisation_id = ${tx.organisation} and phone is not null
      and (${people === undefined}::boolean or id = any(${[...(people ?? [])]}::text[]))`;
  return new Map(rows.map(({ id, phone }) => [id, tx.open(placeOf(id), phone)]));
}

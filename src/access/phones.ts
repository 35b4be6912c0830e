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

/** Of these people, or of all who work here or did: whoever has none is left out. */
export async function findPhones(
  tx: OrganisationTransaction,
  people?: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.db.$queryRaw<{ id: string; phone: Uint8Array }[]>`
    select id, phone from person
    where organisation_id = ${tx.organisation} and phone is not null
      and (${people === undefined}::boolean or id = any(${[...(people ?? [])]}::text[]))`;
  return new Map(rows.flatMap(({ id, phone }) => openPhone(tx, id, phone)));
}

/**
 * A value that cannot be read hides no card: there is no number, it is on record as damaged, and applying the file again
 * writes it anew.
 */
function openPhone(tx: OrganisationTransaction, id: string, sealed: Uint8Array): readonly [string, string][] {
  const phone = tx.open(placeOf(id), sealed);
  return phone.readable ? [[id, phone.value]] : [];
}

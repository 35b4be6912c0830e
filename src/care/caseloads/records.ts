import type { OrganisationTransaction } from '../../store/transaction.ts';

/** Which rows of a sheet were taken in before, by a keyed hash of what they say. */
export async function findImportedRows(
  tx: OrganisationTransaction,
  contents: readonly string[],
): Promise<ReadonlySet<string>> {
  const byToken = new Map(contents.map((content) => [hex(tx.token('imported-row', content)), content]));
  const rows = await tx.db.$queryRaw<{ content: string }[]>`
    select encode(content, 'hex') as content from imported_row
    where organisation_id = ${tx.organisation}
      and content = any(${contents.map((content) => tx.token('imported-row', content))}::bytea[])`;
  return new Set(rows.flatMap((row) => byToken.get(row.content) ?? []));
}

/** Remembers rows with what they said, sealed: columns that have no room of their own yet are not lost. */
export async function insertImportedRows(
  tx: OrganisationTransaction,
  rows: readonly { content: string; client: string }[],
  now: Date,
): Promise<void> {
  await tx.db.importedRow.createMany({
    data: rows.map((row) => {
      const id = tx.ids.uuid();
      return {
        organisationId: tx.organisation,
        id,
        content: tx.token('imported-row', row.content),
        clientId: row.client,
        record: tx.seal({ table: 'imported_row', column: 'record', row: id }, row.content),
        importedAt: now,
      };
    }),
  });
}

const hex = (token: Uint8Array): string => Buffer.from(token).toString('hex');

import type { OrganisationTransaction } from '../../store/transaction.ts';

/** Where an import writes: tables whose statistics it makes worthless when it is large. */
export const importedTables = [
  'client',
  'client_token',
  'coordinator_assignment',
  'follow_up',
  'imported_row',
  'audit_event',
] as const;

/** Which rows of a sheet were taken in before, by a keyed hash of what they say. */
export async function findImportedRows(
  tx: OrganisationTransaction,
  contents: readonly string[],
): Promise<ReadonlySet<string>> {
  const tokens = contents.map((content) => tx.token('imported-row', content));
  const byToken = new Map(tokens.map((token, index) => [hex(token), contents[index]]));
  const rows = await tx.db.$queryRaw<{ content: string }[]>`
    select encode(content, 'hex') as content from imported_row
    where organisation_id = ${tx.organisation}
      and content = any(${tokens}::bytea[])`;
  return new Set(rows.flatMap((row) => byToken.get(row.content) ?? []));
}

/** Remembers rows with what they said, sealed: columns that have no room of their own yet are not lost. */
export async function insertImportedRows(
  tx: OrganisationTransaction,
  rows: readonly { content: string; client: string }[],
  now: Date,
): Promise<void> {
  const made = rows.map((row) => ({ ...row, id: tx.ids.uuid() }));
  await tx.db.$executeRaw`
    insert into imported_row (organisation_id, id, content, client_id, record, imported_at)
    select ${tx.organisation}, id, content, client, record, ${now}
    from unnest(${made.map((row) => row.id)}::uuid[], ${made.map((row) => tx.token('imported-row', row.content))}::bytea[],
                ${made.map((row) => row.client)}::uuid[],
                ${made.map((row) => tx.seal({ table: 'imported_row', column: 'record', row: row.id }, row.content))}::bytea[])
         as given (id, content, client, record)`;
}

const hex = (token: Uint8Array): string => Buffer.from(token).toString('hex');

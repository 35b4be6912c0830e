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

/** Which rows of a sheet were taken in before, by a keyed hash of what they say, and by the import that began when. */
export async function findImportedRows(
  tx: OrganisationTransaction,
  contents: readonly string[],
): Promise<ReadonlyMap<string, Date>> {
  const tokens = contents.map((content) => tx.token('imported-row', content));
  const byToken = new Map(tokens.map((token, index) => [hex(token), contents[index] ?? '']));
  const rows = await tx.db.$queryRaw<{ content: string; at: Date }[]>`
    select encode(content, 'hex') as content, imported_at as at from imported_row
    where organisation_id = ${tx.organisation}
      and content = any(${tokens}::bytea[])`;
  return new Map(rows.map((row) => [byToken.get(row.content) ?? '', row.at]));
}

/** Which of these clients came in by the import that began then. */
export async function findImportedClients(
  tx: OrganisationTransaction,
  clients: readonly string[],
  at: Date,
): Promise<ReadonlySet<string>> {
  const rows = await tx.db.$queryRaw<{ client: string }[]>`
    select client_id::text as client from imported_row
    where organisation_id = ${tx.organisation} and client_id = any(${[...clients]}::uuid[])
      and imported_at = ${at}::timestamptz`;
  return new Set(rows.map((row) => row.client));
}

/** Remembers rows with what they said, sealed: columns that have no room of their own yet are not lost. */
export async function insertImportedRows(
  tx: OrganisationTransaction,
  rows: readonly { content: string; client: string }[],
  /** When their import began. */
  at: Date,
): Promise<void> {
  const made = rows.map((row) => ({ ...row, id: tx.ids.uuid() }));
  await tx.db.$executeRaw`
    insert into imported_row (organisation_id, id, content, client_id, record, imported_at)
    select ${tx.organisation}, id, content, client, record, ${at}
    from unnest(${made.map((row) => row.id)}::uuid[], ${made.map((row) => tx.token('imported-row', row.content))}::bytea[],
                ${made.map((row) => row.client)}::uuid[],
                ${made.map((row) => tx.seal({ table: 'imported_row', column: 'record', row: row.id }, row.content))}::bytea[])
         as given (id, content, client, record)`;
}

const hex = (token: Uint8Array): string => Buffer.from(token).toString('hex');

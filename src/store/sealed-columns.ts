import type { Place } from './seal.ts';
import type { OrganisationTransaction } from './transaction.ts';

/** Every column that holds sealed values, and how its rows are named in what binds them. A test compares the schema. */
export const sealedColumns: readonly { readonly table: string; readonly column: string; readonly row: string }[] = [
  { table: 'client', column: 'identity', row: 'id::text' },
  { table: 'client', column: 'background', row: 'id::text' },
  { table: 'contact', column: 'note', row: 'id::text' },
  { table: 'person', column: 'phone', row: 'id' },
  { table: 'imported_row', column: 'record', row: 'id::text' },
  { table: 'inbound_delivery', column: 'answer', row: `workspace_id || '/' || delivery` },
  { table: 'workspace', column: 'credentials', row: 'id' },
  { table: 'referral', column: 'question', row: 'id::text' },
  { table: 'referral_event', column: 'words', row: 'id::text' },
  { table: 'escalation', column: 'about', row: 'id::text' },
  { table: 'escalation', column: 'note', row: 'id::text' },
  { table: 'escalation_event', column: 'words', row: 'id::text' },
  { table: 'huddle_recommendation', column: 'words', row: 'id::text' },
  { table: 'huddle_decision', column: 'words', row: 'id::text' },
  { table: 'discussion_request', column: 'words', row: 'id::text' },
  { table: 'week_review', column: 'words', row: `team_id || '/' || week::text` },
];

/** A stored value as it lies there, with where it belongs. */
export interface StoredValue {
  readonly place: Place;
  readonly sealed: Uint8Array;
}

/** A few values sealed with one key, of the first columns that have any: `most` of a column, and of no more columns than needed. */
export async function sampleSealed(
  tx: OrganisationTransaction,
  key: string,
  most: number,
): Promise<readonly StoredValue[]> {
  const found: StoredValue[] = [];
  for (const { table, column, row } of sealedColumns) {
    // Names of this file only. The key's id stands at the beginning, or after the mark of the second version.
    const rows = await tx.db.$queryRawUnsafe<{ row: string; sealed: Uint8Array }[]>(
      `select ${row} as row, ${column} as sealed from ${table}
       where organisation_id = current_setting('baton.organisation') and ${column} is not null
         and case when get_byte(${column} || '\\x00'::bytea, 0) = 2 then substring(${column} from 2 for 8)
                  else substring(${column} from 1 for 8) end = '\\x${Buffer.from(key, 'latin1').toString('hex')}'::bytea
       limit ${most}`,
    );
    found.push(...rows.map(({ row: id, sealed }) => ({ place: { table, column, row: id }, sealed })));
    if (found.length >= most) break;
  }
  return found;
}

/** The keys that seal values of the organisation, the oldest first. */
export async function listDataKeys(tx: OrganisationTransaction): Promise<readonly string[]> {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    select id from organisation_key where organisation_id = ${tx.organisation} and purpose = 'data' order by created_at, id`;
  return rows.map(({ id }) => id);
}

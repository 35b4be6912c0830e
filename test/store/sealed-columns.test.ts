import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealedColumns } from '../../src/store/sealed-columns.ts';
import { createDatabase, type TestDatabase } from '../helpers/database.ts';

/** Columns of bytes that are sealed by nothing: hashes, keyed hashes, keys under the master key. */
const unsealed = [
  'audit_event.hash',
  'client_token.token',
  'delivery.shown',
  'caseload_import.file',
  'imported_row.content',
  'organisation_key.wrapped',
];

describe('the list of sealed columns', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase();
  });
  afterAll(() => database.drop());

  it('is every column of bytes that is no hash', async () => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query<{ name: string }>(
      `select table_name || '.' || column_name as name from information_schema.columns
       where table_schema = 'public' and udt_name = 'bytea' and table_name not like '\\_%'`,
    );
    await client.end();
    const listed = sealedColumns.map(({ table, column }) => `${table}.${column}`);
    expect([...listed, ...unsealed].sort()).toEqual(rows.map(({ name }) => name).sort());
  });
});

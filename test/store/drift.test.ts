import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../helpers/database.ts';
import { describeDrift, schemaPath } from './describe-drift.ts';
import { query } from './embedded-fixtures.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
});

afterAll(() => database.drop());

describe('the committed migrations', () => {
  it('make exactly what the Prisma schema says', async () => {
    expect(await describeDrift(database.url)).toBe('');
  });

  it('may hold by hand what Prisma has no words for', async () => {
    const copy = await createDatabase();
    await query(
      copy.url,
      `CREATE POLICY extra ON client USING (true);
       CREATE FUNCTION extra() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
       CREATE TRIGGER extra BEFORE UPDATE ON client FOR EACH ROW EXECUTE FUNCTION extra();
       ALTER TABLE client ADD CONSTRAINT extra CHECK (version > 0);
       CREATE UNIQUE INDEX extra_partial ON client (team_id) WHERE status = 'none';
       CREATE INDEX extra_expression ON client (lower(code));
       CREATE INDEX extra_covering ON client (code) INCLUDE (tier) WHERE id IS NOT NULL;`,
    );
    expect(await describeDrift(copy.url)).toBe('');
    await copy.drop();
  });

  it('are found wanting when a column, a default or a plain index differs', async () => {
    const copy = await createDatabase();
    await query(
      copy.url,
      `ALTER TABLE client DROP COLUMN programme;
       ALTER TABLE client ALTER COLUMN version SET DEFAULT 2;
       CREATE INDEX extra_plain ON client (team_id, code);`,
    );
    const drift = await describeDrift(copy.url);
    expect(drift).toContain('ADD COLUMN     "programme"');
    expect(drift).toContain('"version" SET DEFAULT 1');
    expect(drift).toContain('DROP INDEX "extra_plain"');
    await copy.drop();
  });

  it('are found wanting when the schema says more', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'baton-schema-'));
    const changed = join(folder, 'schema.prisma');
    await writeFile(
      changed,
      `${await readFile(schemaPath, 'utf8')}\nmodel Extra {\n  id Int @id\n  @@map("extra")\n}\n`,
    );
    expect(await describeDrift(database.url, changed)).toContain('CREATE TABLE "extra"');
    await rm(folder, { recursive: true });
  });
});

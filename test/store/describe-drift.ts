import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createCataloguePool, loadSchemaEngine } from './load-schema-engine.ts';

export const schemaPath = fileURLToPath(new URL('../../prisma/schema.prisma', import.meta.url));

/**
 * What may be written by hand into a migration without counting as drift, because the engine does not see it: policies,
 * triggers, functions, grants, CHECK and EXCLUDE constraints, DEFERRABLE, views, sequences, partial indexes (unique ones
 * too) and indexes with an expression. What it does see, and would drop when the schema does not declare it: tables,
 * columns (generated ones too), defaults, and every index over plain columns. Declare those in schema.prisma:
 * `@@index([a, b(sort: Desc)])`, `@@index([at], type: Brin)`, `@@index([code(ops: raw("text_pattern_ops"))])`. An
 * INCLUDE or NULLS LAST has no words there: write such an index with a WHERE clause that is always true (`WHERE id IS NOT
 * NULL`), which makes it a partial one.
 */

/**
 * The SQL that would turn the database into what the Prisma schema says; '' when they agree.
 *
 * @param databaseUrl a database with all migrations applied
 */
export async function describeDrift(databaseUrl: string, schema: string = schemaPath): Promise<string> {
  const files = [{ path: schema, content: await readFile(schema, 'utf8') }];
  const pool = createCataloguePool(databaseUrl);
  try {
    const engine = await loadSchemaEngine(pool, files);
    const { exitCode, stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: dirname(schema) },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    });
    // 2: they differ. Anything else with words in it is only the comment "empty migration".
    return exitCode === 2 ? (stdout ?? '') : '';
  } finally {
    await pool.end();
  }
}

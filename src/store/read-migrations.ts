import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MigrationError } from './migration-error.ts';

export interface Migration {
  /** Folder name: `<14 digits>_<words>`. Migrations run in the order of their names. */
  name: string;
  sql: string;
  /** SHA-256 of the file's bytes, in hex: what Prisma writes too. */
  checksum: string;
}

/** prisma/migrations of the package: two folders up from here, both from src/ and from dist/. */
export const migrationsDirectory = fileURLToPath(new URL('../../prisma/migrations/', import.meta.url));

/** The migrations this binary knows, in order. Throws MigrationError when the folder is missing. */
export async function readMigrations(directory: string = migrationsDirectory): Promise<Migration[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((error: unknown) => {
    throw new MigrationError(`The folder of migrations, ${directory}, cannot be read. Install Baton again.`, {
      cause: error,
    });
  });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const bytes = await readFile(join(directory, name, 'migration.sql'));
      return { name, sql: bytes.toString('utf8'), checksum: createHash('sha256').update(bytes).digest('hex') };
    }),
  );
}

import type { Migration } from './read-migrations.ts';
import { MigrationError } from './migration-error.ts';

/** A row of `_prisma_migrations` that counts: finished or failed, not rolled back. */
export interface AppliedMigration {
  name: string;
  checksum: string;
  finished: boolean;
}

/**
 * How a database stands to the migrations this binary knows. `ahead`: a newer binary has been here.
 */
export interface MigrationsStatus {
  state: 'current' | 'behind' | 'ahead';
  /** Known here, not yet applied there. */
  pending: string[];
  /** Applied there, not known here. */
  unknown: string[];
}

/** Anything that runs a query: a pg Pool or Client. */
export interface Queryable {
  query(sql: string): Promise<{ rows: unknown[] }>;
}

export function compareMigrations(known: readonly Migration[], applied: readonly AppliedMigration[]): MigrationsStatus {
  const pending = known.filter((each) => !applied.some((row) => row.name === each.name && row.finished));
  const unknown = applied.filter((row) => !known.some((each) => each.name === row.name));
  return {
    state: unknown.length > 0 ? 'ahead' : pending.length > 0 ? 'behind' : 'current',
    pending: pending.map((each) => each.name),
    unknown: unknown.map((row) => row.name),
  };
}

/** Throws MigrationError, in words, when this binary must not touch a database with these migrations applied. */
export function refuseForeignHistory(known: readonly Migration[], applied: readonly AppliedMigration[]): void {
  const { unknown } = compareMigrations(known, applied);
  if (unknown.length > 0) {
    throw new MigrationError(
      `This database was migrated by a newer Baton (${unknown.join(', ')}). Start that version, or restore the backup ` +
        'taken before the upgrade. Nothing was changed.',
    );
  }
  const failed = applied.find((row) => !row.finished);
  if (failed !== undefined) {
    throw new MigrationError(
      `The migration ${failed.name} is recorded as begun and not finished. Restore the backup taken before it. ` +
        'Nothing was changed.',
    );
  }
  const changed = known.find((each) => applied.some((row) => row.name === each.name && row.checksum !== each.checksum));
  if (changed !== undefined) {
    throw new MigrationError(
      `The migration ${changed.name} was applied here with other contents than this Baton's. Applied migrations are ` +
        'never edited: install the release this database belongs to. Nothing was changed.',
    );
  }
}

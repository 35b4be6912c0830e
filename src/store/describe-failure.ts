import { EmbeddedPostgresError } from './embedded/embedded-error.ts';
import { MigrationError } from './migration-error.ts';
import { KeyError } from './seal.ts';
import { isTransient } from './transient-error.ts';

/** Why the database could not be opened, in a sentence that holds no value of it; undefined when we do not know. */
export function describeDatabaseFailure(error: unknown): string | undefined {
  if (error instanceof EmbeddedPostgresError || error instanceof MigrationError || error instanceof KeyError)
    return error.message;
  if (isTransient(error)) return 'The database cannot be reached. Check DATABASE_URL and that the server is up.';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === '28P01' || code === '28000')
    return 'The database refused the user or the password in DATABASE_URL, DATABASE_APP_URL or DATABASE_WORKER_URL.';
  if (code === '3D000') return 'The database named in DATABASE_URL does not exist.';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'The host named in DATABASE_URL is not known.';
  return undefined;
}

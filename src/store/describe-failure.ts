import { EmbeddedPostgresError } from './embedded/embedded-error.ts';
import { MigrationError } from './migration-error.ts';
import { KeyError } from './seal.ts';
import { isTransient } from './transient-error.ts';

const certificateCodes: ReadonlySet<string> = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** Why the database could not be opened, in a sentence that holds no value of it; undefined when we do not know. */
export function describeDatabaseFailure(error: unknown): string | undefined {
  if (error instanceof EmbeddedPostgresError || error instanceof MigrationError || error instanceof KeyError)
    return error.message;
  if (isTransient(error)) return 'The database cannot be reached. Check DATABASE_URL and that the server is up.';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === '28P01' || code === '28000')
    return 'The database refused the user or the password in DATABASE_URL, DATABASE_APP_URL or DATABASE_WORKER_URL.';
  if (code === '3D000') return 'The database named in DATABASE_URL does not exist.';
  if (error instanceof Error && /does not support SSL/.test(error.message)) {
    return 'The database offers no encryption, and it is on another machine. Switch TLS on there; only in a network of your own, add sslmode=disable to DATABASE_URL.';
  }
  if (certificateCodes.has(code)) {
    return 'The certificate of the database is not one this machine trusts. Add sslrootcert=FILE with the certificate of its authority to DATABASE_URL.';
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'The host named in DATABASE_URL is not known.';
  return undefined;
}

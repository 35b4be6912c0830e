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

/** What the server itself gave as the reason (SQLSTATE): none of it is about the address. */
const reasons: Readonly<Record<string, string>> = {
  '57014': 'The database took longer than a minute for one step, and gave it up.',
  '25P03': 'The database ended a transaction that stood still for longer than a minute.',
  '55P03': 'Somebody else held what was needed in the database for too long.',
  '40001': 'Two changes met in the database, and one of them was undone.',
  '40P01': 'Two changes met in the database, and one of them was undone.',
  '53100': 'The disk of the database is full.',
  '53200': 'The database has no memory left.',
  '53300': 'The database has no connection free.',
  '57P01': 'The database was stopped while it was at work.',
  '57P02': 'The database was stopped while it was at work.',
  '57P03': 'The database is just starting or stopping.',
};

const endedCodes: ReadonlySet<string> = new Set([
  ...['ECONNRESET', 'EPIPE', '08003', '08006', 'P1017', '25P03'],
  ...['57P01', '57P02'],
]);
const endedSentence = /^(?:Connection terminated unexpectedly|Client (?:has encountered|was closed))/;

/** True when a connection that stood ended, or was ended: what was last asked for may have been done. */
export function isConnectionLost(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return endedCodes.has(code) || (error instanceof Error && endedSentence.test(error.message));
}

/**
 * What a pooler between Baton and the database (PgBouncer) makes of what it does not pass on: start-up settings, and
 * statements that were prepared on a connection which it has given to somebody else meanwhile.
 */
const ofPoolers = /unsupported startup parameter|prepared statement "[^"]*" (?:does not exist|already exists)/;
const furthest = 6;

/** Errors of the driver come wrapped by the adapter and by Prisma; causes of adapters are plain objects. */
function isOfPooler(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > furthest) return false;
  const read = (field: string): unknown => Reflect.get(error, field);
  const said = [read('message'), read('originalMessage')];
  if (said.some((words) => typeof words === 'string' && ofPoolers.test(words))) return true;
  return [read('cause'), read('meta'), read('driverAdapterError')].some((inner) => isOfPooler(inner, depth + 1));
}

/** Why the database could not be opened or did not do something, in a sentence that holds no value of it; undefined when we do not know. */
export function describeDatabaseFailure(error: unknown): string | undefined {
  if (error instanceof EmbeddedPostgresError || error instanceof MigrationError || error instanceof KeyError)
    return error.message;
  if (isOfPooler(error)) {
    return 'A pooler (PgBouncer) stands before the database and passes no start-up settings or prepared statements on. Let DATABASE_URL, DATABASE_APP_URL and DATABASE_WORKER_URL lead to PostgreSQL itself: Baton pools by itself.';
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = reasons[code];
  if (reason !== undefined) return reason;
  if (isConnectionLost(error)) return 'The connection to the database was lost.';
  if (isTransient(error)) return 'The database cannot be reached. Check DATABASE_URL and that the server is up.';
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

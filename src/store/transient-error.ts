/**
 * Failures after which trying the same thing again is right: the connection was lost or refused, the server was
 * starting or stopping, no connection was free, two transactions met. Whether a lost COMMIT happened is not known;
 * the delivery's key says. The same failure comes in many shapes, by whether the server, the driver, the adapter or
 * Prisma noticed it first, and causes of adapters are plain objects.
 */
const codes = new Set([
  // The server's own (SQLSTATE): conflict, deadlock, lock not available, too many connections, shutting down, crashed,
  // starting, and lost connections.
  ...['40001', '40P01', '55P03', '53300', '57P01', '57P02', '57P03', '08000', '08001', '08003', '08004', '08006'],
  // Our own queue for connections.
  'busy',
  // The system's.
  ...['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'ECONNABORTED'],
  // Prisma's: cannot reach, timed out, connection closed, none free, transaction closed, write conflict.
  ...['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2034', 'P2037'],
]);
/** Words of Prisma's adapters for the same things. */
const kinds = new Set([
  'ConnectionClosed',
  'DatabaseNotReachable',
  'SocketTimeout',
  'TooManyConnections',
  'TransactionAlreadyClosed',
  'TransactionWriteConflict',
]);
/** The driver gives these no code. */
const sentences =
  /^(?:Connection terminated|Client (?:has encountered a connection error|was closed) and is not queryable|timeout (?:expired|exceeded when trying to connect))/;
const furthest = 6;

export function isTransient(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > furthest) return false;
  const read = (field: string): unknown => Reflect.get(error, field);
  if ([read('code'), read('originalCode')].some((code) => typeof code === 'string' && codes.has(code))) return true;
  const kind = read('kind');
  if (typeof kind === 'string' && kinds.has(kind)) return true;
  if (error instanceof Error && sentences.test(error.message)) return true;
  const meta = read('meta');
  const adapter: unknown = typeof meta === 'object' && meta !== null && Reflect.get(meta, 'driverAdapterError');
  return isTransient(adapter, depth + 1) || isTransient(read('cause'), depth + 1);
}

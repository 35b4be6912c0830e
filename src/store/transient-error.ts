/**
 * Failures after which trying the same thing again is right: the connection was lost or refused, the server was
 * starting or stopping, two transactions met. Whether a lost COMMIT happened is not known; the delivery's key says.
 */
const sqlStates = new Set([
  '40001',
  '40P01',
  '55P03',
  '57P01',
  '57P02',
  '57P03',
  '08000',
  '08001',
  '08003',
  '08004',
  '08006',
]);
const systemCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'ECONNABORTED']);
/** Prisma's own: cannot reach, timed out, connection closed, transaction closed, write conflict. */
const prismaCodes = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2034']);

export function isTransient(error: unknown): boolean {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    const code = 'code' in at && typeof at.code === 'string' ? at.code : '';
    if (sqlStates.has(code) || systemCodes.has(code) || prismaCodes.has(code)) return true;
    const meta = 'meta' in at ? JSON.stringify(at.meta ?? null) : '';
    if ([...sqlStates, ...systemCodes].some((known) => meta.includes(`"${known}"`))) return true;
    if (
      /Connection terminated|server closed the connection|Can't reach database|Transaction (?:not found|already closed)|connection (?:is )?closed/i.test(
        at.message,
      )
    )
      return true;
  }
  return false;
}

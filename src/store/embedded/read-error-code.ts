/** The `code` of a system or PostgreSQL error (`ENOENT`, `57P03`), or '' when it has none. */
export function readErrorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

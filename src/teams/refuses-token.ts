/** What Microsoft's identity platform says of an app, a secret or a certificate that it does not take. */
const codes: ReadonlySet<unknown> = new Set(['invalid_client', 'unauthorized_client', 'access_denied']);
const statuses: ReadonlySet<unknown> = new Set([401, 403]);

/** True when we were refused a token for good; false when nobody answered, or not in time. */
export function refusesToken(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const read = (field: string): unknown => Reflect.get(error, field);
  return codes.has(read('errorCode')) || statuses.has(read('status')) || statuses.has(read('statusCode'));
}

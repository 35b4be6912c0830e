/** Codes of a connection that never stood: no request was sent over it. */
const noConnection =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_.+|ERR_TLS_.+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_.+)$/;

/** OpenSSL's words for a handshake that failed. Its other words may come of a connection that carried the request. */
const noHandshake =
  /SSL routines:.*(handshake failure|wrong version number|unsupported protocol|alert protocol version|unrecognized name)/;

/** True when a request failed before anything was sent (the reason is its `cause`): a repetition is no duplicate. */
export function neverLeft(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  if (!(cause instanceof Error)) return false;
  return ('code' in cause && noConnection.test(String(cause.code))) || noHandshake.test(cause.message);
}

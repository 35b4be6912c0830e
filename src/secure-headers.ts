import type { RequestHandler } from 'express';

/**
 * On every answer. Nothing of Baton's is a page but the simulator's and the two of Slack's installation: a browser that
 * is led here runs nothing, frames nothing, guesses no type and tells nobody where it came from. The simulator's page
 * has a policy of its own.
 */
const always: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'cache-control': 'no-store',
};
/** A year. Said only where the request came by https: to whoever is not behind it, it would be no use. */
const httpsOnly = 'max-age=31536000';

export const secureHeaders: RequestHandler = (request, response, next) => {
  response.set(always);
  if (request.headers['x-forwarded-proto'] === 'https') response.set('strict-transport-security', httpsOnly);
  next();
};

import { Router } from 'express';
import type { SigningKeys } from './signing-keys.ts';

export const TOKEN_ISSUER = 'https://api.botframework.com';

/**
 * The loopback identity provider. The address carries a realm of its own, because verifiers keep keys by address
 * and two tenants in one process may get the same port one after the other.
 */
export function createIdentityRoutes(options: {
  readonly keys: SigningKeys;
  readonly realm: string;
  readonly origin: () => string;
  /** True when the keys are out of reach this time. */
  readonly down: () => boolean;
}): Router {
  const { keys, realm, origin, down } = options;
  const router = Router();
  router.use('/openid', (_request, response, next) => {
    if (down()) response.status(503).type('text/plain').send('Service unavailable');
    else next();
  });
  router.get(
    ['/openid/.well-known/openidconfiguration', `/openid/${realm}/.well-known/openidconfiguration`],
    (_request, response) => {
      response.json({
        issuer: TOKEN_ISSUER,
        jwks_uri: `${origin()}/openid/${realm}/keys`,
        id_token_signing_alg_values_supported: ['RS256'],
      });
    },
  );
  router.get(['/openid/keys', `/openid/${realm}/keys`], (_request, response, next) => {
    keys.jwks().then((set) => response.json(set), next);
  });
  return router;
}

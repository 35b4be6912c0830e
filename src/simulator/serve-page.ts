import { existsSync } from 'node:fs';
import path from 'node:path';
import express, { Router } from 'express';

/** The built page: beside this file when compiled, in dist/ when run from the sources. */
export function findPageFolder(): string {
  const here = import.meta.dirname;
  return import.meta.filename.endsWith('.ts')
    ? path.resolve(here, '../../dist/simulator/page')
    : path.join(here, 'page');
}

/** Nothing from anywhere but this service; pictures of cards come from it too, under either of its names. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: http://localhost:* http://127.0.0.1:*",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Serves the page at `/`. Without a build it says in words how to get one. */
export function servePage(folder = findPageFolder()): Router {
  const router = Router();
  router.get('/', (_request, response, next) => {
    if (existsSync(path.join(folder, 'index.html'))) return void next();
    response.status(503).type('text/plain').send('The page is not built yet. Run: npm run build');
  });
  router.use(
    express.static(folder, {
      setHeaders(response) {
        response.setHeader('content-security-policy', POLICY);
        response.setHeader('x-content-type-options', 'nosniff');
        response.setHeader('referrer-policy', 'no-referrer');
      },
    }),
  );
  return router;
}

import { Router } from 'express';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Store } from './store/store.ts';

/** `/healthz`: the process is up. `/readyz`: the database answers at the right schema. `/metrics`: Prometheus. */
export function createHealth(ports: { readonly store: Store }): Router {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'up' });
  });
  router.get('/readyz', async (_request, response) => {
    const problem = await ports.store.problem();
    response
      .status(problem === undefined ? 200 : 503)
      .json(problem === undefined ? { status: 'ready' } : { status: 'not ready', reason: problem });
  });
  router.get('/metrics', async (_request, response) => {
    response.type(registry.contentType).send(await registry.metrics());
  });
  return router;
}

import { Router } from 'express';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Clock } from './clock.ts';
import type { Store } from './store/store.ts';

/** A load balancer asks every few seconds: a frozen database must not pile its questions up. */
const readyMilliseconds = 2_000;

/** `/healthz`: the process is up. `/readyz`: the database answers at the right schema. `/metrics`: Prometheus. */
export function createHealth(ports: { readonly store: Store; readonly clock: Clock }): Router {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'up' });
  });
  router.get('/readyz', async (_request, response) => {
    const slow = ports.clock.pause(readyMilliseconds).then(() => 'the database does not answer in time');
    const problem = await Promise.race([ports.store.problem(), slow]);
    response
      .status(problem === undefined ? 200 : 503)
      .json(problem === undefined ? { status: 'ready' } : { status: 'not ready', reason: problem });
  });
  router.get('/metrics', async (_request, response) => {
    response.type(registry.contentType).send(await registry.metrics());
  });
  return router;
}

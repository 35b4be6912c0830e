import { Gauge, Histogram, type Registry } from 'prom-client';
import type { Store } from './store/store.ts';

/** Waiting at all is news; ten seconds is where a request gives up. */
const buckets = [0.001, 0.005, 0.025, 0.1, 0.25, 0.5, 1, 2, 5, 10];

/** Connections to the database: how many there are, how many are taken, who waits for one and for how long. */
export function measurePools(registry: Registry, store: Pick<Store, 'pools'>): void {
  const names = ['app', 'worker'] as const;
  const connections = new Gauge({
    name: 'baton_pool_connections',
    help: 'Connections to the database that are open: busy or idle; most: how many there may be',
    labelNames: ['pool', 'state'],
    registers: [registry],
    collect() {
      for (const pool of names) {
        const { open, idle, most } = store.pools[pool].use();
        connections.set({ pool, state: 'busy' }, open - idle);
        connections.set({ pool, state: 'idle' }, idle);
        connections.set({ pool, state: 'most' }, most);
      }
    },
  });
  const waiting = new Gauge({
    name: 'baton_pool_waiting',
    help: 'Transactions that wait for a connection now',
    labelNames: ['pool'],
    registers: [registry],
    collect() {
      for (const pool of names) waiting.set({ pool }, store.pools[pool].use().waiting);
    },
  });
  const waits = new Histogram({
    name: 'baton_pool_wait_seconds',
    help: 'How long a transaction waited for its connection, those that got none included',
    labelNames: ['pool'],
    buckets,
    registers: [registry],
  });
  for (const pool of names) store.pools[pool].hear((seconds) => waits.observe({ pool }, seconds));
}

import { Gauge, Histogram, type Registry } from 'prom-client';
import type { Store } from './store/store.ts';

/** Waiting at all is news; ten seconds is where a request gives up. */
const buckets = [0.001, 0.005, 0.025, 0.1, 0.25, 0.5, 1, 2, 5, 10];

/** Connections to the database: how many there may be, how many are taken, who waits for one and for how long. */
export function measurePools(registry: Registry, store: Pick<Store, 'pressure' | 'hearWaits'>): void {
  const connections = new Gauge({
    name: 'baton_pool_connections',
    help: 'Connections to the database of this process: busy; reserved for escalations; most, how many there may be',
    labelNames: ['pool', 'state'],
    registers: [registry],
    collect() {
      for (const [pool, { inUse, reserved, connections: most }] of Object.entries(store.pressure())) {
        connections.set({ pool, state: 'busy' }, inUse);
        connections.set({ pool, state: 'reserved' }, reserved);
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
      for (const [pool, pressure] of Object.entries(store.pressure())) waiting.set({ pool }, pressure.waiting);
    },
  });
  const waits = new Histogram({
    name: 'baton_pool_wait_seconds',
    help: 'How long a transaction waited for its connection, those that got none included',
    labelNames: ['pool'],
    buckets,
    registers: [registry],
  });
  store.hearWaits((pool, seconds) => waits.observe({ pool }, seconds));
}

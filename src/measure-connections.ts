import { Counter, Gauge, type Registry } from 'prom-client';
import type { Happening } from './chat/inbound.ts';
import type { Store } from './store/store.ts';

/** What the database's connections do, and whom nobody had one for. */
export function measureConnections(
  registry: Registry,
  store: Pick<Store, 'pressure'>,
): { readonly turnedAway: (kind: Happening['kind']) => void } {
  const registers = [registry];
  new Gauge({
    name: 'baton_database_connections',
    help: 'Connections of this process: set, kept for escalations, in use; and how much waits for one',
    labelNames: ['pool', 'state'],
    registers,
    collect() {
      for (const [pool, { connections, reserved, inUse, waiting }] of Object.entries(store.pressure())) {
        this.set({ pool, state: 'set' }, connections);
        this.set({ pool, state: 'reserved' }, reserved);
        this.set({ pool, state: 'in_use' }, inUse);
        this.set({ pool, state: 'waiting' }, waiting);
      }
    },
  });
  const away = new Counter({
    name: 'baton_turned_away_total',
    help: 'Requests answered with "I am busy just now": no connection would have been free in time',
    labelNames: ['kind'],
    registers,
  });
  return { turnedAway: (kind) => away.inc({ kind }) };
}

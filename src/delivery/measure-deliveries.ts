import { Counter, Gauge, type Registry } from 'prom-client';
import type { Backlog, Held } from './backlog.ts';

/**
 * Counts and gauges for Prometheus. Labels are states and outcomes: never a person, a place or a client. What the database
 * does not answer in time leaves its lines out: an old figure would be taken for today's.
 */
export function measureDeliveries(
  registry: Registry,
  readBacklog: () => Promise<Backlog | undefined>,
  readHolds: () => Promise<readonly Held[] | undefined>,
): { onResult(priority: number, result: string): void } {
  const results = new Counter({
    name: 'baton_deliveries_total',
    help: 'Deliveries worked on, by priority and how it ended',
    labelNames: ['priority', 'result'],
    registers: [registry],
  });
  new Gauge({
    name: 'baton_delivery_oldest_due_seconds',
    help: 'How long the oldest due delivery has been due',
    registers: [registry],
    async collect() {
      const backlog = await readBacklog();
      if (backlog === undefined) this.remove();
      else this.set(backlog.oldestSeconds);
    },
  });
  new Gauge({
    name: 'baton_delivery_backlog',
    help: 'Deliveries that are not at rest, by state',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      const { oldestSeconds: _oldest, ...counts } = (await readBacklog()) ?? {};
      this.reset();
      for (const [state, count] of Object.entries(counts)) this.set({ state }, count);
    },
  });
  new Gauge({
    name: 'baton_delivery_holds',
    help: 'Places that a platform asked to wait with, by what must wait there',
    labelNames: ['platform', 'method'],
    registers: [registry],
    async collect() {
      const holds = await readHolds();
      this.reset();
      for (const { platform, method, count } of holds ?? []) this.set({ platform, method }, count);
    },
  });
  const names = ['escalation', 'answer', 'refresh', 'digest'] as const;
  return {
    onResult: (priority, result) => results.inc({ priority: names[priority] ?? 'other', result }),
  };
}

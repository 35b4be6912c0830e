import { Counter, Gauge, type Registry } from 'prom-client';

/** Counts for Prometheus. Labels are events, states and results: never a person, a team, an organisation. */
export function measurePages(
  registry: Registry,
  /** Undefined while the database does not say: then nothing is shown of it. */
  count: () => Promise<readonly { readonly state: string; readonly count: number }[] | undefined>,
): { onResult(event: string, result: string): void } {
  const results = new Counter({
    name: 'baton_pages_total',
    help: 'Pages worked on, by event and how it ended: pending = it failed and is tried again',
    labelNames: ['event', 'result'],
    registers: [registry],
  });
  new Gauge({
    name: 'baton_pages',
    help: 'Pages that are not at rest, by state',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      const counts = await count();
      this.reset();
      if (counts === undefined) return;
      for (const state of ['pending', 'sending', 'parked']) {
        this.set({ state }, counts.find((one) => one.state === state)?.count ?? 0);
      }
    },
  });
  return { onResult: (event, result) => results.inc({ event, result }) };
}

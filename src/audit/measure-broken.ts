import { Counter, type Registry } from 'prom-client';
import { askInTime } from '../ask-in-time.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/store.ts';

/** What was read is good for this long, in wall milliseconds: whoever asks often does not work the database. */
const readAgainAfter = 15_000;

interface Count {
  readonly table: string;
  readonly column: string;
  readonly count: number;
}

/**
 * Sealed values that could not be read, over all organisations, from what is on record: each once a day. Labels are
 * names of tables and columns: never a row, an organisation or a client.
 */
export function measureBroken(registry: Registry, ports: { readonly store: Store; readonly clock: Clock }): void {
  const { store, clock } = ports;
  const read = askInTime(clock, () => countAll(store), readAgainAfter);
  new Counter({
    name: 'baton_seal_broken_total',
    help: 'Sealed values that could not be read, each counted once a day, by table and column',
    labelNames: ['table', 'column'],
    registers: [registry],
    async collect() {
      // A database that does not answer takes no other metric with it.
      const counts = await read();
      this.reset();
      for (const { table, column, count } of counts ?? []) this.inc({ table, column }, count);
    },
  });
}

async function countAll(store: Store): Promise<readonly Count[]> {
  const all: Count[] = [];
  for (const organisation of await store.organisations()) {
    all.push(
      ...(await store.inOrganisation(
        organisation,
        (tx) => tx.db.$queryRaw<Count[]>`
          select detail ->> 'table' as table, detail ->> 'column' as column, count(*)::int as count
          from audit_event
          where organisation_id = ${tx.organisation} and verb = 'seal.broken'
          group by 1, 2`,
      )),
    );
  }
  return all;
}

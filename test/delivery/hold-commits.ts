import type { OrganisationTransaction } from '../../src/store/transaction.ts';
import { gate, type Bench } from './bench.ts';

/** Any number; what is locked by it is an agreement of this test. */
const agreed = 7;

/** Lets a transaction stand still in the server, before its commit and behind all it wrote. */
export async function holdCommits(bench: Bench): Promise<{
  waitFor(tx: OrganisationTransaction): void;
  /** Resolves when a transaction has come that far. */
  awaited(): Promise<void>;
  release(): Promise<void>;
}> {
  const held = gate<undefined>();
  const free = gate<undefined>();
  const holding = bench.store.asWorker(async (db) => {
    await db.$queryRaw`select pg_advisory_xact_lock(${agreed})`;
    held.open(undefined);
    await free.promise;
  });
  await held.promise;
  const waiting = async (): Promise<number> => {
    const rows = await bench.store.asWorker(
      (db) => db.$queryRaw<{ count: number }[]>`
        select count(*)::int as count from pg_locks
        where locktype = 'advisory' and not granted
          and database = (select oid from pg_database where datname = current_database())`,
    );
    return rows[0]?.count ?? 0;
  };
  return {
    waitFor: (tx) => tx.beforeCommit(() => tx.db.$writeRaw`select pg_advisory_xact_lock(${agreed})`),
    async awaited() {
      while ((await waiting()) === 0);
    },
    async release() {
      free.open(undefined);
      await holding;
    },
  };
}

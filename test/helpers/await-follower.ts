import type { OrganisationTransaction } from '../../src/store/transaction.ts';

/** Resolves when another transaction waits for this one. */
export async function awaitFollower({ db }: OrganisationTransaction): Promise<void> {
  for (;;) {
    const [row] = await db.$queryRaw<{ waits: boolean }[]>`
      select exists (select 1 from pg_locks l where not l.granted
                     and pg_backend_pid() = any(pg_blocking_pids(l.pid))) as waits`;
    if (row?.waits === true) return;
  }
}

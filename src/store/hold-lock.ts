import pg from 'pg';
import { connectAs } from './connect-as.ts';

/** Held by one process at a time, over any number of transactions; given back by itself when the process dies. */
export interface HeldLock {
  /** True once its connection is gone: somebody else may hold it now. */
  isLost(): boolean;
  release(): Promise<void>;
}

/** Whoever was just killed gives theirs back a moment later. */
const longestWait = '2s';
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Takes the lock of a name on a connection of its own, without a transaction: a long one would hold up whatever waits
 * for old transactions to be over. Undefined where somebody else has it.
 */
export async function holdLock(url: string, role: string, name: string): Promise<HeldLock | undefined> {
  const client = new pg.Client({ ...connectAs(url, role), connectionTimeoutMillis: 10_000, keepAlive: true });
  let lost = false;
  const lose = (): void => {
    lost = true;
  };
  client.on('error', lose);
  client.on('end', lose);
  await client.connect();
  const release = (): Promise<void> => client.end().catch(() => undefined);
  try {
    await client.query(`set lock_timeout = '${longestWait}'`);
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [name]);
    return { isLost: () => lost, release };
  } catch (error) {
    await release();
    if (error instanceof pg.DatabaseError && error.code === LOCK_NOT_AVAILABLE) return undefined;
    throw error;
  }
}

/** Whether somebody holds it now; touches it not, so that nobody who asks for it is turned away. */
export async function isLockHeld(pool: pg.Pool, name: string): Promise<boolean> {
  const { rows } = await pool.query<{ held: boolean }>(
    `select exists (
       select from pg_locks
       where locktype = 'advisory' and granted and objsubid = 1
         and database = (select oid from pg_database where datname = current_database())
         and ((classid::bigint << 32) | objid::bigint) = hashtextextended($1, 0)) as held`,
    [name],
  );
  return rows[0]?.held === true;
}

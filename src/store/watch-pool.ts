import type pg from 'pg';
import type { Clock } from '../clock.ts';

/** A pool as it is now. */
export interface PoolUse {
  /** Transactions that wait for a connection. */
  readonly waiting: number;
  readonly open: number;
  readonly idle: number;
  /** How many there may be. */
  readonly most: number;
}

export interface WatchedPool {
  use(): PoolUse;
  /** From now on told how long each transaction waited for its connection, in seconds. */
  hear(waited: (seconds: number) => void): void;
}

/** Gives out a pool's connections and notes how long each was waited for. */
export function watchPool(
  pool: pg.Pool,
  clock: Pick<Clock, 'wallNow'>,
): WatchedPool & { readonly connect: () => Promise<pg.PoolClient> } {
  let tell: (seconds: number) => void = () => undefined;
  return {
    use: () => ({
      waiting: pool.waitingCount,
      open: pool.totalCount,
      idle: pool.idleCount,
      most: pool.options.max,
    }),
    hear(waited) {
      tell = waited;
    },
    async connect() {
      const since = clock.wallNow().getTime();
      try {
        return await pool.connect();
      } finally {
        tell(Math.max(0, clock.wallNow().getTime() - since) / 1_000);
      }
    },
  };
}

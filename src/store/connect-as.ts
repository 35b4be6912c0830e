import type { PoolConfig } from 'pg';

/**
 * A connection of the owner that takes a runtime role at once (design §4.2): row security then holds for it, since
 * `baton_app` and `baton_worker` are neither owner nor superuser.
 */
export function connectAs(url: string, role: string): PoolConfig {
  return { connectionString: url, options: `-c role=${role}` };
}

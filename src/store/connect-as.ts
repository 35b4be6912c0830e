import type { PoolConfig } from 'pg';

/**
 * A connection that takes a runtime role at once (design §4.2): row security then holds for it, since `baton_app` and
 * `baton_worker` are neither owner nor superuser. Whoever came in as the owner can become it again; whoever came in by a
 * login of that role alone cannot.
 */
export function connectAs(url: string, role: string): PoolConfig {
  return { connectionString: url, options: `-c role=${role}` };
}

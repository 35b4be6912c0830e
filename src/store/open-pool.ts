import pg from 'pg';
import { connectAs } from './connect-as.ts';

/** Longest one statement may take, and longest a transaction may stand still, in milliseconds: then the server ends it. */
const longest = 60_000;

/**
 * Connections of one runtime role. Statements are sent as they come and answered in their order (pipelining): what
 * needs no answer does not wait for one. The session's zone is UTC, so that a moment reads the same on every server.
 * Connections that only look refuse every write.
 */
export function openPool(url: string, role: string, connections: number, looksOnly = false): pg.Pool {
  const settings = connectAs(url, role);
  const pool = new pg.Pool({
    ...settings,
    options: `${settings.options ?? ''} -c TimeZone=UTC${looksOnly ? ' -c default_transaction_read_only=on' : ''}`,
    pipeline: true,
    max: connections,
    connectionTimeoutMillis: 10_000,
    statement_timeout: longest,
    idle_in_transaction_session_timeout: longest,
  });
  // Between two queries nobody listens to a connection that is in use, and an error nobody hears would end the
  // process. The query that needs the connection fails all the same, and says so where it belongs.
  pool.on('connect', (client) => client.on('error', () => undefined));
  // The same for a connection that rests in the pool, which then leaves it.
  pool.on('error', () => undefined);
  return pool;
}

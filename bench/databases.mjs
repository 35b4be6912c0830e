import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../dist/store/embedded/start-embedded-postgres.js';
import { migrate } from '../dist/store/migrate.js';

const quiet = { info: () => undefined, warn: () => undefined };

/** One private PostgreSQL for everything, written through to disk as in production. */
export async function openServer() {
  const stateDir = await mkdtemp(path.join(tmpdir(), 'baton-bench-'));
  // Root runs PostgreSQL as another user, who has to get in.
  await chmod(stateDir, 0o755);
  const server = await startEmbeddedPostgres({ stateDir, log: quiet });
  const [{ version }] = await query(server.url, `select current_setting('server_version') as version`);
  return {
    stateDir,
    version,
    /** A new database with Baton's schema, or a copy of another; returns its address. */
    async create(name, template) {
      await query(server.url, `create database ${name} template ${template ?? 'template0'}`);
      const url = at(server.url, name);
      if (template === undefined) await migrate({ connect: url, log: quiet });
      return url;
    },
    async close() {
      await server.stop();
      await rm(stateDir, { recursive: true, force: true });
    },
  };
}

function at(url, database) {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

/** Asks once, on a connection of its own. As the owner; the rows of an organisation are seen with `asOrganisation`. */
export async function query(url, text, values = [], more = {}) {
  const client = new pg.Client({ connectionString: url, ...more });
  await client.connect();
  try {
    const { rows } = await client.query(text, values);
    return rows;
  } finally {
    await client.end();
  }
}

export const asOrganisation = { options: '-c role=baton_app -c baton.organisation=bench' };

/** Counterparts do not pay for row security. */
export const withoutRowSecurity = (url) =>
  query(
    url,
    `do $$ declare t text; begin
       for t in select relname from pg_class where relrowsecurity and relnamespace = 'public'::regnamespace loop
         execute format('alter table %I no force row level security', t);
         execute format('alter table %I disable row level security', t);
       end loop;
     end $$`,
  );

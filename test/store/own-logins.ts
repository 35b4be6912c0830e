import pg from 'pg';
import { inject } from 'vitest';
import type { LoginUrls } from '../../src/store/require-logins.ts';
import type { TestDatabase } from '../helpers/database.ts';

export interface OwnLogins {
  readonly urls: LoginUrls;
  /** A further login that takes on these roles and has these powers. */
  more(name: string, roles: readonly string[], powers?: string): Promise<string>;
  drop(): Promise<void>;
}

/** Login roles belong to the whole cluster: these are named after their database, and go with it. */
export async function makeLogins(database: TestDatabase): Promise<OwnLogins> {
  const made: string[] = [];
  const asAdmin = async (sql: string): Promise<void> => {
    const admin = new pg.Client({ connectionString: inject('testServer').adminUrl });
    await admin.connect();
    try {
      await admin.query(sql);
    } finally {
      await admin.end();
    }
  };
  const more: OwnLogins['more'] = async (name, roles, powers = '') => {
    const login = `${database.name}_${name}`;
    const member = roles.length === 0 ? '' : `IN ROLE ${roles.join(', ')}`;
    await asAdmin(`CREATE ROLE ${login} LOGIN PASSWORD 'only-here' ${powers} ${member}`);
    made.push(login);
    const url = new URL(database.url);
    url.username = login;
    url.password = 'only-here';
    return url.href;
  };
  return {
    urls: { app: await more('app', ['baton_app']), worker: await more('worker', ['baton_worker']) },
    more,
    drop: async () => {
      for (const login of made) await asAdmin(`DROP ROLE ${login}`);
    },
  };
}

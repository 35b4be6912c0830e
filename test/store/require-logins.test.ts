import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wallClock } from '../../src/clock.ts';
import { randomIds } from '../../src/ids.ts';
import { silentLog } from '../../src/log.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { requireLogins } from '../../src/store/require-logins.ts';
import { createDatabase, createEmptyDatabase, type TestDatabase } from '../helpers/database.ts';
import { makeLogins, type OwnLogins } from './own-logins.ts';

let database: TestDatabase;
let logins: OwnLogins;
beforeAll(async () => {
  database = await createDatabase();
  logins = await makeLogins(database);
});
afterAll(async () => {
  await database.drop();
  await logins.drop();
});

const open = (databaseUrl: string | undefined, urls = logins.urls) =>
  openDatabase({ databaseUrl, logins: urls, stateDir: '/nowhere', log: silentLog, clock: wallClock, ids: randomIds });

describe('logins of the application’s and the worker’s own', () => {
  it('are taken when each is a member of its role and of nothing else', async () => {
    await expect((await open(database.url)).bringUp()).resolves.toBeUndefined();
  });

  it.each<[string, () => Promise<string>, string]>([
    ['the owner', async () => database.url, 'DATABASE_APP_URL: its login owns the tables or the database, so it could'],
    ['a maker of roles', () => logins.more('maker', ['baton_app'], 'CREATEROLE'), 'its login may make roles'],
    ['both at once', () => logins.more('both', ['baton_app', 'baton_worker']), 'may also become baton_worker'],
    ['neither', () => logins.more('neither', []), 'may not become baton_app'],
  ])('are refused in words that repeat no URL: %s', async (_what, urlOf, sentence) => {
    const app = await urlOf();
    const refusal = await requireLogins({ ...logins.urls, app }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ name: 'MigrationError', message: expect.stringContaining(sentence) });
    expect(String(refusal)).not.toContain('only-here');
  });

  it('are refused where they lead to another database than the owner’s', async () => {
    const other = await createDatabase();
    try {
      const database = await open(other.url);
      await expect(database.bringUp()).rejects.toThrow('leads to another database than DATABASE_URL');
    } finally {
      await other.drop();
    }
  });

  it('serve without the owner’s URL where nothing is to be migrated, and say what to do where something is', async () => {
    await expect((await open(undefined)).bringUp()).resolves.toBeUndefined();
    const empty = await createEmptyDatabase();
    const those = await makeLogins(empty);
    try {
      const database = await open(undefined, those.urls);
      await expect(database.bringUp()).rejects.toThrow('Run "npm run -s baton -- migrate" once');
    } finally {
      await empty.drop();
      await those.drop();
    }
  });
});

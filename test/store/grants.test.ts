import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPushableClock } from '../../src/clock.ts';
import { randomIds } from '../../src/ids.ts';
import { connectAs } from '../../src/store/connect-as.ts';
import { lookAtLogin } from '../../src/store/look-at-login.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { createDatabase, type TestDatabase } from '../helpers/database.ts';
import { applyFile, readSample } from '../helpers/organisation.ts';
import { makeLogins, type OwnLogins } from './own-logins.ts';

/** What the two runtime roles may do, and that a login of theirs gets no further, whatever it sends. */
let database: TestDatabase;
let logins: OwnLogins;
let store: Store;
let owner: pg.Client;
let ownerName = '';
const clients: pg.Client[] = [];

const open = async (settings: pg.ClientConfig): Promise<pg.Client> => {
  const client = new pg.Client(settings);
  client.on('error', () => undefined);
  await client.connect();
  clients.push(client);
  return client;
};
const one = async (client: pg.Client, sql: string): Promise<unknown> =>
  Object.values((await client.query<Record<string, unknown>>(sql)).rows[0] ?? {})[0];

beforeAll(async () => {
  database = await createDatabase();
  logins = await makeLogins(database);
  owner = await open({ connectionString: database.url });
  ownerName = String(await one(owner, 'select current_user::text'));
  const clock = createPushableClock({ start: new Date('2026-11-23T15:00:00Z') });
  const { urls } = logins;
  store = openStore({ url: database.url, logins: urls, masterKey: new Uint8Array(32).fill(1), clock, ids: randomIds });
  await applyFile(store, await readSample(), clock);
});
afterAll(async () => {
  await store.close();
  for (const client of clients) await client.end();
  await database.drop();
  await logins.drop();
});

describe('every grant of the runtime roles', () => {
  // Changed on purpose? `npx vitest run test/store/grants.test.ts -u`, and read the difference.
  it('is on the list', async () => {
    const { rows } = await owner.query<{ line: string }>(`
      with relation as (
        select oid, relname, relkind, relacl from pg_class
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S', 'f')
      ), granted as (
        select a.grantee, r.relname || case when r.relkind = 'S' then ' (sequence)' else '' end as thing, a.privilege_type as may
        from relation r, aclexplode(r.relacl) a
        union all
        select a.grantee, r.relname, a.privilege_type || ' (' || string_agg(t.attname, ', ' order by t.attname) || ')'
        from relation r join pg_attribute t on t.attrelid = r.oid and not t.attisdropped, aclexplode(t.attacl) a
        group by a.grantee, r.relname, a.privilege_type
      )
      select case when grantee = 0 then 'everybody' else grantee::regrole::text end || ' · ' || thing || ': '
             || string_agg(may, ', ' order by may) as line
      from granted where grantee = 0 or grantee in ('baton_app'::regrole, 'baton_worker'::regrole)
      group by grantee, thing`);
    await expect(
      rows
        .map(({ line }) => `${line}\n`)
        .sort()
        .join(''),
    ).toMatchFileSnapshot('../fixtures/grants.txt');
  });

  it('leaves the worker without sealed credentials, and the keys unchangeable', async () => {
    const worker = await open(connectAs(logins.urls.worker, 'baton_worker'));
    expect(await one(worker, 'select count(external_id)::int from workspace')).toBe(2);
    await expect(worker.query('select credentials from workspace')).rejects.toThrow('permission denied');
    await expect(worker.query('select * from workspace')).rejects.toThrow('permission denied');
    await expect(worker.query('select * from organisation_key')).rejects.toThrow('permission denied');
    const app = await open(connectAs(logins.urls.app, 'baton_app'));
    await expect(app.query(`update organisation_key set wrapped = ''`)).rejects.toThrow('permission denied');
    await expect(app.query('delete from organisation_key')).rejects.toThrow('permission denied');
  });

  it('needs no function that acts as somebody else, and no schema of its own', async () => {
    const found = await owner.query(
      `select proname from pg_proc where prosecdef and pronamespace = 'public'::regnamespace`,
    );
    expect(found.rows).toEqual([]);
    for (const role of ['baton_app', 'baton_worker'])
      expect(await one(owner, `select has_schema_privilege('${role}', 'public', 'create')`)).toBe(false);
  });
});

describe('a connection that came in by a login of its own', () => {
  const ways = (who: string): readonly string[] => [
    `set role ${who}`,
    `set session authorization ${who}`,
    `select set_config('role', '${who}', false)`,
    `grant ${who} to current_user`,
    'create role somebody',
    'alter table client disable row level security',
    'alter table client no force row level security',
    'create policy everything on client using (true)',
    'alter role current_user bypassrls',
    'drop trigger append_only on audit_event',
    'create table mine (n int)',
    'set row_security = off; select * from client',
    `copy client to program 'cat'`,
  ];

  it.each([
    ['baton_app', 'app', 'baton_worker'],
    ['baton_worker', 'worker', 'baton_app'],
  ] as const)('%s gets no further, whatever it sends', async (role, key, other) => {
    const client = await open(connectAs(logins.urls[key], role));
    for (const way of [...ways(ownerName), `set role ${other}`])
      await expect(client.query(way), way).rejects.toMatchObject({ code: '42501' });
    await client.query('reset role');
    expect(await one(client, 'select current_user::text')).toBe(role);
    await client.query('set role none');
    await client.query('reset session authorization');
    for (const way of ways(ownerName)) await expect(client.query(way), way).rejects.toThrow();
    expect(await lookAtLogin(client)).toEqual({ name: `${database.name}_${key}`, powers: [], roles: [role] });
    await expect(open({ connectionString: logins.urls[key], options: `-c role=${ownerName}` })).rejects.toThrow(
      'permission denied',
    );
  });

  it('serves as before: an organisation is read and written, and its neighbours are found', async () => {
    expect(await store.organisations()).toEqual(['riverside']);
    const people = await store.inOrganisation('riverside', (tx) => tx.db.person.count());
    expect(people).toBeGreaterThan(5);
    const { app, worker } = await store.logins();
    expect([app.powers, worker.powers]).toEqual([[], []]);
  });
});

describe('a connection that came in as the owner', () => {
  it('can become it again, which is told', async () => {
    const client = await open(connectAs(database.url, 'baton_app'));
    await client.query(`set role ${ownerName}`);
    expect((await lookAtLogin(client)).powers).toContain('owns the tables or the database');
  });
});

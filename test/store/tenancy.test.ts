import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPushableClock } from '../../src/clock.ts';
import { randomIds } from '../../src/ids.ts';
import { connectAs } from '../../src/store/connect-as.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { createDatabase, type TestDatabase } from '../helpers/database.ts';
import { aClient, applyFile, enrol, readSample } from '../helpers/organisation.ts';

/** Organisation A can neither read nor reference anything of B: shown in SQL, as the runtime roles themselves. */
describe('two organisations in one database', () => {
  const clock = createPushableClock({ start: new Date('2026-11-23T15:00:00Z') });
  let database: TestDatabase;
  let store: Store;
  let app: pg.Client;
  let worker: pg.Client;
  let clientOfB = '';

  beforeAll(async () => {
    database = await createDatabase();
    store = openStore({ url: database.url, masterKey: new Uint8Array(32).fill(1), clock, ids: randomIds });
    await applyFile(store, await readSample(), clock);
    const other = (text: string): string =>
      text.replace('id: riverside', 'id: lakeside').replace('T0RIVER', 'T0LAKE').replace('a001', 'a002');
    await applyFile(store, await readSample(other), clock);
    await enrol(store, clock, [{ ...aClient({ name: 'Ann Ash' }), dueOn: '2026-11-23' }]);
    const [enrolled] = await enrol(
      store,
      clock,
      [{ ...aClient({ name: 'Bob Birch' }), dueOn: '2026-11-23' }],
      'lakeside',
    );
    clientOfB = enrolled?.id ?? '';
    app = new pg.Client(connectAs(database.url, 'baton_app'));
    worker = new pg.Client(connectAs(database.url, 'baton_worker'));
    await Promise.all([app.connect(), worker.connect()]);
  });
  afterAll(async () => {
    await Promise.all([app.end(), worker.end(), store.close()]);
    await database.drop();
  });

  const asA = async <T>(work: () => Promise<T>): Promise<T> => {
    await app.query('begin');
    await app.query(`select set_config('baton.organisation', 'riverside', true)`);
    try {
      return await work();
    } finally {
      await app.query('rollback');
    }
  };
  const organisationTables = async (): Promise<string[]> => {
    const { rows } = await app.query<{ table_name: string }>(
      `select table_name from information_schema.columns where table_schema = 'public' and column_name = 'organisation_id'`,
    );
    return rows.map((row) => row.table_name);
  };

  it('runs as a role that is neither owner nor superuser and cannot bypass row security', async () => {
    const { rows } = await app.query(
      `select current_user as name, rolsuper, rolbypassrls, rolcanlogin from pg_roles where rolname = current_user`,
    );
    expect(rows).toEqual([{ name: 'baton_app', rolsuper: false, rolbypassrls: false, rolcanlogin: false }]);
  });

  it('forces row security on every table of the schema', async () => {
    const { rows } = await app.query<{ relname: string }>(
      `select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'public' and relkind = 'r' and relname <> '_prisma_migrations'
         and not (relrowsecurity and relforcerowsecurity)`,
    );
    expect(rows).toEqual([]);
  });

  it('shows A no row of B in any table', async () => {
    const tables = await organisationTables();
    expect(tables.length).toBeGreaterThan(15);
    await asA(async () => {
      for (const table of tables) {
        const { rows } = await app.query<{ organisation_id: string }>(`select distinct organisation_id from ${table}`);
        expect(
          rows.filter((row) => row.organisation_id !== 'riverside'),
          table,
        ).toEqual([]);
      }
      expect((await app.query('select id from organisation')).rows).toEqual([{ id: 'riverside' }]);
    });
  });

  it('shows nothing at all when no organisation is set', async () => {
    for (const table of await organisationTables()) {
      expect((await app.query(`select 1 from ${table} limit 1`)).rows, table).toEqual([]);
    }
  });

  it('lets A write no row for B', async () => {
    await asA(async () => {
      const write = app.query(
        `insert into partner (organisation_id, id, name, kind, routes) values ('lakeside', 'x', 'x', 'x', '[]')`,
      );
      await expect(write).rejects.toMatchObject({ code: '42501' });
    });
    await asA(async () => {
      const { rowCount } = await app.query(`update client set tier = 'low' where id = $1`, [clientOfB]);
      expect(rowCount).toBe(0);
    });
  });

  it('lets A reference no row of B: foreign keys carry the organisation', async () => {
    await asA(async () => {
      const reference = app.query(
        `insert into contact (organisation_id, id, client_id, person_id, occurred_at, occurred_on, zone, logged_at, mode, outcome, source)
         values ('riverside', gen_random_uuid(), $1, 'maya', now(), now(), 'UTC', now(), 'phone', 'reached', 'slack')`,
        [clientOfB],
      );
      await expect(reference).rejects.toMatchObject({ code: '23503' });
    });
  });

  it('has no foreign key between organisation tables without the organisation in it', async () => {
    const { rows } = await app.query<{ conname: string; columns: string[] }>(
      `select conname, array(select attname::text from unnest(conkey) k join pg_attribute a on a.attrelid = conrelid and a.attnum = k) as columns
       from pg_constraint where contype = 'f'`,
    );
    expect(rows.length).toBeGreaterThan(10);
    for (const { conname, columns } of rows) expect(columns, conname).toContain('organisation_id');
  });

  it('gives the worker routing tables and nothing of a client', async () => {
    expect((await worker.query('select count(*)::int as n from workspace')).rows).toEqual([{ n: 4 }]);
    for (const table of [
      'client',
      'contact',
      'follow_up',
      'person',
      'organisation_key',
      'audit_event',
      'form_session',
    ]) {
      await expect(worker.query(`select 1 from ${table}`), table).rejects.toMatchObject({ code: '42501' });
    }
    for (const column of ['answer', 'person_id', 'kind', 'answer_left']) {
      const query = worker.query(`select ${column} from inbound_delivery`);
      await expect(query, column).rejects.toMatchObject({ code: '42501' });
    }
    await expect(worker.query('update inbound_delivery set answer_due_at = null')).rejects.toMatchObject({
      code: '42501',
    });
    await expect(worker.query('select name from organisation')).rejects.toMatchObject({ code: '42501' });
  });

  it('refuses to change or remove an audit row', async () => {
    await asA(async () => {
      await expect(app.query(`update audit_event set verb = 'x'`)).rejects.toMatchObject({ code: '42501' });
    });
    await asA(async () => {
      await expect(app.query('delete from audit_event')).rejects.toMatchObject({ code: '42501' });
    });
  });

  it('refuses to leave an active client without a coordinator, at commit', async () => {
    const end = store.inOrganisation('riverside', async (tx) => {
      await tx.db.$executeRaw`update coordinator_assignment set ended_at = ${clock.now()}`;
    });
    await expect(end).rejects.toThrow();
    const open = await store.inOrganisation('riverside', (tx) =>
      tx.db.coordinatorAssignment.count({ where: { endedAt: null } }),
    );
    expect(open).toBe(1);
  });

  it('keeps names and numbers out of every clear column', async () => {
    await asA(async () => {
      for (const table of [...(await organisationTables()), 'organisation']) {
        const { rows } = await app.query<{ row: string }>(`select t::text as row from ${table} t`);
        if (['client', 'client_token', 'follow_up'].includes(table)) expect(rows.length, table).toBeGreaterThan(0);
        expect(
          rows.filter(({ row }) => /Ash|Birch|1974-03-01|555-0101/i.test(row)),
          table,
        ).toEqual([]);
      }
    });
  });
});

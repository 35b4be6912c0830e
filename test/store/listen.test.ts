import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listenTo } from '../../src/store/listen.ts';
import { createDatabase, type TestDatabase } from '../helpers/database.ts';
import { waitFor } from '../helpers/patient.ts';

describe('listening to the database', () => {
  let database: TestDatabase;
  let admin: pg.Client;
  beforeAll(async () => {
    database = await createDatabase();
    admin = new pg.Client({ connectionString: database.url });
    await admin.connect();
  });
  afterAll(async () => {
    await admin.end();
    await database.drop();
  });

  it('wakes at every notification, and listens again after its connection was cut', async () => {
    let wakes = 0;
    const pauses: number[] = [];
    const clock = { pause: async (milliseconds: number) => void pauses.push(milliseconds) };
    const listener = listenTo({ url: database.url, channel: 'baton_delivery', clock, onWake: () => (wakes += 1) });
    await waitFor(() => expect(wakes).toBe(1));
    await admin.query(`notify baton_delivery`);
    await waitFor(() => expect(wakes).toBe(2));
    await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    );
    await waitFor(() => expect(wakes).toBe(3));
    expect(pauses).not.toEqual([]);
    await admin.query(`notify baton_delivery`);
    await waitFor(() => expect(wakes).toBe(4));
    await listener.stop();
    await admin.query(`notify baton_delivery`);
    expect(wakes).toBe(4);
  });
});

import pg from 'pg';
import { oldestServed, oldestServedComment } from '../../src/store/oldest-served.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectAs } from '../../src/store/connect-as.ts';
import { aClient, enrol } from '../helpers/organisation.ts';
import { waitFor } from '../helpers/patient.ts';
import { textOf } from '../helpers/screen.ts';
import { handOf, openWorld, platforms, type World } from '../helpers/world.ts';
import { openFaultyLink, type FaultyLink } from './faulty-link.ts';

/** docs/faults.md, F43, F45 and F46: what the database does to a command. */
const words = 'log K7T2-9 phone reached 15m';

describe.each(platforms)('a command on %s, while the database', (platform) => {
  let world: World;
  let link: FaultyLink;
  beforeAll(async () => {
    link = openFaultyLink();
    world = await openWorld({ databaseThrough: (url) => link.through(url) });
    await enrol(world.store, world.clock, [{ ...aClient({ code: 'K7T2-9' }), dueOn: '2026-11-24' }]);
  });
  afterAll(async () => {
    await world.close();
    await link.close();
  });

  /** By a connection of its own: those of the service are what is tried here. */
  async function count(): Promise<{ contacts: number; audits: number }> {
    const client = new pg.Client(connectAs(world.databaseUrl, 'baton_app'));
    await client.connect();
    await client.query("select set_config('baton.organisation', 'riverside', false)");
    const { rows } = await client.query<{ contacts: number; audits: number }>(
      `select (select count(*)::int from contact) as contacts,
              (select count(*)::int from audit_event where verb = 'contact.log') as audits`,
    );
    await client.end();
    return rows[0] ?? { contacts: -1, audits: -1 };
  }
  async function logs(arm: () => void = () => undefined): Promise<{ said: string; contacts: number; audits: number }> {
    const before = await count();
    arm();
    const screen = await handOf(world, platform, 'maya').types(words);
    await world.settled();
    const after = await count();
    return { said: screen.text, contacts: after.contacts - before.contacts, audits: after.audits - before.audits };
  }
  async function asOwner(...statements: readonly string[]): Promise<void> {
    const owner = new pg.Client({ connectionString: world.databaseUrl });
    await owner.connect();
    for (const sql of statements) await owner.query(sql);
    await owner.end();
  }
  /** What came of a look at the time. A connection that was cut is found out at its next use: the service looks again. */
  const ticked = (): Promise<string> =>
    world.service.tick().then(
      () => 'done',
      (error: unknown) => String(error),
    );
  const closeOthers =
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and usename = current_user';

  it('F43 has committed and its answer is lost: done once, and the person reads the usual words', async () => {
    const outcome = await logs(() => link.breakAfterCommit());
    expect(outcome).toMatchObject({ contacts: 1, audits: 1 });
    expect(outcome.said).toContain('Logged: K7T2-9');
    expect(link.broken()).toBe(1);
  });

  it('F43 never got the COMMIT: tried again, done once', async () => {
    const outcome = await logs(() => link.breakBeforeCommit());
    expect(outcome).toMatchObject({ contacts: 1, audits: 1 });
    expect(outcome.said).toContain('Logged: K7T2-9');
    expect(link.broken()).toBe(2);
  });

  it('F45 has no connection free: the person is told that it is being worked on, then the answer', async () => {
    let free = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      free = resolve;
    });
    world.passDeadline(held);
    const before = await count();
    // All four of the world's pool.
    const holding = [1, 2, 3, 4].map(() => world.store.inOrganisation('riverside', () => held));
    const typed = handOf(world, platform, 'maya').types(words);
    const newest = () => handOf(world, platform, 'maya').sees().slice(-2).map(textOf).join('\n');
    await waitFor(() => expect(newest()).toContain('Working on it'));
    free();
    await Promise.all(holding);
    await typed;
    await world.settled();
    const said = handOf(world, platform, 'maya').sees().slice(-2).map(textOf).join('\n');
    expect(said).toContain('Logged: K7T2-9');
    expect((await count()).contacts).toBe(before.contacts + 1);
  });

  it('F49 was moved on by a newer Baton: the service that runs says that it is not ready, and is again afterwards', async () => {
    const later = '99990101000000_later';
    await asOwner(`insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
                   values ('${later}', '', '${later}', now(), now(), 1)`);
    // One that takes nothing away from this one's: it serves on.
    expect(await world.store.problem()).toBeUndefined();
    await asOwner(`comment on table _prisma_migrations is '${oldestServedComment(later)}'`);
    expect(await world.store.problem()).toBe('the database belongs to a newer Baton');
    const ready = await fetch(`${world.service.url}/readyz`);
    expect([ready.status, await ready.text()]).toEqual([503, expect.stringContaining('newer Baton')]);
    await asOwner(`delete from _prisma_migrations where id = '${later}'`);
    await asOwner(`comment on table _prisma_migrations is '${oldestServedComment(oldestServed)}'`);
    expect(await world.store.problem()).toBeUndefined();
  });

  it('F46 takes no writes: said in words, nothing changed, nothing due is lost, and later all is well', async () => {
    const name = new URL(world.databaseUrl).pathname.slice(1);
    const before = await count();
    await asOwner(`alter database ${name} set default_transaction_read_only = on`, closeOthers);
    // Nothing can be delivered now: only the answer is waited for.
    const settled = async (): Promise<void> => {
      await world.service.slack?.settled();
      await world.service.teams?.settled();
    };
    const { text } = await handOf({ ...world, settled }, platform, 'maya').types(words);
    expect(text).toContain('Something went wrong on our side');
    expect(text).not.toMatch(/K7T2|read-only|transaction/);
    expect(await count()).toEqual(before);
    // The morning comes, with a digest.
    world.clock.advance(24 * 60 * 60_000);
    await expect.poll(() => ticked()).toContain('read-only transaction');

    await asOwner(
      'set default_transaction_read_only = off',
      `alter database ${name} reset default_transaction_read_only`,
      closeOthers,
    );
    await expect.poll(() => ticked()).toBe('done');
    await world.settled();
    const digests = await world.store.inOrganisation('riverside', (tx) =>
      tx.db.post.findMany({ where: { key: { startsWith: 'digest:person/maya:' } }, include: { deliveries: true } }),
    );
    expect(digests.map(({ key, deliveries }) => [key, deliveries.map(({ state }) => state)])).toEqual([
      ['digest:person/maya:2026-11-24', ['sent']],
    ]);
    expect(await logs()).toMatchObject({ contacts: 1, audits: 1 });
  });
});

import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClient, enrol } from '../helpers/organisation.ts';
import { waitFor } from '../helpers/patient.ts';
import { textOf } from '../helpers/screen.ts';
import { handOf, openWorld, platforms, type World } from '../helpers/world.ts';

/** What whoever runs Baton can be alerted on: docs/operations.md lists it. */
describe.each(platforms)('what is measured of requests on %s', (platform) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
    await enrol(world.store, world.clock, [
      { ...aClient({ code: 'K7T2-9', name: 'Quintilian Dee' }), dueOn: '2026-11-24' },
    ]);
  });
  afterAll(() => world.close());

  const maya = () => handOf(world, platform, 'maya');
  const metrics = async (): Promise<string> => (await fetch(`${world.service.url}/metrics`)).text();
  /** The figure of one line, 0 where it is not there. */
  async function read(line: string): Promise<number> {
    const found = (await metrics()).split('\n').find((one) => one.startsWith(`${line} `));
    return Number(found?.slice(line.length + 1) ?? 0);
  }
  async function grows(line: string, act: () => Promise<unknown>): Promise<number> {
    const before = await read(line);
    await act();
    return (await read(line)) - before;
  }
  async function asOwner(sql: string): Promise<void> {
    const owner = new pg.Client({ connectionString: world.databaseUrl });
    await owner.connect();
    await owner.query(sql);
    await owner.end();
  }

  it('a command that is done, and how soon it was acknowledged', async () => {
    const done = `baton_requests_total{platform="${platform}",kind="command",outcome="done"}`;
    const count = `baton_acknowledgement_seconds_count{platform="${platform}",kind="command"}`;
    const before = await read(count);
    expect(await grows(done, () => maya().types('log K7T2-9 phone reached 15m'))).toBe(1);
    expect((await read(count)) - before).toBe(1);
    expect(await read(`baton_working_on_it_total{platform="${platform}",kind="command"}`)).toBe(0);
  });

  it('a refusal, by its code', async () => {
    const line = `baton_refusals_total{platform="${platform}",code="unknown-command"}`;
    expect(await grows(line, () => maya().types('quintilian dee'))).toBe(1);
    const stranger = `baton_refusals_total{platform="${platform}",code="stranger"}`;
    expect(await grows(stranger, () => handOf(world, platform, 'nobody').types('help'))).toBe(1);
    expect(await read(`baton_requests_total{platform="${platform}",kind="command",outcome="refused"}`)).toBe(2);
  });

  it('a press that shows a name, as a reveal', async () => {
    await maya().types('client K7T2-9');
    expect(await grows('baton_reveals_total', () => maya().presses('Show name and phone'))).toBe(1);
    expect(await read(`baton_requests_total{platform="${platform}",kind="button",outcome="done"}`)).toBe(1);
  });

  it('a failure of ours', async () => {
    await asOwner('alter table contact rename to contact_gone');
    try {
      const line = `baton_requests_total{platform="${platform}",kind="command",outcome="failed"}`;
      expect(await grows(line, () => maya().types('log K7T2-9 phone reached 15m'))).toBe(1);
      expect(await read('baton_failures_total{event="inbound failed"}')).toBe(1);
    } finally {
      await asOwner('alter table contact_gone rename to contact');
    }
  });

  it('a request that nobody signed', async () => {
    const line = `baton_requests_total{platform="${platform}",kind="none",outcome="rejected"}`;
    const path = platform === 'slack' ? '/slack/events' : '/api/messages';
    expect(await grows(line, () => fetch(`${world.service.url}${path}`, { method: 'POST', body: '{}' }))).toBe(1);
  });

  it('one that waits for a connection: that it waits, how long, and that "working on it" was said', async () => {
    const late = `baton_working_on_it_total{platform="${platform}",kind="command"}`;
    const waited = await read('baton_pool_wait_seconds_count{pool="app"}');
    let free = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      free = resolve;
    });
    world.passDeadline(held);
    // All of the world's pool that nothing grave is at work on: one of four is kept for that.
    const holding = [1, 2, 3].map(() => world.store.inOrganisation('riverside', () => held));
    const typed = maya().types('log K7T2-9 phone reached 15m');
    try {
      await waitFor(() => expect(maya().sees().slice(-2).map(textOf).join('\n')).toContain('Working on it'));
      const { waiting, ...pressure } = world.store.pressure().app;
      expect(pressure).toMatchObject({ inUse: 3, reserved: 1, connections: 4 });
      // A message may want to go out meanwhile, too.
      expect(waiting).toBeGreaterThanOrEqual(1);
    } finally {
      free();
      await Promise.all(holding);
      await typed;
    }
    expect(await read(late)).toBe(1);
    expect((await read('baton_pool_wait_seconds_count{pool="app"}')) - waited).toBeGreaterThan(3);
    expect(await read('baton_pool_waiting{pool="app"}')).toBe(0);
    expect(await read('baton_pool_connections{pool="app",state="most"}')).toBe(4);
  });

  it('holds nobody and nothing that was typed', async () => {
    expect(await metrics()).not.toMatch(/K7T2|quintilian|dee\b|maya|riverside|east|U0|C0EAST/i);
  });
});

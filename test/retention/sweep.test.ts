import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepTimes, replayDays } from '../../src/retention/keep-times.ts';
import { sweepOrganisation } from '../../src/retention/sweep.ts';
import { lineOfMaya, send } from '../faults/raw-requests.ts';
import { aClient, enrol } from '../helpers/organisation.ts';
import { textOf } from '../helpers/screen.ts';
import { handOf, openWorld, platforms, type World } from '../helpers/world.ts';

const hour = 60 * 60_000;
const day = 24 * hour;

interface Kept {
  readonly deliveries: number;
  readonly answers: number;
  readonly forms: number;
  readonly contacts: number;
  readonly audits: number;
  readonly posts: number;
}
const kept = (world: World): Promise<Kept> =>
  world.store.inOrganisation('riverside', async (tx) => {
    const rows = await tx.db.$queryRaw<Kept[]>`
      select (select count(*)::int from inbound_delivery where organisation_id = ${tx.organisation}) as deliveries,
             (select count(answer)::int from inbound_delivery where organisation_id = ${tx.organisation}) as answers,
             (select count(*)::int from form_session where organisation_id = ${tx.organisation}) as forms,
             (select count(*)::int from contact where organisation_id = ${tx.organisation}) as contacts,
             (select count(*)::int from audit_event where organisation_id = ${tx.organisation}) as audits,
             (select count(*)::int from post where organisation_id = ${tx.organisation}) as posts`;
    if (rows[0] === undefined) throw new Error('nothing was counted');
    return rows[0];
  });

describe.each(platforms)('what came by %s and is past its time', (platform) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
    await enrol(world.store, world.clock, [aClient({ code: 'K7T2-9' })]);
  });
  afterAll(() => world.close());
  const passes = async (milliseconds: number): Promise<Kept> => {
    world.clock.advance(milliseconds);
    await world.service.tick();
    await world.settled();
    return kept(world);
  };

  it('is forgotten after its days and not before; what was done stays, and is not done again', async () => {
    const maya = handOf(world, platform, 'maya');
    const line = await lineOfMaya(world, platform, 'log K7T2-9 phone reached 15m', 'kept');
    const first = await send(world.service.url, line);
    await world.settled();
    // Two forms: one is sent, one is left open.
    await maya.types('log K7T2-9');
    await maya.fills({ mode: 'phone', outcome: 'no-answer' });
    await maya.types('log K7T2-9');
    const begun = await kept(world);
    expect(begun).toMatchObject({ forms: 2, contacts: 2 });
    expect(begun.answers).toBe(begun.deliveries);

    expect(await passes(keepTimes.answers.days * day - 1)).toMatchObject({ answers: begun.answers, forms: 2 });
    const again = await send(world.service.url, line);
    expect(again).toEqual(first);
    expect(await passes(2 * hour)).toMatchObject({
      deliveries: begun.deliveries,
      answers: 0,
      forms: 1,
      contacts: 2,
    });

    const late = await send(world.service.url, line);
    await world.settled();
    const seen = [late.text, ...maya.sees().map(textOf)].join('\n');
    expect(seen).toContain('I answered this when it first came, so I did nothing now.');
    expect((await kept(world)).contacts).toBe(2);

    const before = await kept(world);
    const open = await passes((keepTimes.openForms.days - keepTimes.answers.days) * day);
    expect(open).toMatchObject({ forms: 0, deliveries: before.deliveries, contacts: 2 });
    expect(open.audits).toBeGreaterThanOrEqual(before.audits);
    expect((await maya.fills({ mode: 'phone', outcome: 'no-answer' })).text).toContain('is no longer open');
  });

  it('is remembered for a day by the wall’s clock, however far the product’s was pushed', async () => {
    const line = await lineOfMaya(world, platform, 'log K7T2-9 phone reached 15m', 'replayed');
    await send(world.service.url, line);
    const begun = await kept(world);
    await passes(keepTimes.deliveries.days * day + hour);
    expect((await kept(world)).deliveries).toBe(begun.deliveries);
    await send(world.service.url, line);
    await world.settled();
    expect((await kept(world)).contacts).toBe(begun.contacts);

    // A day later by the wall’s clock: what is older than its days by both clocks is gone, and nothing else.
    await handOf(world, platform, 'maya').types('next');
    const [now, wallNow] = [world.clock.now().getTime(), Date.now() + replayDays * day + hour];
    const before = await kept(world);
    await sweepOrganisation(world.store, 'riverside', { now, wallNow });
    const after = await kept(world);
    expect(after).toEqual({ ...before, deliveries: 1 });
  });

  it('goes in small steps: one that is told to stop leaves the rest for the next time', async () => {
    await world.store.inOrganisation(
      'riverside',
      (tx) => tx.db.$executeRaw`
        insert into inbound_delivery (organisation_id, workspace_id, delivery, received_at, heard_at, answer)
        select ${tx.organisation}, 'rs-slack', 'many-' || n, ${world.clock.now()}::timestamptz - interval '3 days', now(), 'x'::bytea
        from generate_series(1, 1201) n`,
    );
    const times = { now: world.clock.now().getTime(), wallNow: Date.now() };
    const { answers } = await kept(world);
    const stopping = new AbortController();
    let steps = 0;
    const counted: Pick<World['store'], 'inOrganisation'> = {
      async inOrganisation(organisation, work) {
        steps += 1;
        // The first step looks where to begin, the second takes some.
        if (steps === 2) stopping.abort();
        return world.store.inOrganisation(organisation, work);
      },
    };
    await sweepOrganisation(counted, 'riverside', times, stopping.signal);
    expect((await kept(world)).answers).toBe(answers - 500);
    await sweepOrganisation(world.store, 'riverside', times);
    expect((await kept(world)).answers).toBe(answers - 1201);
  });
});

describe('docs/privacy.md', () => {
  it('says how long everything is kept, and why', async () => {
    const text = await readFile(new URL('../../docs/privacy.md', import.meta.url), 'utf8');
    const rows = text.split('\n').map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
    for (const { what, days, why } of Object.values(keepTimes))
      expect(rows).toContainEqual([what, `${days} days`, why]);
  });
});

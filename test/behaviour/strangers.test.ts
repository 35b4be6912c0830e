import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../src/simulator/teams/types.ts';
import { keepTimes } from '../../src/retention/keep-times.ts';
import { freshServiceUrl } from '../../src/delivery/resolve-destination.ts';
import { createConversationReferences } from '../../src/store/installations.ts';
import { textOf } from '../helpers/screen.ts';
import { handOf, openWorld, platforms, teamsChannel, teamsTenant, type World } from '../helpers/world.ts';

const day = 24 * 60 * 60_000;
const stranger = '0a000000-0000-4000-8000-0000000000ff';
const maya = '0a000000-0000-4000-8000-0000000000a1';

const denials = (world: World): Promise<number> =>
  world.store.inOrganisation('riverside', (tx) =>
    tx.db.auditEvent.count({ where: { verb: 'access.denied', subjectId: 'stranger' } }),
  );

describe('somebody whom nobody linked', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  it.each(platforms)('is refused every time on %s, and is on record once a day', async (platform) => {
    const before = await denials(world);
    for (const text of ['next', 'caseload', 'escalate', 'next']) {
      expect((await handOf(world, platform, 'stranger').types(text)).text).toContain('I do not know you here yet');
    }
    expect(await denials(world)).toBe(before + 1);
    world.clock.advance(day);
    await handOf(world, platform, 'stranger').types('next');
    await handOf(world, platform, 'stranger').types('next');
    expect(await denials(world)).toBe(before + 2);
  });
});

describe('where a stranger talked to Baton in Teams', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());
  const kept = (): Promise<number> =>
    world.store.inOrganisation('riverside', (tx) =>
      tx.db.conversationReference.count({ where: { platformUser: stranger } }),
    );
  const leads = async (): Promise<boolean> =>
    (await createConversationReferences(world.store, world.clock).find(teamsTenant, stranger)) !== undefined;
  const link = (): Promise<unknown> =>
    world.store.inOrganisation('riverside', (tx) =>
      tx.db.identity.create({
        data: { organisationId: 'riverside', workspaceId: 'rs-teams', personId: 'maya', platformUser: stranger },
      }),
    );

  it('is kept aside: it leads nowhere, and tells nothing of where the connector lives', async () => {
    expect(await kept()).toBe(1);
    expect(await leads()).toBe(false);
    await world.store.inOrganisation('riverside', async (tx) => {
      await tx.db.conversationReference.updateMany({
        where: { platformUser: stranger },
        data: { serviceUrl: 'https://elsewhere.example/', updatedAt: new Date('2027-01-01T00:00:00Z') },
      });
      expect(await freshServiceUrl(tx, 'rs-teams', teamsChannel)).not.toContain('elsewhere');
    });
  });

  it('goes after thirty days, and not before; one who was linked meanwhile is reached by it', async () => {
    world.clock.advance(keepTimes.strangers.days * day - 2 * 60 * 60_000);
    await world.service.tick();
    expect(await kept()).toBe(1);
    await link();
    expect(await leads()).toBe(true);
    world.clock.advance(2 * day);
    await world.service.tick();
    expect(await kept()).toBe(1);
    expect(await leads()).toBe(true);
    await world.store.inOrganisation('riverside', (tx) =>
      tx.db.identity.deleteMany({ where: { platformUser: stranger } }),
    );
    world.clock.advance(2 * 60 * 60_000);
    await world.service.tick();
    expect(await kept()).toBe(1);
    world.clock.advance(keepTimes.strangers.days * day + 60_000);
    await world.service.tick();
    expect(await kept()).toBe(0);
  });
});

describe('an activity of Teams that does not say who acts', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  async function send(more: Json, conversation?: string): Promise<{ status: number; body: unknown }> {
    const whole = world.teams.activity({ user: maya, text: 'caseload', ...(conversation && { conversation }) });
    const sent = await world.teams.post({ ...whole, ...more }, await world.teams.token());
    await world.settled();
    return sent;
  }
  const seen = (): string => handOf(world, 'teams', 'maya').sees().map(textOf).join('\n');
  const rows = (): Promise<number> =>
    world.store.inOrganisation('riverside', (tx) => tx.db.conversationReference.count());

  it.each([
    ['the id of a chat', `29:${maya}`],
    ['the object id of somebody known, where an id of a chat belongs', maya],
  ])('is nobody’s, whoever has %s', async (_what, id) => {
    const before = [await rows(), await denials(world)];
    expect(await send({ from: { id, name: 'Maya Torres' } })).toMatchObject({ status: 200 });
    expect(seen()).toContain('Teams did not say who you are, so I did nothing.');
    expect(seen()).not.toContain('caseload');
    expect([await rows(), await denials(world)]).toEqual(before);
  });

  it('is answered with a sentence where a button was pressed, and not at all in a channel', async () => {
    const value = { action: { type: 'Action.Execute', verb: 'next.open' } };
    const press = { type: 'invoke', name: 'adaptiveCard/action', from: { id: maya }, value };
    expect(JSON.stringify((await send(press)).body)).toContain('Teams did not say who you are');
    const before = seen();
    await send({ from: { id: maya } }, teamsChannel);
    expect(seen()).toBe(before);
  });

  it('still tells of somebody taken out of a team, by the id they had in their chat', async () => {
    await world.teams.leave({ user: maya, conversation: teamsChannel });
    const left = (): Promise<number> =>
      world.store.inOrganisation('riverside', (tx) =>
        tx.db.auditEvent.count({ where: { verb: 'identity.deactivated' } }),
      );
    expect(await left()).toBe(0);
    world.teams.close({ user: maya });
    const told = {
      type: 'conversationUpdate',
      from: { id: '28:somebody' },
      membersRemoved: [{ id: `29:${maya}` }],
      channelData: { tenant: { id: teamsTenant }, eventType: 'teamMemberRemoved' },
    };
    const whole = world.teams.activity({ user: stranger, conversation: teamsChannel });
    await world.teams.post({ ...whole, ...told }, await world.teams.token());
    await world.settled();
    expect(await left()).toBe(1);
  });
});

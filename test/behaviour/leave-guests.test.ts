import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aClient, enrol } from '../helpers/organisation.ts';
import { handOf, openWorld, platforms, type World } from '../helpers/world.ts';
import { accounts, audited } from './leave-scene.ts';

const uninvited =
  'Guests need an invitation with an end date, so I did nothing. Your Baton administrator can give you one.';

describe.each(platforms)('a guest of the workspace on %s', (platform) => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
    await enrol(world.store, world.clock, [aClient({ code: 'K7T2-9', coordinator: 'jon' })]);
  });
  afterEach(() => world.close());

  /** Jon is a guest there; the platform tells of it by itself only on Slack, and only when it changes. */
  const makeGuest = async (): Promise<void> => {
    if (platform === 'slack') await world.slack.setGuest(accounts.jon.slack, true);
    else world.teams.setGuest({ user: accounts.jon.teams, guest: true });
    await world.settled();
  };
  const invite = (until: string): Promise<unknown> =>
    world.store.inOrganisation('riverside', (tx) =>
      tx.db.identity.updateMany({ where: { personId: 'jon' }, data: { guestUntil: new Date(until) } }),
    );
  const coordinators = (): Promise<readonly string[]> =>
    world.store.inOrganisation('riverside', async (tx) =>
      (await tx.db.coordinatorAssignment.findMany({ where: { endedAt: null } })).map(({ personId }) => personId),
    );

  it('whom nobody invited is refused at the first word, and their clients are the supervisor’s', async () => {
    await makeGuest();
    expect((await handOf(world, platform, 'jon').types('log K7T2-9 phone reached 10m')).text).toBe(uninvited);
    expect(await coordinators()).toEqual(['dana']);
    expect(await audited(world, ['person.left', 'access.denied'])).toEqual([
      `${platform} person.left jon`,
      `${platform}:${accounts.jon[platform]} access.denied guest`,
    ]);
    const rows = await world.store.inOrganisation('riverside', (tx) => tx.db.departure.findMany());
    expect(rows).toMatchObject([{ personId: 'jon', reason: 'guest', heirId: 'dana', clients: 1 }]);
  });

  it('with an end date acts until that day, and is refused after it', async () => {
    await invite('2026-11-24T00:00:00Z');
    await makeGuest();
    expect((await handOf(world, platform, 'jon').types('client K7T2-9')).text).toContain('K7T2-9 · D.D. born 1974');
    expect(await coordinators()).toEqual(['jon']);
    world.clock.advance(2 * 24 * 3_600_000);
    expect((await handOf(world, platform, 'jon').types('client K7T2-9')).text).toBe(
      'Your guest access has ended, so I did nothing. Your administrator can renew it.',
    );
  });

  it('acts to the end of that day where they work, which is past midnight elsewhere', async () => {
    await invite('2026-11-24T00:00:00Z');
    await makeGuest();
    // 23:30 in New York, and the 25th by Greenwich.
    world.clock.advance(Date.parse('2026-11-25T04:30:00Z') - world.clock.now().getTime());
    expect((await handOf(world, platform, 'jon').types('client K7T2-9')).text).toContain('K7T2-9 · D.D. born 1974');
    world.clock.advance(31 * 60_000);
    expect((await handOf(world, platform, 'jon').types('client K7T2-9')).text).toContain('guest access has ended');
  });

  it.each([
    // 18:30 in New York and 23:30 in London; 02:30 of the next day in New York and 23:30 in Los Angeles.
    { zone: 'Europe/London', last: '2026-11-24T23:30:00Z', over: '2026-11-25T00:30:00Z' },
    { zone: 'America/Los_Angeles', last: '2026-11-25T07:30:00Z', over: '2026-11-25T08:30:00Z' },
  ])('who lives in another zone than the team ($zone) acts to the end of the day there', async (given) => {
    const { zone, last, over } = given;
    await invite('2026-11-24T00:00:00Z');
    await makeGuest();
    await world.store.inOrganisation('riverside', (tx) =>
      tx.db.person.updateMany({ where: { id: 'jon' }, data: { zone } }),
    );
    world.clock.advance(Date.parse(last) - world.clock.now().getTime());
    expect((await handOf(world, platform, 'jon').types('client K7T2-9')).text).toContain('K7T2-9 · D.D. born 1974');
    world.clock.advance(Date.parse(over) - Date.parse(last));
    expect((await handOf(world, platform, 'jon').types('client K7T2-9')).text).toContain('guest access has ended');
  });

  it('is told nothing by messages while nobody invited them', async () => {
    await makeGuest();
    await handOf(world, platform, 'jon').types('help');
    const heard = handOf(world, platform, 'jon').sees().length;
    await handOf(world, platform, 'maya').types('refer K7T2-9 to @jon');
    await world.settled();
    expect(handOf(world, platform, 'jon').sees()).toHaveLength(heard);
  });
});

describe('somebody who is a guest in Teams only by where their account lives', () => {
  it.each(['#EXT#', 'another tenant'])('by %s is a guest', async (how) => {
    const world = await openWorld();
    const user = accounts.jon.teams;
    if (how === '#EXT#') world.teams.setGuest({ user, guest: true });
    else world.teams.setGuest({ user, guest: false, tenant: '99999999-0000-4000-8000-000000000009' });
    expect((await handOf(world, 'teams', 'jon').types('next')).text).toBe(uninvited);
    await world.close();
  });
});

describe('Slack’s three kinds of guests', () => {
  it.each(['is_restricted', 'is_ultra_restricted', 'is_stranger'])('%s is one', async (kind) => {
    const world = await openWorld();
    const user = { id: accounts.jon.slack, team_id: 'T0RIVER', deleted: false, [kind]: true };
    await world.slack.event({ type: 'user_change', user });
    await world.settled();
    expect(await audited(world, ['person.left'])).toEqual(['slack person.left jon']);
    expect((await handOf(world, 'teams', 'jon').types('next')).text).toBe(
      'Your access to Baton has ended, so I did nothing. Your supervisor can help.',
    );
    await world.close();
  });
});

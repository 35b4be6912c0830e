import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClient, applyFile, enrol, readSample } from '../helpers/organisation.ts';
import type { Hand } from '../helpers/screen.ts';
import { handOf, openWorld, platforms, type World } from '../helpers/world.ts';

/** The way from a platform's tenant to its organisation is remembered, and never trusted. */
describe.each(platforms)('a %s workspace that changes hands while the service runs', (platform) => {
  const workspace = `rs-${platform}`;
  let world: World;
  let maya: Hand;
  beforeAll(async () => {
    world = await openWorld();
    maya = handOf(world, platform, 'maya');
    await enrol(world.store, world.clock, [{ ...aClient({ code: 'K7T2-9' }), dueOn: '2026-11-23' }]);
    await maya.types('log K7T2-9 phone no-answer');
  });
  afterAll(() => world.close());

  const contacts = async (organisation: string): Promise<number> => {
    const rows = await world.store.inOrganisation(
      organisation,
      (tx) => tx.db.$queryRaw<{ count: number }[]>`select count(*)::int as count from contact`,
    );
    return rows[0]?.count ?? 0;
  };
  const rename = (organisation: string, externalId: string): Promise<number> =>
    world.store.inOrganisation(
      organisation,
      (tx) => tx.db.$executeRaw`update workspace set external_id = ${externalId} where id = ${workspace}`,
    );
  const tenant = platform === 'slack' ? 'T0RIVER' : '7b6a2f3e-0000-4000-8000-00000000a001';

  it('knows its people there no more, at once, and writes nothing', async () => {
    await rename('riverside', 'somewhere-else');
    expect((await maya.types('log K7T2-9 phone reached 15m')).text).toContain('I do not know you here yet');
    expect(await contacts('riverside')).toBe(1);
  });

  it('serves them in the organisation it belongs to now', async () => {
    const other = (text: string): string =>
      text.replace('id: riverside', 'id: lakeside').replace('T0RIVER', 'T0LAKE').replace('a001', 'a002');
    await applyFile(world.store, await readSample(other), world.clock);
    await world.store.inOrganisation(
      'lakeside',
      (tx) => tx.db.$executeRaw`
        insert into identity (organisation_id, workspace_id, platform_user, person_id)
        values ('lakeside', ${workspace}, ${userOf(maya)}, 'maya')
        on conflict (organisation_id, workspace_id, platform_user) do update set person_id = 'maya'`,
    );
    await rename('lakeside', tenant);
    await enrol(world.store, world.clock, [{ ...aClient({ code: 'K7T2-9' }), dueOn: '2026-11-23' }], 'lakeside');
    expect((await maya.types('log K7T2-9 phone reached 15m')).text).toContain('Logged: K7T2-9');
    expect([await contacts('riverside'), await contacts('lakeside')]).toEqual([1, 1]);
  });

  it('and back', async () => {
    await rename('lakeside', 'and-away');
    await rename('riverside', tenant);
    expect((await maya.types('log K7T2-9 phone reached 20m')).text).toContain('Logged: K7T2-9');
    expect([await contacts('riverside'), await contacts('lakeside')]).toEqual([2, 1]);
  });

  const userOf = (hand: Hand): string =>
    hand.platform === 'slack' ? 'U0MAYA' : '0a000000-0000-4000-8000-0000000000a1';
});

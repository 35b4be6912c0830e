import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClient, enrol } from '../helpers/organisation.ts';
import type { Hand } from '../helpers/screen.ts';
import { openWorld, platforms, type World } from '../helpers/world.ts';
import { datesOf, digestsOf, passTo } from './digest-scene.ts';
import { onlyOn } from './refer-scene.ts';

describe.each(platforms)('days on which nothing waits, on %s', (platform) => {
  let world: World;
  let maya: Hand;
  const idsSeen = (): readonly string[] => maya.sees().map(({ id }) => id);

  beforeAll(async () => {
    // Sunday evening before five working days without a closure.
    world = await openWorld({ at: '2026-11-29T22:00:00Z' });
    maya = await onlyOn(world, platform, 'maya');
    await enrol(world.store, world.clock, [{ ...aClient({ code: 'K7T2-9', name: 'Dan Dee' }), dueOn: '2026-12-03' }]);
    await passTo(world, '2026-11-30T13:30:00Z');
  });
  afterAll(() => world.close());

  it('are said once, briefly, with the next day on which something waits', () => {
    expect(digestsOf(maya)).toEqual(['Nothing is waiting on you. Next: Thu 3 Dec.']);
  });

  it('are not said again the day after: the message that is there is today’s, and home says the same', async () => {
    const before = idsSeen();
    await passTo(world, '2026-12-01T13:30:00Z');
    await passTo(world, '2026-12-02T13:30:00Z');
    expect(await datesOf(world, 'person/maya')).toEqual(['2026-11-30']);
    expect(await datesOf(world, 'team/east')).toEqual(['2026-11-30']);
    expect(idsSeen().filter((id) => !before.includes(id) && digestsOf(maya).length > 1)).toEqual([]);
    expect(digestsOf(maya)).toEqual(['Nothing is waiting on you. Next: Thu 3 Dec.']);
    expect((await maya.opensHome()).text).toContain('Nothing is waiting on you. Next: Thu 3 Dec.');
  });

  it('end with the first day on which something waits', async () => {
    await passTo(world, '2026-12-03T13:30:00Z');
    expect(digestsOf(maya)).toHaveLength(1);
    expect(digestsOf(maya)[0]).toContain('1 needs you today. Start with K7T2-9.');
    expect(await datesOf(world, 'person/maya')).toEqual(['2026-11-30', '2026-12-03']);
    expect(await datesOf(world, 'team/east')).toEqual(['2026-11-30', '2026-12-03']);
  });

  it('and are said once more when they come again', async () => {
    await maya.types('log K7T2-9 phone reached 10m fu 2026-12-30');
    await world.delivered();
    expect(digestsOf(maya)).toEqual(['Nothing is waiting on you. Next: Wed 30 Dec.']);
    await passTo(world, '2026-12-04T13:30:00Z');
    await passTo(world, '2026-12-07T13:30:00Z');
    expect(await datesOf(world, 'person/maya')).toEqual(['2026-11-30', '2026-12-03', '2026-12-04']);
    expect(digestsOf(maya)).toEqual(['Nothing is waiting on you. Next: Wed 30 Dec.']);
  });

  it('a digest asked for comes all the same', async () => {
    await maya.types('digest now');
    await world.delivered();
    expect(digestsOf(maya)).toEqual(['Nothing is waiting on you. Next: Wed 30 Dec.']);
    expect(await datesOf(world, 'person/maya')).toHaveLength(4);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClient, enrol } from '../helpers/organisation.ts';
import { textOf, type Hand } from '../helpers/screen.ts';
import { serveSlackSocket, type SlackSocket } from '../helpers/slack-socket.ts';
import { openWorld, platforms, type World } from '../helpers/world.ts';
import { copyOf, follow, onlyOn } from './refer-scene.ts';

const hour = 3_600_000;

const ways = [
  ...platforms.map((platform) => ({ platform, by: platform, bySocket: false })),
  { platform: 'slack' as const, by: 'slack, by Socket Mode', bySocket: true },
];

/** What the product was asked for, end to end, in one sentence after the other. */
describe.each(ways)('the main job, on $by', ({ platform, bySocket }) => {
  let world: World;
  let socket: SlackSocket | undefined;
  let maya: Hand;
  let jon: Hand;
  const digestsOf = (hand: Hand): string[] =>
    hand
      .sees()
      .map(textOf)
      .filter((text) => /needs? you today|need somebody today|needs somebody today/.test(text));
  beforeAll(async () => {
    socket = bySocket ? await serveSlackSocket() : undefined;
    world = await openWorld(socket === undefined ? {} : { slackSocket: socket });
    [maya, jon] = [await onlyOn(world, platform, 'maya'), await onlyOn(world, platform, 'jon')];
    await enrol(world.store, world.clock, [
      { ...aClient({ code: 'K7T2-9', name: 'Dan Dee', tier: 'high' }), dueOn: '2026-11-23' },
      { ...aClient({ code: 'M4XR-1', name: 'Eve Elm', born: '1981-05-05' }), dueOn: '2026-11-23' },
    ]);
  });
  afterAll(async () => {
    await world.close();
    await socket?.close();
  });

  it('a contact is logged, and next shows who else waits', async () => {
    await maya.types('log K7T2-9 phone reached 15m fu tomorrow');
    expect((await maya.types('next')).text).toContain('M4XR-1 · E.E. born 1981 · medium, due today');
  });

  it('a client is referred, and a colleague accepts', async () => {
    await follow(world, maya.types('refer K7T2-9 to @jon urgent'));
    expect((await copyOf(world, maya, 'K7T2-9')).text).toContain('Next Jon Reyes, accept or decline');
    await follow(world, jon.presses('Accept'));
    for (const hand of [maya, jon]) expect((await copyOf(world, hand, 'K7T2-9')).text).toContain('State accepted');
  });

  it('what was left is overdue in the next morning’s digest, in the team’s zone', async () => {
    // 09:00 on Monday in New York plus 23 hours and a half: 08:30 on Tuesday.
    world.clock.advance(23.5 * hour - 1);
    await world.service.tick();
    await world.service.delivered();
    expect(digestsOf(maya)).toEqual([]);
    world.clock.advance(1);
    await world.service.tick();
    await world.service.delivered();
    const text = digestsOf(maya).join('\n');
    expect(text).toContain('M4XR-1 · E.E. born 1981 · medium, 1 day over');
    expect(maya.channel().map(textOf).join('\n')).toContain('M4XR-1 · medium, 1 day over · Maya Torres');
  });

  it('it is logged from the digest, and the row is gone in every posted copy', async () => {
    const screen = await follow(world, maya.presses('Left message', 'M4XR-1'));
    expect(screen.text).toContain('Logged: M4XR-1');
    expect(digestsOf(maya).join('\n')).not.toContain('M4XR-1');
    expect(maya.channel().map(textOf).join('\n')).not.toContain('M4XR-1 · medium');
  });

  it('no name was shown to the channel, written to the log or to a metric', async () => {
    const canaries = /Dee|Elm|D\.D\.|E\.E\.|555-0101/;
    expect(maya.channel().map(textOf).join('\n')).not.toMatch(canaries);
    expect(JSON.stringify(world.logged)).not.toMatch(canaries);
    expect(await (await fetch(`${world.service.url}/metrics`)).text()).not.toMatch(canaries);
  });
});

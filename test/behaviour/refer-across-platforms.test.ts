import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClient, enrol } from '../helpers/organisation.ts';
import type { Hand, Screen } from '../helpers/screen.ts';
import { openWorld, type World } from '../helpers/world.ts';
import { copyOf, follow, onlyOn } from './refer-scene.ts';

describe('a coordinator on Slack and a colleague on Teams refer to each other', () => {
  let world: World;
  let maya: Hand;
  let keisha: Hand;
  beforeAll(async () => {
    world = await openWorld();
    maya = await onlyOn(world, 'slack', 'maya');
    keisha = await onlyOn(world, 'teams', 'keisha');
    await enrol(world.store, world.clock, [
      aClient({ code: 'K7T2-9', name: 'Dan Dee' }),
      aClient({ code: 'P0Q8-7', name: 'Fay Fox', born: '1990-05-05', team: 'west', coordinator: 'keisha' }),
    ]);
  });
  afterAll(() => world.close());
  const then = (act: Promise<Screen>): Promise<Screen> => follow(world, act);
  const both = async (code: string): Promise<[string, string]> => [
    (await copyOf(world, maya, code)).text,
    (await copyOf(world, keisha, code)).text,
  ];

  it('both see who must act next, each in their own time', async () => {
    await then(maya.types('refer K7T2-9 to @keisha urgent'));
    const [asked, received] = await both('K7T2-9');
    expect(asked).toContain('Next Keisha Brown, accept or decline, by Tue 24 Nov 09:00');
    expect(received).toContain('Next Keisha Brown, accept or decline, by Tue 24 Nov 06:00');
  });

  it('both follow an answer from Teams', async () => {
    await then(keisha.presses('Accept'));
    for (const text of await both('K7T2-9')) expect(text).toContain('State accepted Next Keisha Brown, make the first');
  });

  it('both follow to the end, which is told on Teams and closed on Slack', async () => {
    await then(keisha.presses('Outcome'));
    await then(keisha.fills({ reason: 'engaged' }));
    for (const text of await both('K7T2-9'))
      expect(text).toContain('State completed engaged Next Maya Torres, close it');
    await then(maya.presses('Close'));
    for (const text of await both('K7T2-9')) expect(text).toContain('State closed engaged Next nobody');
  });

  it('and the other way round', async () => {
    await then(keisha.types('refer P0Q8-7 to @maya'));
    await then(maya.presses('Decline', 'P0Q8-7'));
    await then(maya.fills({ reason: 'wrong-service' }));
    for (const text of await both('P0Q8-7')) {
      expect(text).toContain('State declined wrong service Next Keisha Brown, close it or refer elsewhere');
    }
    await then(keisha.presses('Close', 'P0Q8-7'));
    for (const text of await both('P0Q8-7')) expect(text).toContain('State closed wrong service Next nobody');
  });
});

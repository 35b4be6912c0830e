import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClient, enrol } from '../helpers/organisation.ts';
import type { Hand } from '../helpers/screen.ts';
import { openWorld, platforms, type World } from '../helpers/world.ts';
import { flat, follow, onlyOn } from './refer-scene.ts';

describe.each(platforms)('what was asked for and not served, on %s', (platform) => {
  let world: World;
  let maya: Hand;
  beforeAll(async () => {
    world = await openWorld();
    maya = await onlyOn(world, platform, 'maya');
    await enrol(world.store, world.clock, [
      aClient({ code: 'K7T2-9', name: 'Dan Dee' }),
      aClient({ code: 'M4XR-1', name: 'Eve Elm', born: '1981-05-05' }),
    ]);
  });
  afterAll(() => world.close());

  const declined = async (code: string, reason: string): Promise<void> => {
    await follow(world, maya.types(`refer ${code} to partner:home-start for housing`));
    await follow(world, maya.presses('Declined'));
    await follow(world, maya.presses(reason));
    world.clock.advance(60_000);
  };
  /** Two pages on Teams. */
  async function report(): Promise<string> {
    // A report of its own each time: the one that is there would only be drawn again.
    world.clock.advance(60_000);
    const first = await follow(world, maya.types('report 2026-11-20 2026-11-23'));
    const more = first.buttons.includes('Next ›') ? (await follow(world, maya.presses('Next ›'))).text : '';
    return flat(`${first.text}\n${more}`);
  }

  it('is no fact of a time in which nothing was declined', async () => {
    expect(await report()).not.toContain('Asked for, not served');
  });

  it('stands in the report by service and reason', async () => {
    await declined('K7T2-9', 'No capacity');
    await declined('M4XR-1', 'Insurance');
    expect(await report()).toContain('Asked for, not served housing 1 (insurance) · housing 1 (no capacity)');
  });

  it('is taken up again when somebody else is asked for the same', async () => {
    await follow(world, maya.types('refer K7T2-9 to team:west for housing'));
    const text = await report();
    expect(text).toContain('Asked for, not served housing 1 (insurance)');
    expect(text).not.toContain('no capacity)');
  });

  it('is not what the client did not want', async () => {
    world.clock.advance(60_000);
    await declined('K7T2-9', 'The client declined');
    const text = await report();
    expect(text).toContain('Asked for, not served housing 1 (insurance)');
    expect(text).not.toContain('the client declined');
  });
});

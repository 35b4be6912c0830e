import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flat } from './refer-scene.ts';
import { hour, live, openScene, type Scene } from './huddle-scene.ts';
import { platforms } from '../helpers/world.ts';

/** Of the scene's clients Maya answers for four: a low one and three of medium tier are 7 points. Jon for one: 2 points. */
const smallTimes = (text: string): string =>
  text
    .replace(
      '{ id: maya, name: Maya Torres, roles: [coordinator], team: east, fte: 1.0,',
      '{ id: maya, name: Maya Torres, roles: [coordinator], team: east, fte: 0.06,',
    )
    .replace(
      '{ id: jon, name: Jon Reyes, roles: [coordinator], team: east, fte: 0.8,',
      '{ id: jon, name: Jon Reyes, roles: [coordinator], team: east, fte: 0.01,',
    );

describe.each(platforms)('capacity in the huddle, on %s', (platform) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(platform, smallTimes);
  });
  afterAll(() => scene.world.close());

  it('is on the agenda: whose caseload is over its ceiling, or near it, after everything about clients', async () => {
    const { maya, after } = scene;
    const text = flat((await after(maya.types('huddle'))).text);
    expect(text).toContain('Maya Torres Capacity · a caseload near its ceiling, since Mon 23 Nov');
    expect(text).toContain('Jon Reyes Capacity · a caseload over its ceiling, since Mon 23 Nov');
    expect(text.indexOf('Maya Torres Capacity')).toBeGreaterThan(text.lastIndexOf('No contact'));
  });

  it('is gone through like the rest, by the colleague’s name', async () => {
    const { maya, after, passes } = scene;
    await passes(24 * hour);
    await after(maya.presses('Next'));
    await after(maya.presses('Next'));
    expect(live(maya).text).toMatch(/3 of \d · Capacity · (Maya Torres|Jon Reyes)/);
    await after(maya.presses('Next'));
    expect(live(maya).text).toMatch(/4 of \d · Capacity · (Maya Torres|Jon Reyes)/);
  });
});

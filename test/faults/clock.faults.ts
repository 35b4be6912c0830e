import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Service } from '../../src/app.ts';
import { theOne, hour, minute, openScene, follow, type Scene } from '../behaviour/escalate-scene.ts';
import { startSecondService } from '../helpers/second-service.ts';
import { textOf } from '../helpers/screen.ts';
import { platforms } from '../helpers/world.ts';

/** docs/faults.md, F50 and F52: computers whose clocks are wrong. */
describe.each(platforms)('two services on one database, on %s,', (platform) => {
  let scene: Scene;
  let second: Service;
  /** How far the second one's clock is from the first one's, in milliseconds. */
  let apart = 0;
  beforeEach(async () => {
    apart = 0;
    // Monday 08:00 in New York, half an hour before the digests.
    scene = await openScene(platform, { at: '2026-11-23T13:00:00Z' });
    const { clock } = scene.world;
    second = await startSecondService(scene.world, { ...clock, now: () => new Date(clock.now().getTime() + apart) });
  });
  afterEach(async () => {
    await second.stop();
    await scene.world.close();
  });

  /** Both look at the time, in turns, every five minutes. */
  async function passTogether(minutes: number): Promise<void> {
    for (let passed = 0; passed < minutes; passed += 5) {
      scene.world.clock.advance(5 * minute);
      await second.tick();
      await scene.world.service.tick();
    }
    await second.delivered();
    await scene.world.settled();
  }
  const digests = (): Promise<string[]> =>
    scene.world.store.inOrganisation('riverside', async (tx) => {
      const rows = await tx.db.post.findMany({ where: { kind: { startsWith: 'digests.' } }, select: { key: true } });
      return rows.map(({ key }) => key).sort();
    });
  /** What stands in Maya's own conversation. */
  const mornings = (): string[] =>
    scene.hands.maya
      .sees()
      .map(textOf)
      .filter((text) => /needs? you today|waiting on you/.test(text));
  const steps = async (): Promise<unknown[]> =>
    (await theOne(scene.world)).timeline.filter(({ act }) => act === 'step').map(({ detail }) => detail['step']);

  it.each([
    ['F52 five minutes ahead of the other', 5 * minute],
    ['F52 five minutes behind the other', -5 * minute],
  ])('%s: each digest once, each step of a ladder once, in order', async (_name, offset) => {
    apart = offset;
    await follow(scene, scene.hands.keisha.types('escalate K7T2-9 crisis'));
    await passTogether(45);
    expect((await digests()).filter((key) => key.includes('person/maya'))).toHaveLength(1);
    expect(mornings()).toHaveLength(1);
    const made = await steps();
    expect(made.slice(0, 4)).toEqual([1, 2, 3, 4]);
    expect(new Set(made).size).toBe(made.length);
  });

  it('F50 an hour back in the middle of the day: nothing that was done is done again', async () => {
    await follow(scene, scene.hands.keisha.types('escalate K7T2-9 crisis'));
    await passTogether(40);
    const [made, climbed] = [await digests(), await steps()];
    expect(made.filter((key) => key.includes('person/maya'))).toHaveLength(1);
    apart = -hour;
    for (let passed = 0; passed < 50; passed += 10) {
      scene.world.clock.advance(10 * minute);
      await second.tick();
    }
    await second.delivered();
    expect(await digests()).toEqual(made);
    expect((await steps()).slice(0, climbed.length)).toEqual(climbed);
    // And what was not done is done once the time has come on that clock.
    apart = 0;
    await passTogether(5);
    expect(await digests()).toEqual(made);
    expect((await steps()).slice(0, climbed.length)).toEqual(climbed);
  });

  it('F50 an hour ahead: what comes early comes once', async () => {
    apart = hour;
    await second.tick();
    await second.delivered();
    const made = await digests();
    expect(made.filter((key) => key.includes('person/maya'))).toHaveLength(1);
    apart = 0;
    await passTogether(45);
    expect(await digests()).toEqual(made);
  });
});

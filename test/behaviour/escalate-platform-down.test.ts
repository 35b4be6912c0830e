import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platforms } from '../helpers/world.ts';
import { copiesOf, follow, minute, openScene, standing, theOne, type Scene } from './escalate-scene.ts';

describe.each(platforms)('a whole platform that is down for an hour: %s', (platform) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(platform, { at: '2026-11-23T19:20:00Z' });
    if (platform === 'slack') scene.world.slack.faults.set([{ kind: '500', times: 1_000_000 }]);
    else scene.world.teams.faults.add({ kind: '503', times: 1_000_000 });
  });
  afterAll(() => scene.world.close());

  it('stops no step of the ladder: each is made at its time and waits to be delivered', async () => {
    await follow(scene, scene.hands.keisha.types('escalate K7T2-9 crisis'));
    for (let passed = 0; passed < 60; passed += 5) await scene.pass(5 * minute);
    const one = await theOne(scene.world);
    const steps = one.timeline.filter(({ act }) => act === 'step');
    expect(steps.map(({ detail }) => detail['late'])).toEqual(steps.map(() => false));
    expect(steps.map(({ at }) => (Date.parse(at) - Date.parse('2026-11-23T19:20:00Z')) / minute)).toEqual([
      0, 5, 10, 20, 35, 50,
    ]);
    // The team's other place, on the other platform, has its card.
    const here = one.notifications.filter(({ toKind }) => toKind === 'person');
    expect(here.map(({ deliveredAt }) => deliveredAt)).toEqual(here.map(() => null));
    expect(copiesOf(scene.hands, 'maya', 'jon', 'dana', 'sara')).toEqual([0, 0, 0, 0]);
  });

  it('then everybody has the newest card, once, and each time they were told is on record', async () => {
    if (platform === 'slack') scene.world.slack.faults.set([]);
    else scene.world.teams.faults.clear();
    for (let passed = 0; passed < 5; passed += 1) await scene.pass(1 * minute);
    const { notifications } = await theOne(scene.world);
    for (const person of ['maya', 'jon', 'dana', 'sara'] as const) {
      const states = notifications.filter(({ to }) => to === person).map(({ state }) => state);
      expect(states).toEqual(states.map((_, index) => (index === states.length - 1 ? 'sent' : 'superseded')));
      expect(states.length).toBeGreaterThan(0);
      expect(standing(scene.hands[person])).toBe(1);
    }
  });
});

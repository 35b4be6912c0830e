import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platforms } from '../helpers/world.ts';
import { cardOf, copiesOf, follow, hour, minute, openScene, standing, theOne, type Scene } from './escalate-scene.ts';

const raised = Date.parse('2026-11-23T19:20:00Z');
const three = 3 * 24 * hour;

describe.each(platforms)('after three days of downtime, on %s', (platform) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(platform, { at: '2026-11-23T19:20:00Z' });
    await follow(scene, scene.hands.keisha.types('escalate K7T2-9 crisis'));
  });
  afterAll(() => scene.world.close());

  it('every step of the ladder is made, in order, each named by its planned time and flagged late', async () => {
    await scene.pass(three);
    const one = await theOne(scene.world);
    const steps = one.timeline.filter(({ act }) => act === 'step').map(({ at, detail }) => ({ at, ...detail }));
    const at = new Date(raised + three).toISOString();
    expect(steps).toMatchObject([
      { step: 1, late: false },
      ...[5, 10, 20].map((minutes, index) => ({
        at,
        step: index + 2,
        planned: new Date(raised + minutes * minute).toISOString(),
        actual: at,
        late: true,
      })),
    ]);
    expect(steps).toHaveLength(4);
    expect(one).toMatchObject({ late: true, owner: 'sara', state: 'raised' });
    expect(copiesOf(scene.hands, 'maya', 'jon', 'dana', 'sara')).toEqual([2, 2, 1, 1]);
    // What was missed does not stand there four times: the newest card says it all.
    expect([scene.hands.maya, scene.hands.dana].map(standing)).toEqual([1, 1]);
  });

  it('then goes on at its own pace, without what would have been repeated meanwhile', async () => {
    expect(cardOf(scene.hands.dana).text).toContain('next Sara Lindqvist again 14:25');
    await scene.pass(5 * minute);
    expect(copiesOf(scene.hands, 'dana', 'sara')).toEqual([2, 2]);
  });
});

describe.each(platforms)('downtime while somebody has it, on %s', (platform) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(platform, { at: '2026-11-23T19:20:00Z' });
    await follow(scene, scene.hands.keisha.types('escalate K7T2-9 crisis'));
    await follow(scene, scene.hands.jon.presses('Acknowledge', 'D.D.'));
  });
  afterAll(() => scene.world.close());

  it('reminds, runs out and climbs, in order, counted from when it ran out', async () => {
    await scene.pass(three);
    const one = await theOne(scene.world);
    const ranOut = raised + hour;
    expect(one.timeline.slice(2).map(({ act, detail }) => [act, detail['planned']].join(' ').trim())).toEqual([
      'acknowledge',
      `acknowledgement-reminder ${new Date(raised + 40 * minute).toISOString()}`,
      `acknowledgement-expired ${new Date(ranOut).toISOString()}`,
      ...[0, 5, 10, 20].map((minutes) => `step ${new Date(ranOut + minutes * minute).toISOString()}`),
    ]);
  });
});

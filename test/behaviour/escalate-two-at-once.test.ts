import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platforms } from '../helpers/world.ts';
import { cardOf, everythingOf, follow, minute, openScene, theOne, type Person, type Scene } from './escalate-scene.ts';

const names: Partial<Record<Person, string>> = { maya: 'Maya Torres', jon: 'Jon Reyes' };

describe.each(platforms)('two people who acknowledge at once, on %s', (platform) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(platform, { at: '2026-11-23T19:20:00Z' });
    await follow(scene, scene.hands.keisha.types('escalate K7T2-9 crisis'));
    await scene.pass(1 * minute);
  });
  afterAll(() => scene.world.close());

  it('are told apart: one has it, the other reads who was first, with the card', async () => {
    const { maya, jon } = scene.hands;
    await Promise.all([maya.presses('Acknowledge', 'D.D.'), jon.presses('Acknowledge', 'D.D.')]);
    await scene.pass(0);
    const one = await theOne(scene.world);
    expect(one.timeline.filter(({ act }) => act === 'acknowledge')).toHaveLength(1);
    const [first, second] = one.owner === 'maya' ? (['maya', 'jon'] as const) : (['jon', 'maya'] as const);
    expect(one).toMatchObject({ state: 'acknowledged', owner: first, acknowledgedBy: first });
    expect(everythingOf(scene.hands[second])).toContain(`${names[first]} took it at 14:21.`);
    expect(everythingOf(scene.hands[first])).not.toContain('took it at');
    expect(cardOf(scene.hands[second]).text).toContain(`CRISIS · ${names[first]} has it · since 14:21`);
  });
});

describe.each(platforms)('an escalation that needs two, on %s', (platform) => {
  let scene: Scene;
  const ladder =
    '{ crisis: { needsTwo: true, steps: [{ after: 0, tell: [owner, duty] }, { after: 5, tell: [supervisor] }] } }';
  beforeAll(async () => {
    scene = await openScene(platform, { at: '2026-11-23T19:20:00Z', said: { escalation: ladder } });
    await follow(scene, scene.hands.keisha.types('escalate K7T2-9 crisis'));
  });
  afterAll(() => scene.world.close());

  it('climbs on when the first has taken it, and stays with them', async () => {
    await follow(scene, scene.hands.maya.presses('Acknowledge', 'D.D.'));
    expect(cardOf(scene.hands.maya).buttons).not.toContain('Acknowledge');
    expect(cardOf(scene.hands.maya).text).toContain('you have it · since 14:20 · a second person must take it too');
    await scene.pass(5 * minute);
    expect(await theOne(scene.world)).toMatchObject({ state: 'raised', owner: 'maya', late: false });
    expect(cardOf(scene.hands.dana).buttons).toContain('Acknowledge too');
  });

  it('stops with the second, who is somebody else', async () => {
    await follow(scene, scene.hands.dana.presses('Acknowledge too', 'D.D.'));
    const one = await theOne(scene.world);
    expect(one).toMatchObject({ state: 'acknowledged', owner: 'maya' });
    expect(one.timeline.at(-1)).toMatchObject({ act: 'second-acknowledge', by: 'dana' });
    await scene.pass(15 * minute);
    expect((await theOne(scene.world)).timeline).toHaveLength(one.timeline.length);
  });
});

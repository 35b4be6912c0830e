import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flat } from './refer-scene.ts';
import { platforms } from '../helpers/world.ts';
import { copiesOf, exported, follow, openScene, type Scene } from './escalate-scene.ts';

describe.each(platforms)('who would be called now, on %s', (platform) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(platform, { at: '2026-11-23T19:20:00Z' });
  });
  afterAll(() => scene.world.close());

  it('shows the ladder with names, times and numbers, and tells nobody', async () => {
    const said = flat((await follow(scene, scene.hands.maya.types('escalate who K7T2-9 crisis'))).text);
    expect(said).toContain(
      'Who would be called now · crisis · K7T2-9, East team. As if you raised it, so you stand in no step. Nothing was raised; nobody was told.',
    );
    expect(said).toContain('1 · 14:20 Jon Reyes (on duty) +1 555 010 0122');
    expect(said).toContain('2 · 14:25 Dana Whitfield (supervisor) +1 555 010 0127');
    expect(said).toContain('3 · 14:30 Sara Lindqvist (director) no number');
    expect(await exported(scene.world, 'escalations')).toEqual([]);
    expect(copiesOf(scene.hands, 'maya', 'jon', 'dana', 'sara')).toEqual([0, 0, 0, 0]);
    expect((await exported(scene.world, 'audit')).filter(({ verb }) => verb === 'escalations.who')).toHaveLength(1);
  });

  it('is the same for a client one may not see and for a code of nobody', async () => {
    const [seen, nobody] = [
      flat((await follow(scene, scene.hands.bea.types('escalate who K7T2-9 crisis'))).text),
      flat((await follow(scene, scene.hands.bea.types('escalate who M4XR-1 crisis'))).text),
    ];
    expect(seen).toBe(nobody);
    expect(seen).toContain('Who would be called now · crisis · East team.');
    expect(seen).not.toContain('Maya Torres (coordinator)');
  });

  it('is no question when more was typed: then it is an escalation', async () => {
    await follow(scene, scene.hands.maya.types('escalate K7T2-9 crisis who do I call'));
    expect(await exported(scene.world, 'escalations')).toHaveLength(1);
    await follow(scene, scene.hands.dana.types('escalate K7T2-9 crisis team:'));
    expect(await exported(scene.world, 'escalations')).toHaveLength(1);
    expect((await exported(scene.world, 'audit')).filter(({ verb }) => verb === 'escalation.add')).toHaveLength(1);
  });
});

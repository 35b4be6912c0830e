import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platforms } from '../helpers/world.ts';
import { cardOf, copiesOf, everythingOf, follow, minute, openScene, theOne, type Scene } from './escalate-scene.ts';

describe.each(platforms)('an acknowledgement without an end, on %s', (platform) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(platform, { at: '2026-11-23T19:20:00Z' });
    await follow(scene, scene.hands.keisha.types('escalate K7T2-9 crisis'));
    await follow(scene, scene.hands.jon.presses('Acknowledge', 'D.D.'));
  });
  afterAll(() => scene.world.close());

  it('is reminded of after two thirds of its hour', async () => {
    await scene.pass(40 * minute - 1);
    expect(everythingOf(scene.hands.jon)).not.toContain('back on the ladder');
    await scene.pass(1);
    expect(everythingOf(scene.hands.jon)).toContain(
      'Taken K7T2-9 · D.D. born 1974 · crisis · you have it · since 14:20 · back on the ladder at 15:20, unless you resolve it or say it is still with you',
    );
    expect((await theOne(scene.world)).state).toBe('acknowledged');
  });

  it('holds anew when whoever has it says so', async () => {
    await follow(scene, scene.hands.jon.presses('Still with me', 'back on the ladder'));
    await scene.pass(59 * minute);
    expect(await theOne(scene.world)).toMatchObject({ state: 'acknowledged', owner: 'jon' });
  });

  it('runs out: it is back on the ladder from the first step, and who had it is among those told', async () => {
    const before = copiesOf(scene.hands, 'maya', 'jon', 'dana', 'sara');
    await scene.pass(1 * minute);
    expect(copiesOf(scene.hands, 'maya', 'jon', 'dana', 'sara')).toEqual(
      before.map((count, index) => count + [1, 1, 0, 0][index]!),
    );
    const one = await theOne(scene.world);
    expect(one).toMatchObject({ state: 'raised', owner: 'maya', acknowledgedBy: null });
    expect(one.timeline.map(({ act }) => act)).toEqual([
      ...['raise', 'step', 'acknowledge', 'acknowledgement-reminder', 'keep', 'acknowledgement-reminder'],
      ...['acknowledgement-expired', 'step'],
    ]);
    expect(cardOf(scene.hands.jon).buttons).toContain('Acknowledge');
  });

  it('climbs again, five minutes from when it ran out', async () => {
    const before = copiesOf(scene.hands, 'dana', 'sara');
    await scene.pass(5 * minute);
    expect(copiesOf(scene.hands, 'dana', 'sara')).toEqual([before[0]! + 1, before[1]]);
    await scene.pass(5 * minute);
    expect(copiesOf(scene.hands, 'dana', 'sara')).toEqual([before[0]! + 2, before[1]! + 1]);
  });
});

describe.each(platforms)('an acknowledgement that runs out while Baton stands still, on %s', (platform) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(platform, { at: '2026-11-23T19:20:00Z' });
    await follow(scene, scene.hands.keisha.types('escalate K7T2-9 crisis'));
    await follow(scene, scene.hands.jon.presses('Acknowledge', 'D.D.'));
    await scene.pass(40 * minute);
  });
  afterAll(() => scene.world.close());

  it('climbs from when it ran out, not from when that was noticed', async () => {
    const before = copiesOf(scene.hands, 'dana', 'sara');
    // Seven minutes too late: the step of five minutes is due as well, the one of ten three minutes later.
    await scene.pass(27 * minute);
    await scene.pass(0);
    const expired = (await theOne(scene.world)).timeline.find(({ act }) => act === 'acknowledgement-expired');
    expect(expired?.detail).toMatchObject({ planned: '2026-11-23T20:20:00.000Z', actual: '2026-11-23T20:27:00.000Z' });
    expect(copiesOf(scene.hands, 'dana', 'sara')).toEqual([before[0]! + 1, before[1]]);
    await scene.pass(3 * minute);
    expect(copiesOf(scene.hands, 'dana', 'sara')).toEqual([before[0]! + 2, before[1]! + 1]);
  });
});

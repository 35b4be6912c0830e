import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flat } from './refer-scene.ts';
import { platforms } from '../helpers/world.ts';
import { cardOf, copiesOf, follow, minute, openScene, theOne, type Scene } from './escalate-scene.ts';

describe.each(platforms)('a gap in the rota, on %s', (platform) => {
  let scene: Scene;
  beforeAll(async () => {
    // Jon has Tuesdays; it is Monday afternoon.
    const duty = '{ pattern: [{ weekday: tue, from: "08:00", to: "18:00", person: jon }] }';
    scene = await openScene(platform, { at: '2026-11-23T19:20:00Z', said: { duty } });
  });
  afterAll(() => scene.world.close());

  it('falls to the supervisor, who is told at once; whoever raised it hears that nobody is on duty', async () => {
    const screen = await follow(scene, scene.hands.maya.types('escalate K7T2-9 urgent'));
    const said = flat(screen.text);
    expect(said).toContain('Nobody is on duty in East team at this hour. Please call one of these numbers, now.');
    expect(said.indexOf('988 (call or text)')).toBeLessThan(said.indexOf('Escalated K7T2-9'));
    // Maya is the coordinator and raised it herself: she knows.
    expect(said).toContain('Dana Whitfield (nobody is on the rota) has been told');
    expect(said.slice(0, said.indexOf('Escalation K7T2-9'))).not.toMatch(/\bsent\b/i);
    expect(copiesOf(scene.hands, 'jon', 'dana', 'sara')).toEqual([0, 1, 0]);
    expect(await theOne(scene.world)).toMatchObject({ owner: 'dana' });
  });

  it('is looked at anew at each step: whoever has the duty by then is told', async () => {
    await scene.pass(30 * minute);
    expect(cardOf(scene.hands.dana).text).toContain('Waits on you');
    // Tuesday 08:30: Jon has it now, and somebody asks for the next step.
    await scene.world.store.inOrganisation(
      'riverside',
      (tx) => tx.db.$executeRaw`update escalation set step = 0 where state = 'raised'`,
    );
    scene.world.clock.advance(18 * 60 * minute);
    await follow(scene, scene.hands.dana.types('escalate list'));
    await follow(scene, scene.hands.dana.presses('Open', 'D.D.'));
    await follow(scene, scene.hands.dana.presses('Escalate further now', 'Escalation'));
    expect(copiesOf(scene.hands, 'jon')).toEqual([1]);
  });
});

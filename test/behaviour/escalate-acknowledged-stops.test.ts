import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platforms } from '../helpers/world.ts';
import {
  cardOf,
  channelCardOf,
  copiesOf,
  everythingOf,
  exported,
  follow,
  minute,
  openScene,
  theOne,
  type Scene,
} from './escalate-scene.ts';

describe.each(platforms)('an escalation that somebody takes, on %s', (platform) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(platform, { at: '2026-11-23T19:20:00Z' });
    await follow(scene, scene.hands.keisha.types('escalate K7T2-9 crisis'));
    await scene.pass(4 * minute);
  });
  afterAll(() => scene.world.close());

  it('is theirs from that moment, and every copy says so', async () => {
    await follow(scene, scene.hands.jon.presses('Acknowledge', 'D.D.'));
    expect(await theOne(scene.world)).toMatchObject({
      state: 'acknowledged',
      owner: 'jon',
      acknowledgedBy: 'jon',
      acknowledgedAt: '2026-11-23T19:24:00.000Z',
      late: false,
    });
    expect(cardOf(scene.hands.jon).text).toContain('CRISIS · you have it · since 14:24');
    expect(cardOf(scene.hands.jon).buttons).not.toContain('Acknowledge');
    expect(cardOf(scene.hands.maya).text).toContain('CRISIS · Jon Reyes has it · since 14:24');
    expect(cardOf(scene.hands.maya).buttons).toContain('Take over');
    expect(channelCardOf(scene.hands.maya).text).toContain('CRISIS · Jon Reyes has it · since 14:24');
    expect(channelCardOf(scene.hands.maya).buttons).toEqual(['Open']);
  });

  it('whoever raised it hears it afresh', () => {
    expect(everythingOf(scene.hands.keisha)).toContain('Taken K7T2-9 · crisis · Jon Reyes has it · since 11:24');
  });

  it('tells nobody else: its ladder has stopped', async () => {
    const before = copiesOf(scene.hands, 'maya', 'jon', 'dana', 'sara');
    await scene.pass(1 * minute);
    await scene.pass(15 * minute);
    await scene.pass(10 * minute);
    expect(copiesOf(scene.hands, 'maya', 'jon', 'dana', 'sara')).toEqual(before);
    expect((await theOne(scene.world)).late).toBe(false);
  });

  it('is on record: who, when, and that no emoji or opening counted', async () => {
    const rows = (await exported(scene.world, 'audit')).filter(({ subjectKind }) => subjectKind === 'escalation');
    expect(rows.map(({ actor, verb }) => `${String(actor)} ${String(verb)}`)).toEqual([
      'keisha escalation.raise',
      'baton escalation.step',
      'jon escalation.acknowledge',
    ]);
  });
});

describe.each(platforms)('an escalation that somebody takes after the time there was, on %s', (platform) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(platform, { at: '2026-11-23T19:20:00Z' });
  });
  afterAll(() => scene.world.close());

  it('is theirs all the same, and flagged late for good', async () => {
    await follow(scene, scene.hands.keisha.types('escalate K7T2-9 urgent'));
    scene.world.clock.advance(30 * minute + 1);
    // Nothing has ticked: the acknowledgement itself is late.
    await follow(scene, scene.hands.maya.presses('Acknowledge', 'D.D.'));
    const one = await theOne(scene.world);
    expect(one).toMatchObject({ state: 'acknowledged', owner: 'maya', late: true });
    expect(one['acknowledgements']).toEqual([
      { by: 'maya', at: '2026-11-23T19:50:00.001Z', act: 'acknowledge', late: true },
    ]);
    expect(cardOf(scene.hands.maya).text).toContain('Late yes');
  });
});

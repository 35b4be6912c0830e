import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platforms } from '../helpers/world.ts';
import {
  cardOf,
  copiesOf,
  everythingOf,
  follow,
  minute,
  openScene,
  theOne,
  toldAt,
  type Scene,
} from './escalate-scene.ts';

const nights = [
  { name: 'autumn', raised: '2026-11-01T05:50:00Z', at: '01:50', next: '01:55', atTwenty: '01:10' },
  { name: 'spring', raised: '2027-03-14T06:50:00Z', at: '01:50', next: '01:55', atTwenty: '03:10' },
] as const;

describe.each(platforms)('the night in which the clocks change, on %s', (platform) => {
  describe.each(nights)('in $name', (night) => {
    let scene: Scene;
    beforeAll(async () => {
      scene = await openScene(platform, { at: night.raised });
    });
    afterAll(() => scene.world.close());

    it('counts real minutes, whatever the clocks on the wall show', async () => {
      await follow(scene, scene.hands.keisha.types('escalate K7T2-9 crisis'));
      expect(cardOf(scene.hands.jon).text).toContain(`Told ${night.at}`);
      expect(cardOf(scene.hands.jon).text).toContain(` ${night.next}`);
      for (let passed = 0; passed < 20; passed += 1) await scene.pass(minute);
      expect(toldAt(await theOne(scene.world))).toEqual([
        ...['0: 1 maya', '0: 1 jon'],
        ...['5: 2 dana', '5: 2 maya', '5: 2 jon'],
        ...['10: 3 sara', '10: 3 dana'],
        ...['20: 4 sara', '20: 4 dana'],
      ]);
      expect(cardOf(scene.hands.sara).text).toContain(`${night.atTwenty} you (director)`);
    });
  });
});

const concerns = [
  { name: 'over the night in autumn', raised: '2026-11-01T02:00:00Z', told: '2026-11-02T13:00:00.000Z' },
  { name: 'over the night in spring', raised: '2027-03-13T22:00:00Z', told: '2027-03-15T12:00:00.000Z' },
  { name: 'over closed days', raised: '2026-11-25T15:00:00Z', told: '2026-11-30T13:00:00.000Z' },
  { name: 'in the evening', raised: '2026-11-24T01:00:00Z', told: '2026-11-24T13:00:00.000Z' },
] as const;

describe.each(platforms)('a concern, on %s', (platform) => {
  it.each(concerns)('waits for the next business day $name, and says so', async ({ raised, told }) => {
    const scene = await openScene(platform, { at: raised });
    const screen = await follow(scene, scene.hands.keisha.types('escalate K7T2-9 concern'));
    expect(screen.text).toContain('Maya Torres is told on the next business day');
    expect(screen.text).toContain('If it cannot wait, escalate it as urgent or crisis.');
    const wait = Date.parse(told) - Date.parse(raised);
    await scene.pass(wait - 1);
    expect(copiesOf(scene.hands, 'maya', 'jon')).toEqual([0, 0]);
    expect((await theOne(scene.world)).owner).toBe('maya');
    await scene.pass(1);
    expect(copiesOf(scene.hands, 'maya', 'jon')).toEqual([1, 1]);
    expect((await theOne(scene.world)).timeline.at(-1)).toMatchObject({ at: told, detail: { late: false } });
    expect(everythingOf(scene.hands.maya)).not.toContain('988');
    await scene.world.close();
  });
});

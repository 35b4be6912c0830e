import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flat } from './refer-scene.ts';
import { platforms } from '../helpers/world.ts';
import {
  cardOf,
  channelCardOf,
  copiesOf,
  follow,
  minute,
  openScene,
  theOne,
  toldAt,
  type Scene,
} from './escalate-scene.ts';

describe.each(platforms)('a crisis that nobody takes, on %s', (platform) => {
  let scene: Scene;
  beforeAll(async () => {
    // Monday 14:20 in New York; 11:20 where Keisha is, who reads her own time.
    scene = await openScene(platform, { at: '2026-11-23T19:20:00Z' });
  });
  afterAll(() => scene.world.close());
  const people = ['maya', 'jon', 'dana', 'sara'] as const;

  it('tells coordinator and duty at once, and whoever raised it whom to call, who knows and who is next', async () => {
    const screen = await follow(scene, scene.hands.keisha.types('escalate K7T2-9 crisis'));
    const answer = screen.text.indexOf('Escalated: K7T2-9');
    expect(screen.text.indexOf('Call: 988 (call or text) · 911 · +1 555 010 0188 (crisis line)')).toBeLessThan(answer);
    expect(screen.text).toContain(
      '988 (call or text) · 911 · +1 555 010 0188 (crisis line) · +1 555 010 0177 (mobile crisis)',
    );
    expect(flat(screen.text)).toContain(
      'Escalated K7T2-9 · crisis. Maya Torres (coordinator) and Jon Reyes (on duty) have been told · ' +
        'if none of them takes it by 11:25, Dana Whitfield is next.',
    );
    expect(copiesOf(scene.hands, ...people)).toEqual([1, 1, 0, 0]);
    const card = cardOf(scene.hands.jon);
    expect(card.text).toContain('Escalation K7T2-9 · D.D. born 1974 · crisis');
    expect(card.text.replace(/^🟥 /, '')).toMatch(
      /^CRISIS · nobody has it · under 1 min · next Dana Whitfield 14:25 Call 988/,
    );
    expect(card.text).toContain('Waits on Maya Torres');
    expect(card.buttons.slice(0, 4)).toEqual([
      ...['Acknowledge', 'Acknowledge with a note', 'Resolve', 'Escalate further now'],
    ]);
  });

  it('stands in the team’s place by its code only, with who is next', () => {
    const place = channelCardOf(scene.hands.jon);
    expect(place.text).toContain('Escalation K7T2-9 · crisis');
    expect(place.text).toContain('CRISIS · nobody has it · under 1 min · next Dana Whitfield 14:25');
    expect(place.text).not.toContain('D.D.');
    expect(place.buttons).toEqual(['Acknowledge', 'Open']);
  });

  it('climbs at 5 minutes, and not a moment before', async () => {
    await scene.pass(5 * minute - 1);
    expect(copiesOf(scene.hands, ...people)).toEqual([1, 1, 0, 0]);
    await scene.pass(1);
    expect(copiesOf(scene.hands, ...people)).toEqual([2, 2, 1, 0]);
    expect(cardOf(scene.hands.dana).text).toContain('Waits on you');
    expect(cardOf(scene.hands.maya).text).toContain('CRISIS · nobody has it · 5 min · next Sara Lindqvist 14:30');
    expect(cardOf(scene.hands.maya).text).toContain('Late yes');
    expect(await theOne(scene.world)).toMatchObject({ owner: 'dana', late: true });
  });

  it('climbs at 10 and at 20 minutes', async () => {
    await scene.pass(5 * minute);
    expect(copiesOf(scene.hands, ...people)).toEqual([2, 2, 2, 1]);
    await scene.pass(10 * minute);
    expect(copiesOf(scene.hands, ...people)).toEqual([2, 2, 3, 2]);
    expect((await theOne(scene.world)).owner).toBe('sara');
  });

  it('is told again every 15 minutes for as long as nobody takes it', async () => {
    for (const count of [1, 2, 3]) {
      await scene.pass(15 * minute);
      expect(copiesOf(scene.hands, 'dana', 'sara')).toEqual([3 + count, 2 + count]);
    }
    expect(channelCardOf(scene.hands.jon).text).toContain('next Sara Lindqvist again 15:40');
    expect(toldAt(await theOne(scene.world)).slice(0, 9)).toEqual([
      ...['0: 1 maya', '0: 1 jon'],
      ...['5: 2 dana', '5: 2 maya', '5: 2 jon'],
      ...['10: 3 sara', '10: 3 dana'],
      ...['20: 4 sara', '20: 4 dana'],
    ]);
  });
});

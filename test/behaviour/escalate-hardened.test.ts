import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCode } from '../../src/care/clients/code.ts';
import { aClient } from '../helpers/organisation.ts';
import type { Screen } from '../helpers/screen.ts';
import { platforms } from '../helpers/world.ts';
import { cardOf, exported, follow, hour, minute, openScene, type Exported, type Scene } from './escalate-scene.ts';
import { forgePress } from './reach-scene.ts';
import { flat } from './refer-scene.ts';

const known = 'K7T2-9';
const followedLittle = 'M4XR-1';
/** Well-formed, and nobody's. */
const unknown = makeCode([7, 7, 7, 7]) ?? '';

/** Keisha is of the west team, has no duty, and may see neither client of the east team. */
describe.each(platforms)('whoever tries out codes, on %s', (platform) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(platform, {
      said: { westDuty: false },
      clients: [aClient({ code: followedLittle, name: 'Lou Lowe', born: '1981-05-05', tier: 'low' })],
    });
  });
  afterAll(() => scene.world.close());
  const does = (act: Promise<Screen>): Promise<Screen> => follow(scene, act);
  const rows = async (): Promise<readonly Exported[]> => (await exported(scene.world, 'escalations')) as Exported[];

  it('learns nothing by letting their own acknowledgement run out and raising it again: it is one of its own', async () => {
    const { keisha } = scene.hands;
    await does(keisha.types(`escalate ${known} crisis`));
    const { id = '' } = (await rows()).at(-1) ?? {};
    await forgePress(scene.world, platform, 'keisha', { action: 'escalations.acknowledge', subject: id });
    await scene.pass(hour);
    expect((await rows())[0]?.timeline.map(({ act }) => act)).toContain('acknowledgement-expired');
    await does(keisha.types(`escalate ${known} crisis`));
    expect(await rows()).toHaveLength(2);
  });

  it('learns nothing from the order of a list: a tier they may not see is that of a code of nobody', async () => {
    const { keisha } = scene.hands;
    for (const code of [followedLittle, unknown]) {
      await does(keisha.types(`escalate ${code} urgent`));
      scene.world.clock.advance(1_000);
    }
    const list = flat((await does(keisha.types('escalate list'))).text);
    expect(list).toContain(unknown);
    expect(list.indexOf(followedLittle)).toBeLessThan(list.indexOf(unknown));
  });
});

describe.each(platforms)('what has run out and no tick has noticed yet, on %s', (platform) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(platform, { at: '2026-11-23T19:20:00Z' });
    await follow(scene, scene.hands.maya.types('escalate K7T2-9 crisis'));
  });
  afterAll(() => scene.world.close());
  const opens = async (): Promise<{ list: string; card: string }> => {
    const { dana } = scene.hands;
    const list = flat((await follow(scene, dana.types('escalate list'))).text);
    await follow(scene, dana.presses('Open', 'D.D.'));
    return { list, card: cardOf(dana).text };
  };

  it('a hold by who raised it is over on the list and on the card', async () => {
    await follow(scene, scene.hands.maya.presses('I have it myself', 'D.D.'));
    scene.world.clock.advance(15 * minute);
    const { list, card } = await opens();
    expect(list).toContain('CRISIS · open 15 min · nobody has it');
    expect(card).toContain('CRISIS · nobody has it · over 15 min');
  });

  it('an acknowledgement is none on the list and on the card', async () => {
    await follow(scene, scene.hands.jon.presses('Acknowledge', 'D.D.'));
    scene.world.clock.advance(hour + minute);
    const { list, card } = await opens();
    expect(list).toContain('lapsed Jon Reyes’s hold ended 15:35, nobody has it');
    expect(card).toContain('CRISIS · nobody has it · lapsed 1 min ago, Jon Reyes had it');
    expect(card).not.toMatch(/has it · since|Holds until|\(has it\)/);
  });
});

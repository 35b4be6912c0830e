import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platforms } from '../helpers/world.ts';
import { copiesOf, exported, follow, minute, openScene, toldAt, type Exported, type Scene } from './escalate-scene.ts';

describe.each(platforms)('a policy that is edited while a ladder runs, on %s', (platform) => {
  let scene: Scene;
  beforeAll(async () => {
    const escalation = '{ crisis: { steps: [{ after: 0, tell: [duty] }, { after: 7, tell: [{ person: maya }] }] } }';
    scene = await openScene(platform, { at: '2026-11-23T19:20:00Z', said: { escalation } });
    await follow(scene, scene.hands.keisha.types('escalate K7T2-9 crisis'));
    await scene.world.store.inOrganisation(
      'riverside',
      (tx) =>
        tx.db.$executeRaw`update team set policies = ${JSON.stringify({
          escalation: {
            crisis: {
              steps: [
                { after: 0, tell: ['supervisor'] },
                { after: 1, tell: ['director'] },
              ],
            },
          },
        })}::jsonb where id = 'east'`,
    );
  });
  afterAll(() => scene.world.close());

  it('changes nothing of it: neither whom it tells nor when', async () => {
    await scene.pass(1 * minute);
    expect(copiesOf(scene.hands, 'maya', 'jon', 'dana', 'sara')).toEqual([0, 1, 0, 0]);
    await scene.pass(6 * minute);
    expect(copiesOf(scene.hands, 'maya', 'jon', 'dana', 'sara')).toEqual([1, 1, 0, 0]);
  });

  it('holds for the next one that is raised', async () => {
    await follow(scene, scene.hands.keisha.types('escalate K7T2-9 crisis'));
    await scene.pass(1 * minute);
    const [first, second] = (await exported(scene.world, 'escalations')) as readonly Exported[];
    expect(toldAt(first!)).toEqual(['0: 1 jon', '7: 2 maya']);
    expect(toldAt(second!)).toEqual(['0: 1 dana', '1: 2 sara']);
  });
});

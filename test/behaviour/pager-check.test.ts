import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPagerGateway, type PagerGateway } from '../helpers/pager-gateway.ts';
import { platforms } from '../helpers/world.ts';
import { everythingOf, follow, hour, minute, openScene, type Scene } from './escalate-scene.ts';
import { rung, storedPages } from './pager-scene.ts';

const pattern =
  '{ pattern: [{ weekday: mon, from: "08:00", to: "18:00", person: jon }, { weekday: tue, from: "08:00", to: "18:00", person: maya }] }';

describe.each(platforms)('the monthly check where there is a pager, on %s', (platform) => {
  let scene: Scene;
  let gateway: PagerGateway;
  beforeAll(async () => {
    gateway = await openPagerGateway();
    const { settings: pager } = gateway;
    scene = await openScene(platform, { at: '2026-11-30T14:00:00Z', said: { duty: pattern }, pager });
  });
  afterAll(async () => {
    await scene.world.close();
    await gateway.close();
  });
  const sent = async (): Promise<void> => {
    await scene.world.service.paged();
    await scene.world.delivered();
  };

  it('rings the pagers of whom it asks, and says so', async () => {
    gateway.set('hang');
    await scene.pass(25 * hour);
    const text = everythingOf(scene.hands.jon);
    expect(text).toContain('Your pager rings too, as a test please confirm once both have reached you.');
  });

  it('says of a pager that cannot be rung that it cannot', async () => {
    await gateway.hanging(2);
    gateway.hangUp();
    await sent();
    expect(everythingOf(scene.hands.jon)).toContain('Your pager could not be rung please tell your supervisor.');
    expect(everythingOf(scene.hands.dana)).not.toContain('Your pager');
  });

  it('rings once when it can, as a test and as nothing else', async () => {
    gateway.set('ok');
    await scene.pass(1 * minute);
    await sent();
    expect(rung(gateway.taken)).toEqual(['test jon', 'test maya']);
    expect(gateway.wrong).toEqual([]);
    expect(everythingOf(scene.hands.jon)).toContain('Your pager rings too, as a test');
    await follow(scene, scene.hands.jon.presses('It reached me'));
    expect(everythingOf(scene.hands.jon)).toContain('Confirmed. Thank you.');
  });

  it('rings nobody who does not work here any more', async () => {
    gateway.set('drop');
    const before = gateway.taken.length;
    await follow(scene, scene.hands.keisha.types('escalate K7T2-9 crisis'));
    await sent();
    await scene.world.store.inOrganisation(
      'riverside',
      (tx) => tx.db.$executeRaw`
        update person set active = false, deactivated_at = ${scene.world.clock.now()}
        where organisation_id = 'riverside' and id = 'maya'`,
    );
    gateway.set('ok');
    await scene.pass(1 * minute);
    await sent();
    expect(rung(gateway.taken.slice(before))).toEqual([]);
    const pages = await storedPages(scene.world);
    expect(pages.find(({ person, event }) => person === 'maya' && event === 'call')).toMatchObject({
      ...{ state: 'dropped', reason: 'left' },
    });
  });
});

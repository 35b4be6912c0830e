import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPagerGateway, type PagerGateway } from '../helpers/pager-gateway.ts';
import { platforms } from '../helpers/world.ts';
import { follow, hour, minute, openScene, type Scene } from './escalate-scene.ts';
import { rung, storedPages } from './pager-scene.ts';

describe.each(platforms)('calls and stops of a pager that is slow, on %s', (platform) => {
  let scene: Scene;
  let gateway: PagerGateway;
  beforeAll(async () => {
    gateway = await openPagerGateway();
    scene = await openScene(platform, { at: '2026-11-23T19:20:00Z', pager: gateway.settings });
  });
  afterAll(async () => {
    await scene.world.close();
    await gateway.close();
  });

  it('a stop waits for the call that is under way, which is not made again', async () => {
    gateway.set('hang');
    await follow(scene, scene.hands.keisha.types('escalate K7T2-9 crisis'));
    await scene.world.service.tick();
    await gateway.hanging(2);
    await follow(scene, scene.hands.jon.presses('Acknowledge'));
    await scene.world.service.tick();
    expect((await storedPages(scene.world)).map(({ event, state }) => `${event} ${state}`)).toEqual([
      ...['call sending', 'call sending'],
      ...['stop pending', 'stop pending'],
    ]);
    gateway.set('ok');
    gateway.hangUp();
    await scene.world.service.paged();
    expect(rung(gateway.taken)).toEqual(['stop jon', 'stop maya']);
    expect((await storedPages(scene.world)).slice(0, 2).map(({ state, reason }) => `${state} ${reason ?? ''}`)).toEqual(
      ['dropped overtaken', 'dropped overtaken'],
    );
  });

  it('a stop that has not gone out never silences whoever is called anew', async () => {
    gateway.set({ status: 500 });
    const before = gateway.taken.length;
    const written = (await storedPages(scene.world)).length;
    // The acknowledgement runs out, and is given again: its stops fail.
    await scene.pass(1 * hour);
    await scene.world.service.paged();
    await follow(scene, scene.hands.jon.presses('Acknowledge'));
    await scene.world.service.paged();
    // It runs out once more.
    await scene.pass(1 * hour);
    gateway.set('ok');
    await scene.pass(1 * minute);
    await scene.world.service.paged();
    expect(rung(gateway.taken.slice(before))).toEqual(['call jon 1', 'call maya 1']);
    const stops = (await storedPages(scene.world)).slice(written).filter(({ event }) => event === 'stop');
    expect(stops.map(({ state, reason }) => `${state} ${reason ?? ''}`)).toEqual([
      'dropped overtaken',
      'dropped overtaken',
    ]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectedFeatures } from '../../src/app.ts';
import { createSystemWork } from '../../src/feature/create-system-work.ts';
import { enqueuePost, refreshCopies } from '../../src/delivery/outbox.ts';
import { setTimer } from '../../src/schedule/timers.ts';
import { platforms } from '../helpers/world.ts';
import { cardOf, copiesOf, follow, minute, openScene, theOne, type Scene } from './escalate-scene.ts';

const outbox = { post: enqueuePost, refresh: refreshCopies, wake: setTimer };

/** Somebody does not work here any more, from this moment, and Dana answers for what was theirs. */
async function leaves({ world }: Scene, person: string, heir = 'dana'): Promise<void> {
  await world.store.inOrganisation('riverside', async (tx) => {
    await tx.db.$executeRaw`update person set active = false where id = ${person}`;
    const work = await createSystemWork(tx, {
      ...{ features: collectedFeatures, outbox, privacy: 'minimal', now: world.clock.now() },
    });
    await work.publish('person.left', { person, heir });
  });
  await world.delivered();
}

describe.each(platforms)('an owner who leaves while the ladder runs, on %s', (platform) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(platform, { at: '2026-11-23T19:20:00Z' });
    await follow(scene, scene.hands.keisha.types('escalate K7T2-9 crisis'));
  });
  afterAll(() => scene.world.close());

  it('leaves it to their heir at that instant, who is told', async () => {
    await leaves(scene, 'maya');
    expect(await theOne(scene.world)).toMatchObject({ state: 'raised', owner: 'dana' });
    expect(copiesOf(scene.hands, 'dana')).toEqual([1]);
    expect((await theOne(scene.world)).timeline.at(-1)).toMatchObject({
      act: 'hand-over',
      by: 'baton',
      detail: { from: 'maya', to: 'dana' },
    });
  });

  it('and the ladder goes on, without them', async () => {
    await scene.pass(5 * minute);
    expect(copiesOf(scene.hands, 'maya', 'jon', 'dana')).toEqual([1, 2, 2]);
  });

  it('somebody who was only told leaves: the heir is told in their place, and it stays whose it is', async () => {
    await follow(scene, scene.hands.dana.presses('Escalate further now', 'D.D.'));
    expect((await theOne(scene.world)).owner).toBe('sara');
    const [before] = copiesOf(scene.hands, 'dana');
    await leaves(scene, 'jon');
    expect(copiesOf(scene.hands, 'dana')).toEqual([(before ?? 0) + 1]);
    expect((await theOne(scene.world)).owner).toBe('sara');
  });
});

describe.each(platforms)('somebody who had taken it and leaves, on %s', (platform) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(platform, { at: '2026-11-23T19:20:00Z' });
    await follow(scene, scene.hands.keisha.types('escalate K7T2-9 crisis'));
    await follow(scene, scene.hands.jon.presses('Acknowledge', 'D.D.'));
    await scene.pass(30 * minute);
  });
  afterAll(() => scene.world.close());

  it('has it no more: it is back on the ladder under their heir, at once, as a new run', async () => {
    await leaves(scene, 'jon');
    const one = await theOne(scene.world);
    expect(one).toMatchObject({ state: 'raised', owner: 'dana', acknowledgedBy: null });
    expect(cardOf(scene.hands.dana).text).toContain('Waits on you');
    expect(cardOf(scene.hands.dana).buttons).toContain('Acknowledge');
    await scene.pass(5 * minute);
    expect((await theOne(scene.world)).timeline.filter(({ act }) => act === 'step').at(-1)).toMatchObject({
      at: '2026-11-23T19:55:00.000Z',
      detail: { run: 2, step: 2 },
    });
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flat } from './refer-scene.ts';
import { platforms } from '../helpers/world.ts';
import {
  cardOf,
  copies,
  everythingOf,
  exported,
  follow,
  minute,
  openScene,
  theOne,
  type Exported,
  type Scene,
} from './escalate-scene.ts';

describe.each(platforms)('whoever raised it and has it in hand, on %s', (platform) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(platform, { at: '2026-11-23T19:20:00Z' });
    await follow(scene, scene.hands.maya.types('escalate K7T2-9 crisis'));
  });
  afterAll(() => scene.world.close());

  it('is offered to hold it, quietly, and not to acknowledge', () => {
    expect(cardOf(scene.hands.maya).buttons).toContain('I have it myself');
    expect(cardOf(scene.hands.maya).buttons).not.toContain('Acknowledge');
    expect(cardOf(scene.hands.jon).buttons).not.toContain('I have it myself');
  });

  it('holds the ladder for 15 minutes, is its one owner meanwhile, and the next of it is told at once', async () => {
    await scene.pass(1 * minute);
    await follow(scene, scene.hands.maya.presses('I have it myself', 'D.D.'));
    expect(await theOne(scene.world)).toMatchObject({ state: 'raised', owner: 'maya', acknowledgedBy: null });
    expect(copies(scene.hands.dana)).toBe(1);
    expect(cardOf(scene.hands.dana).text).toContain(
      'CRISIS · Maya Torres is holding it until 14:36 · not taken · next you again 14:36',
    );
    expect(cardOf(scene.hands.dana).buttons).toContain('Acknowledge');
    // The list says the same as the card.
    const list = flat((await follow(scene, scene.hands.dana.types('escalate list'))).text);
    expect(list).toContain('Maya Torres is holding it until 14:36 · not taken');
    await scene.pass(15 * minute - 1);
    expect(copies(scene.hands.sara)).toBe(0);
  });

  it('then it goes on where it was, and cannot be held again in this run', async () => {
    await scene.pass(1);
    const one = await theOne(scene.world);
    expect(one.timeline.at(-1)).toMatchObject({
      act: 'step',
      detail: { step: 2, planned: '2026-11-23T19:36:00.000Z' },
    });
    expect(one.owner).toBe('dana');
    expect(cardOf(scene.hands.maya).buttons).not.toContain('I have it myself');
    await scene.pass(5 * minute);
    expect(copies(scene.hands.sara)).toBe(1);
    expect((await theOne(scene.world)).owner).toBe('sara');
  });
});

describe.each(platforms)('a second escalation of a client with an open one, on %s', (platform) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(platform, { at: '2026-11-23T19:20:00Z' });
    await follow(scene, scene.hands.maya.types('escalate K7T2-9 urgent'));
    await scene.pass(2 * minute);
  });
  afterAll(() => scene.world.close());
  const all = async (): Promise<readonly Exported[]> =>
    (await exported(scene.world, 'escalations')) as readonly Exported[];

  it('is added to it when it is no more severe: said at once, and its people are rung again', async () => {
    const before = copies(scene.hands.jon);
    const said = flat((await follow(scene, scene.hands.dana.types('escalate K7T2-9 urgent'))).text);
    expect(said).toContain(
      'Escalated K7T2-9 · D.D. born 1974 has an open urgent since 14:20, nobody has it · 2 min. Yours is added to it, and Jon Reyes was told again.',
    );
    expect(await all()).toHaveLength(1);
    expect(copies(scene.hands.jon)).toBe(before + 1);
  });

  it('says nothing of it to somebody who may not see the client: theirs is one of its own', async () => {
    const said = flat((await follow(scene, scene.hands.bea.types('escalate K7T2-9 urgent'))).text);
    expect(said).toContain('Escalated K7T2-9 · urgent.');
    expect(said).not.toMatch(/has an open|open already|added/i);
    expect(await all()).toHaveLength(2);
    await scene.pass(1_000);
  });

  it('is one of its own at once when it is more severe, and when it is asked for', async () => {
    const said = flat((await follow(scene, scene.hands.maya.types('escalate K7T2-9 crisis'))).text);
    expect(said).toContain('Escalated K7T2-9 · D.D. born 1974 · crisis.');
    expect(said).toContain('Open already urgent · nobody has it · 2 min.');
    expect(await all()).toHaveLength(3);
    await follow(scene, scene.hands.dana.types('escalate K7T2-9 urgent'));
    expect(await all()).toHaveLength(3);
    await follow(scene, scene.hands.dana.presses('Raise another'));
    expect(await all()).toHaveLength(4);
    // The card has become the card of the new one; a second press that was under way is the same press.
    expect(cardOf(scene.hands.dana).buttons).not.toContain('Raise another');
    await pressStale(scene, platform);
    expect(await all()).toHaveLength(4);
  });

  it('is said in the form before anybody fills it in, to whoever sees the client', async () => {
    const form = (await scene.hands.maya.types('escalate K7T2-9')).form;
    expect(JSON.stringify(form)).toContain('Open already: CRISIS · nobody has it');
    expect(JSON.stringify(form)).toContain('Unless yours is graver, it is added to that one.');
    const unseen = (await scene.hands.keisha.types('escalate K7T2-9')).form;
    expect(JSON.stringify(unseen)).not.toContain('Open already');
  });

  it('whoever has it says anew that it is in hand, or its ladder begins again', async () => {
    await follow(scene, scene.hands.jon.types('escalate list'));
    await follow(scene, scene.hands.jon.presses('Acknowledge', 'crisis'));
    await scene.pass(10 * minute);
    const said = flat((await follow(scene, scene.hands.maya.types('escalate K7T2-9 crisis'))).text);
    expect(said).toContain('Jon Reyes was told again. If nobody says by 14:37 that it is still in hand');
    const crisis = async (): Promise<Exported | undefined> =>
      (await all()).find(
        ({ severity, timeline }) => severity === 'crisis' && timeline.some(({ act }) => act === 'add'),
      );
    expect((await crisis())?.state).toBe('acknowledged');
    await scene.pass(5 * minute);
    expect((await crisis())?.state).toBe('raised');
    expect(everythingOf(scene.hands.jon)).toContain('you had it');
  });

  it('and one that is graver than what was raised so is another one, once', async () => {
    const before = (await all()).length;
    await pressStale(scene, platform, 'crisis');
    expect(await all()).toHaveLength(before + 1);
    await pressStale(scene, platform, 'crisis');
    expect(await all()).toHaveLength(before + 1);
  });
});

/** The button as it stood on the card before: what a second tap sends that was under way already. */
async function pressStale(scene: Scene, platform: 'slack' | 'teams', severity = 'urgent'): Promise<void> {
  const message = (await scene.hands.dana.types('help')).messages[0]?.id ?? '';
  const { world, client } = scene;
  const identity = await world.store.inOrganisation('riverside', (tx) =>
    tx.db.identity.findFirstOrThrow({
      where: { personId: 'dana', workspaceId: platform === 'slack' ? 'rs-slack' : 'rs-teams' },
    }),
  );
  const user = identity.platformUser;
  const name = `escalations.raise-another:${severity}`;
  if (platform === 'slack') {
    const channel = world.slack.direct(user);
    await world.slack.action({ user, channel, message, action: { action_id: name, value: client.id }, evenIf: true });
  } else {
    await world.teams.press({ user, activity: message, evenIf: { verb: name, data: { s: client.id } } });
  }
  await world.settled();
  await world.delivered();
}

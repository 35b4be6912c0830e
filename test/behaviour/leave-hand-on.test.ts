import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textOf } from '../helpers/screen.ts';
import { handOf, platforms } from '../helpers/world.ts';
import { accountable, audited, deactivate, openLeaveScene, type LeaveScene } from './leave-scene.ts';

describe.each(platforms)('what somebody left is handed on from the card, on %s', (platform) => {
  let scene: LeaveScene;
  beforeAll(async () => {
    scene = await openLeaveScene(platform);
    await deactivate(scene.world, platform, 'jon');
  });
  afterAll(() => scene.world.close());
  const card = (): string =>
    scene.dana
      .sees()
      .map(textOf)
      .filter((text) => text.includes('has left'))
      .join('\n');

  it('names the client and offers colleagues who work with them, nobody who left', async () => {
    const screen = await scene.dana.presses('Hand to…', 'K7T2-9');
    expect(screen.form?.title).toBe('Hand a client on');
    expect(screen.form?.text).toContain('K7T2-9 · D.D. born 1974');
    const done = await scene.dana.fills({ person: 'maya' });
    expect(done.text).toContain('Handed on: K7T2-9 is with Maya Torres now.');
  });

  it('makes the colleague accountable, and the client’s open follow-up goes along', async () => {
    expect(await accountable(scene.world)).toEqual({
      clients: ['dana', 'dana', 'maya', 'maya'],
      followUps: ['dana', 'maya', 'maya'],
      referrals: ['dana asks maya', 'maya asks dana'],
    });
    expect(await audited(scene.world, ['client.hand-on'])).toEqual([expect.stringMatching(/^dana client\.hand-on /)]);
  });

  it('tells the colleague, and leaves the list', async () => {
    await scene.world.settled();
    expect(scene.maya.sees().map(textOf).join('\n')).toContain('K7T2-9 · D.D. born 1974 is yours now');
    expect(card()).toContain('Still to hand on: 2');
    expect(card()).not.toContain('K7T2-9');
    expect(card()).toContain('Jon Reyes has left: 3 clients and 4 open things');
  });

  it('is nothing for a colleague who does not answer for the client: denied, and on record', async () => {
    const before = await accountable(scene.world);
    const client = await scene.world.store.inOrganisation('riverside', (tx) =>
      tx.db.client.findFirstOrThrow({ where: { code: 'M4XR-1' } }),
    );
    const { user, forged } = {
      user: platform === 'slack' ? 'U0SARA' : '0a000000-0000-4000-8000-0000000000a3',
      forged: `${client.id}/x`,
    };
    const sara = handOf(scene.world, platform, 'sara');
    await sara.types('next');
    const press = sara.sees().at(-1);
    if (platform === 'slack') {
      await scene.world.slack.action({
        user,
        channel: scene.world.slack.direct(user),
        message: press?.id ?? '',
        action: { action_id: 'clients.hand-to', value: forged },
        evenIf: true,
      });
    } else {
      const evenIf = { verb: 'clients.hand-to', data: { s: forged } };
      await scene.world.teams.press({ user, activity: press?.id ?? '', evenIf });
    }
    await scene.world.settled();
    expect(await accountable(scene.world)).toEqual(before);
    expect(await audited(scene.world, ['access.denied'])).toHaveLength(1);
  });

  it('says when every client has found somebody', async () => {
    await scene.dana.presses('Hand to…', 'M4XR-1');
    await scene.dana.fills({ person: 'sara' });
    await scene.dana.presses('Hand to…', 'paused');
    await scene.dana.fills({ person: 'sara' });
    await scene.world.settled();
    expect(card()).toContain('Every client has been handed on.');
    expect((await accountable(scene.world))['clients']).toEqual(['maya', 'maya', 'sara', 'sara']);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textOf } from '../helpers/screen.ts';
import { handOf, platforms } from '../helpers/world.ts';
import { accountable, accounts, audited, deactivate, openLeaveScene, type LeaveScene } from './leave-scene.ts';

describe.each(platforms)('somebody whose account is deactivated on %s', (platform) => {
  const other = platform === 'slack' ? 'teams' : 'slack';
  let scene: LeaveScene;
  beforeAll(async () => {
    scene = await openLeaveScene(platform);
    expect(await accountable(scene.world)).toEqual({
      clients: ['jon', 'jon', 'jon', 'maya'],
      followUps: ['jon', 'jon', 'maya'],
      referrals: ['jon asks maya', 'maya asks jon'],
    });
    await deactivate(scene.world, platform, 'jon');
  });
  afterAll(() => scene.world.close());
  const read = (words: string): string =>
    scene.dana
      .sees()
      .map(textOf)
      .filter((text) => text.includes(words))
      .join('\n');

  it('is refused at once on the other platform too', async () => {
    const screen = await handOf(scene.world, other, 'jon').types('next');
    expect(screen.text).toBe('Your access to Baton has ended, so I did nothing. Your supervisor can help.');
  });

  it('answers for nothing any more: all of it is the supervisor’s', async () => {
    expect(await accountable(scene.world)).toEqual({
      clients: ['dana', 'dana', 'dana', 'maya'],
      followUps: ['dana', 'dana', 'maya'],
      referrals: ['dana asks maya', 'maya asks dana'],
    });
  });

  it('is told of once to the supervisor, with what is theirs to hand on', () => {
    const card = read('has left');
    expect(card.match(/has left/g)).toHaveLength(1);
    expect(card).toContain('Jon Reyes has left: 3 clients and 4 open things are yours to hand on.');
    expect(card).toContain('Still to hand on: 3');
    expect(card).toContain('K7T2-9 · D.D. born 1974');
    expect(card).toContain('East team · medium, paused');
  });

  it('is on record, with whoever inherited what', async () => {
    const rows = await audited(scene.world, ['person.left', 'identity.deactivated']);
    expect(rows).toEqual([`${platform} identity.deactivated jon`, `${platform} person.left jon`]);
    expect(await audited(scene.world, ['client.inherit'])).toHaveLength(3);
    expect(await audited(scene.world, ['follow-up.inherit'])).toHaveLength(2);
    expect(await audited(scene.world, ['referral.inherit'])).toHaveLength(2);
  });

  it('leaves nothing more when the platform says it again', async () => {
    const before = await accountable(scene.world);
    if (platform === 'slack') {
      const user = { id: accounts.jon.slack, team_id: 'T0RIVER', deleted: true };
      await scene.world.slack.event({ type: 'user_change', user });
    } else await scene.world.teams.leave({ user: accounts.jon.teams, conversation: '19:east@thread.tacv2' });
    await scene.world.settled();
    expect(await accountable(scene.world)).toEqual(before);
    expect(await audited(scene.world, ['person.left'])).toHaveLength(1);
    expect(read('has left').match(/has left/g)).toHaveLength(1);
  });

  it('has left referrals that go on: the other side reads who acts now', async () => {
    const own = scene.maya.sees().map(textOf).join('\n').replaceAll('\n', ' ');
    expect(own).toMatch(/Next:? Dana Whitfield, accept or decline/);
    const screen = await scene.dana.types('refer list');
    expect(screen.text).toContain('Waiting on you: 1');
    expect(screen.text).toContain('Waiting on others: 1');
  });

  it('gets no digest any more, and nobody gets theirs', async () => {
    scene.world.clock.advance(23.6 * 3_600_000);
    await scene.world.service.tick();
    await scene.world.delivered();
    const rows = await scene.world.store.inOrganisation(
      'riverside',
      (tx) => tx.db.$queryRaw<{ about: string; to: string; state: string }[]>`
        select p.subject as about, p.destination as to, d.state
        from post p join delivery d on d.organisation_id = p.organisation_id and d.post_id = p.id
        where p.kind = 'digests.person' order by p.subject`,
    );
    expect(rows.filter(({ about }) => about === 'maya')).toEqual([{ about: 'maya', to: 'maya', state: 'sent' }]);
    expect(rows.filter(({ about, state }) => about === 'jon' && state !== 'cancelled')).toEqual([]);
  });
});

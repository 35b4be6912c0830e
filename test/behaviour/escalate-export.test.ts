import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enqueuePost } from '../../src/delivery/outbox.ts';
import { platforms, slackChannel, teamsChannel } from '../helpers/world.ts';
import { exported, follow, minute, openScene, theOne, type Scene } from './escalate-scene.ts';

describe.each(platforms)('the export of an escalation, on %s', (platform) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(platform, { at: '2026-11-23T19:20:00Z' });
    const { keisha, dana } = scene.hands;
    await follow(scene, keisha.types('escalate K7T2-9'));
    await follow(scene, keisha.fills({ severity: 'crisis', reason: 'missing', note: 'Canary words of Nora Nye' }));
    await scene.pass(5 * minute);
    await follow(scene, dana.presses('Acknowledge', 'crisis'));
    await follow(scene, dana.presses('Resolve', 'crisis'));
    await follow(scene, dana.fills({ outcome: 'hospital', disposition: 'increased-contact', words: 'Canary words' }));
  });
  afterAll(() => scene.world.close());

  it('says who was told, where, at which step, when it was queued and delivered', async () => {
    const one = await theOne(scene.world);
    expect(one).toMatchObject({ client: 'K7T2-9', severity: 'crisis', state: 'resolved', raisedBy: 'keisha' });
    const dana = one.notifications.filter(({ to, step }) => to === 'dana' && step === 2);
    expect(dana).toEqual([
      {
        to: 'dana',
        toKind: 'person',
        step: 2,
        reason: 'supervisor',
        platform,
        destination: expect.stringMatching(/./),
        queuedAt: '2026-11-23T19:25:00.000Z',
        deliveredAt: '2026-11-23T19:25:00.000Z',
        state: 'sent',
        attempts: 1,
      },
    ]);
    expect(one.notifications.every(({ queuedAt }) => /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(queuedAt))).toBe(true);
  });

  it('says who took it and when, that it was late, how it ended and what follows', async () => {
    const one = await theOne(scene.world);
    expect(one).toMatchObject({
      acknowledgedBy: 'dana',
      acknowledgedAt: '2026-11-23T19:25:00.000Z',
      acknowledgements: [{ by: 'dana', at: '2026-11-23T19:25:00.000Z', act: 'acknowledge', late: false }],
      late: true,
      resolution: { outcome: 'hospital', disposition: 'increased-contact', by: 'dana', at: '2026-11-23T19:25:00.000Z' },
      reroutes: [],
    });
    expect(one.timeline.map(({ by, act }) => `${by} ${act}`)).toEqual([
      'keisha raise',
      'baton step',
      'baton step',
      'dana acknowledge',
      'dana resolve',
    ]);
  });

  it('lists what went another way because the first could not', async () => {
    const { id } = await theOne(scene.world);
    const key = `escalation:${id}:1:2:person:dana`;
    await scene.world.store.inOrganisation('riverside', (tx) =>
      enqueuePost(
        tx,
        {
          key: `rerouted:sara:${key}`,
          to: { person: 'sara' },
          ...{ kind: 'escalations.card', subject: id, priority: 'escalation' },
        },
        scene.world.clock.now(),
      ),
    );
    await scene.world.delivered();
    const one = await theOne(scene.world);
    expect(one['reroutes']).toMatchObject([{ from: 'dana', to: 'sara', state: 'sent', platform }]);
    expect(one.notifications.filter(({ to }) => to === 'sara')).toEqual([]);
  });

  it('names each place of the team by its channel, and holds no words of anybody', async () => {
    const one = await theOne(scene.world);
    const places = one.notifications.filter(({ toKind }) => toKind === 'team');
    expect(places).toMatchObject([
      { to: 'east', destination: slackChannel, platform: 'slack', state: 'sent' },
      { to: 'east', destination: teamsChannel, platform: 'teams', state: 'sent' },
    ]);
    const text = JSON.stringify(one);
    for (const secret of ['Nora', 'Canary', 'Dan Dee', 'D.D.', '1974']) expect(text).not.toContain(secret);
  });

  it('has no client for somebody who stands in no list, and nothing of who that is', async () => {
    const { maya } = scene.hands;
    scene.world.clock.advance(minute);
    await follow(scene, maya.types('escalate urgent'));
    await follow(scene, maya.fills({ severity: 'urgent', about: 'Nora Nye of Oak Street' }));
    const last = (await exported(scene.world, 'escalations')).at(-1);
    expect(last).toMatchObject({
      client: null,
      severity: 'urgent',
      raisedBy: 'maya',
      acknowledgedBy: null,
      resolution: null,
    });
    expect(JSON.stringify(last)).not.toMatch(/Nora|Oak/);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platforms } from '../helpers/world.ts';
import { textOf } from '../helpers/screen.ts';
import { flat } from './refer-scene.ts';
import { follow, hour, minute, openScene, theOne, type Scene } from './escalate-scene.ts';

describe.each(platforms)('an open escalation is seen where its people look, on %s', (platform) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(platform, { at: '2026-11-23T14:20:00Z' });
  });
  afterAll(() => scene.world.close());

  it('is raised from the client’s card, for that client', async () => {
    await follow(scene, scene.hands.maya.types('client K7T2-9'));
    const opened = await follow(scene, scene.hands.maya.presses('Escalate'));
    expect(opened.form?.title).toBe('Escalate');
    const said = await follow(scene, scene.hands.maya.fills({ severity: 'urgent' }));
    expect(flat(said.text)).toContain('Escalated K7T2-9 · D.D. born 1974 · urgent. Jon Reyes (on duty) has been told');
  });

  it('stands on the client’s card, with who has it', async () => {
    const card = flat((await follow(scene, scene.hands.maya.types('client K7T2-9'))).text);
    expect(card).toContain('Open escalation urgent · open 0 min · nobody has it; it waits on Jon Reyes');
  });

  it('is due for whoever was told of it, and for nobody who was not', async () => {
    await follow(scene, scene.hands.jon.types('digest now'));
    const jon = scene.hands.jon
      .sees()
      .map(textOf)
      .findLast((text) => text.includes('you today'));
    expect(flat(jon ?? '')).toContain('escalation, acknowledge');
    await follow(scene, scene.hands.sara.types('digest now'));
    expect(scene.hands.sara.sees().map(textOf).join()).not.toContain('escalation, acknowledge');
  });

  it('is listed: mine and my team’s, and all of them for who oversees, the crisis first', async () => {
    await scene.pass(30 * minute);
    await follow(scene, scene.hands.keisha.types('escalate crisis'));
    await follow(scene, scene.hands.keisha.fills({ severity: 'crisis', about: 'Somebody else' }));
    const dana = flat((await follow(scene, scene.hands.dana.types('escalate list'))).text);
    expect(dana).toContain('Open escalations 2.');
    expect(dana).toMatch(
      /not in the list.* CRISIS · open 0 min · nobody has it.*urgent · open 30 min · nobody has it late/,
    );
    const jon = flat((await follow(scene, scene.hands.jon.types('escalate list'))).text);
    expect(jon).toContain('Open escalations 1.');
    expect(flat((await follow(scene, scene.hands.bea.types('escalate list'))).text)).toContain(
      'No escalation is open.',
    );
  });

  it('goes from lists and cards when it is settled', async () => {
    await follow(scene, scene.hands.jon.types('escalate list'));
    await follow(scene, scene.hands.jon.presses('Acknowledge', 'urgent'));
    await follow(scene, scene.hands.jon.types('escalate list'));
    await follow(scene, scene.hands.jon.presses('Open', 'urgent'));
    await follow(scene, scene.hands.jon.presses('Resolve', 'urgent'));
    await follow(scene, scene.hands.jon.fills({ outcome: 'safe-now', disposition: 'routine-follow-up' }));
    expect(flat((await follow(scene, scene.hands.jon.types('escalate list'))).text)).toContain(
      'No escalation is open.',
    );
    expect((await follow(scene, scene.hands.maya.types('client K7T2-9'))).text).not.toContain('Open escalation');
  });
});

describe.each(platforms)('nothing of a client in an escalation is shown where others read, on %s', (platform) => {
  it('neither in the channel, nor on a locked screen, nor in logs', async () => {
    const scene = await openScene(platform, { at: '2026-11-23T14:20:00Z' });
    const { world, hands } = scene;
    const canaries = ['Dan Dee', 'D.D.', '1974', 'Zinnia', 'Quillfeather', 'self-harm', 'Oleander'];
    await follow(scene, hands.maya.types('escalate K7T2-9'));
    await follow(
      scene,
      hands.maya.fills({ severity: 'crisis', reason: 'self-harm', note: 'Zinnia', about: 'Oleander' }),
    );
    await follow(scene, hands.jon.presses('Add note', 'D.D.'));
    await follow(scene, hands.jon.fills({ words: 'Quillfeather' }));
    await scene.pass(5 * minute);
    await follow(scene, hands.jon.presses('Acknowledge', 'D.D.'));
    await scene.pass(hour);
    const shared = hands.jon.channel().map(textOf).join('\n');
    expect(shared).toContain('K7T2-9');
    const screens =
      platform === 'slack'
        ? ['U0JON', 'U0MAYA', 'U0DANA'].flatMap((user) =>
            world.slack.messages(world.slack.direct(user), user).map(({ text }) => text),
          )
        : ['a1', 'a2', 'b004'].flatMap((end) => {
            const user = [...(end.length === 2 ? ['0000000000'] : ['00000000'])].map(
              (zeros) => `0a000000-0000-4000-8000-${zeros}${end}`,
            );
            return user.flatMap((one) => {
              const chat = world.teams.chatOf(one);
              return chat === undefined ? [] : world.teams.messages(chat, one).map(({ summary }) => summary ?? '');
            });
          });
    expect(screens.join('\n')).toContain('CRISIS: K7T2-9');
    for (const canary of canaries) {
      expect(shared).not.toContain(canary);
      expect(screens.join('\n')).not.toContain(canary);
      expect(JSON.stringify(world.logged)).not.toContain(canary);
    }
    const sealed = await world.store.inOrganisation(
      'riverside',
      (tx) => tx.db.$queryRaw<{ text: string }[]>`
        select (select string_agg(e::text, ' ') from escalation e) || (select string_agg(v::text, ' ') from escalation_event v)
               || (select string_agg(a::text, ' ') from audit_event a) as text`,
    );
    // A year among the digits of a random id or a hash is none.
    const words = sealed[0]?.text.replaceAll(/[0-9a-f-]{32,}/g, '');
    expect(words).toContain('self-harm');
    for (const canary of canaries.filter((word) => word !== 'self-harm')) expect(words).not.toContain(canary);
    expect(await theOne(world)).toMatchObject({ client: 'K7T2-9', reason: 'self-harm' });
    await world.close();
  });
});

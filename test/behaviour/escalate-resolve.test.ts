import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textOf } from '../helpers/screen.ts';
import { platforms } from '../helpers/world.ts';
import {
  cardOf,
  channelCardOf,
  copiesOf,
  everythingOf,
  follow,
  minute,
  openScene,
  theOne,
  type Scene,
} from './escalate-scene.ts';
import { flat } from './refer-scene.ts';

describe.each(platforms)('an escalation to its end, on %s', (platform) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(platform, { at: '2026-11-23T19:20:00Z' });
    await follow(scene, scene.hands.keisha.types('escalate K7T2-9 crisis'));
  });
  afterAll(() => scene.world.close());

  it('takes a note of whoever raised it, sealed, and shows it to those who act', async () => {
    await follow(scene, scene.hands.keisha.presses('Add note', 'Escalated'));
    await follow(scene, scene.hands.keisha.fills({ words: 'She is at her sister’s' }));
    expect(everythingOf(scene.hands.jon)).not.toContain('sister');
    const note = flat((await follow(scene, scene.hands.jon.presses('Read the note', 'Escalation'))).text);
    expect(note).toContain('Keisha Brown, 14:20 She is at her sister’s');
    expect(channelCardOf(scene.hands.jon).text).not.toContain('sister');
  });

  it('goes one step further at once when somebody asks', async () => {
    await follow(scene, scene.hands.maya.presses('Escalate further now', 'D.D.'));
    expect(copiesOf(scene.hands, 'dana', 'sara')).toEqual([1, 0]);
    expect(await theOne(scene.world)).toMatchObject({ owner: 'dana', late: false });
    // The step that was made early is not made again at its time; the next one comes at its own.
    await scene.pass(5 * minute);
    expect(copiesOf(scene.hands, 'dana', 'sara')).toEqual([1, 0]);
    await scene.pass(5 * minute);
    expect(copiesOf(scene.hands, 'dana', 'sara')).toEqual([2, 1]);
  });

  it('passes from one hand to another, and whoever had it hears so', async () => {
    await follow(scene, scene.hands.jon.presses('Acknowledge', 'D.D.'));
    await follow(scene, scene.hands.maya.presses('Take over', 'D.D.'));
    expect(await theOne(scene.world)).toMatchObject({ state: 'acknowledged', owner: 'maya', acknowledgedBy: 'maya' });
    expect(everythingOf(scene.hands.jon)).toContain('Maya Torres has it · since 14:30');
    // Also after it was taken, more people can be called; that changes nothing of whose it is.
    await follow(scene, scene.hands.maya.presses('Escalate further now', 'D.D.'));
    expect(await theOne(scene.world)).toMatchObject({ state: 'acknowledged', owner: 'maya' });
    expect(copiesOf(scene.hands, 'sara')).toEqual([2]);
  });

  it('ends with an outcome and what follows; neither may be left out', async () => {
    const opened = await follow(scene, scene.hands.maya.presses('Resolve', 'D.D.'));
    expect(opened.form?.fields).toEqual(['outcome', 'disposition', 'words']);
    // Both platforms hold the form back; that a forged one changes nothing stands in escalate-refused.
    await expect(scene.hands.maya.fills({ outcome: 'safe-now' })).rejects.toThrow();
    expect((await theOne(scene.world)).state).toBe('acknowledged');
    await follow(
      scene,
      scene.hands.maya.fills({ outcome: 'safe-now', disposition: 'increased-contact', words: 'Sister stays with her' }),
    );
    expect(await theOne(scene.world)).toMatchObject({
      state: 'resolved',
      resolution: { outcome: 'safe-now', disposition: 'increased-contact', by: 'maya', at: '2026-11-23T19:30:00.000Z' },
    });
  });

  it('everybody who was told sees the end, and so does whoever raised it', () => {
    for (const person of ['jon', 'dana', 'sara', 'keisha'] as const) {
      const time = person === 'keisha' ? '11:30' : '14:30';
      expect(everythingOf(scene.hands[person])).toContain(`resolved by Maya Torres, ${time} safe now`);
      expect(everythingOf(scene.hands[person])).toContain('Resolved K7T2-9');
      expect(cardOf(scene.hands[person]).text).toContain(`Crisis · resolved by Maya Torres, ${time} safe now`);
    }
    expect(channelCardOf(scene.hands.jon).text).toContain('Crisis · resolved by Maya Torres, 14:30');
    expect(scene.hands.jon.channel().map(textOf).join('\n')).not.toMatch(/safe now|Sister/);
  });

  it('can be opened again by whoever raised it, with a reason: the ladder begins anew', async () => {
    const before = copiesOf(scene.hands, 'maya', 'jon', 'dana');
    await follow(scene, scene.hands.keisha.presses('Reopen', 'crisis'));
    await follow(scene, scene.hands.keisha.fills({ reason: 'not-settled', words: 'She has left the house' }));
    expect(await theOne(scene.world)).toMatchObject({ state: 'raised', owner: 'maya', resolution: null });
    await scene.pass(5 * minute);
    const [maya, jon, dana] = before;
    expect(copiesOf(scene.hands, 'maya', 'jon', 'dana')).toEqual([(maya ?? 0) + 2, (jon ?? 0) + 2, (dana ?? 0) + 1]);
    expect((await theOne(scene.world)).timeline.map(({ act }) => act).slice(-3)).toEqual(['reopen', 'step', 'step']);
  });

  it('resolved without having been taken, it was taken by whoever resolved it', async () => {
    await follow(scene, scene.hands.dana.presses('Resolve', 'D.D.'));
    await follow(scene, scene.hands.dana.fills({ outcome: 'raised-in-error', disposition: 'no-change' }));
    const { timeline } = await theOne(scene.world);
    expect(await theOne(scene.world)).toMatchObject({ state: 'resolved', owner: 'dana', acknowledgedBy: 'dana' });
    await scene.pass(60 * minute);
    expect((await theOne(scene.world)).timeline).toHaveLength(timeline.length);
  });
});

describe.each(platforms)('two who ask for the next step at once, on %s', (platform) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(platform, { at: '2026-11-23T19:20:00Z' });
    await follow(scene, scene.hands.keisha.types('escalate K7T2-9 crisis'));
  });
  afterAll(() => scene.world.close());

  it('make one step, and whoever was second reads where it stands', async () => {
    await Promise.all([
      scene.hands.maya.presses('Escalate further now', 'D.D.'),
      scene.hands.jon.presses('Escalate further now', 'D.D.'),
    ]);
    await scene.pass(0);
    expect(copiesOf(scene.hands, 'dana', 'sara')).toEqual([1, 0]);
    expect(await theOne(scene.world)).toMatchObject({ owner: 'dana', late: false });
    const answers = ['maya', 'jon'] as const;
    expect(answers.map((person) => everythingOf(scene.hands[person])).join()).toContain(
      'It waits on Dana Whitfield now',
    );
  });
});

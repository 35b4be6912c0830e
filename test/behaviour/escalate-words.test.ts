import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textOf, type Screen } from '../helpers/screen.ts';
import { platforms } from '../helpers/world.ts';
import { cardOf, everythingOf, follow, openScene, theOne, type Scene } from './escalate-scene.ts';
import { auditOf, revealsOf } from './reach-scene.ts';
import { flat } from './refer-scene.ts';

const words = /Blue coat|bridge/;

describe.each(platforms)('what somebody wrote in an escalation, on %s', (platform) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(platform);
    await follow(scene, scene.hands.maya.types('escalate K7T2-9'));
    await follow(scene, scene.hands.maya.fills({ severity: 'crisis', reason: 'missing', note: 'Blue coat' }));
    await scene.pass(0);
  });
  afterAll(() => scene.world.close());
  const does = (act: Promise<Screen>): Promise<Screen> => follow(scene, act);

  it('is pushed to nobody: who, the coded reason and by when are', () => {
    for (const person of ['jon', 'maya'] as const) expect(everythingOf(scene.hands[person])).not.toMatch(words);
    const { text, buttons } = cardOf(scene.hands.jon);
    expect(text).toContain('Raised by Maya Torres, 09:00 Reason missing');
    expect(text).toContain('next Dana Whitfield 09:05');
    expect(buttons).toContain('Read the note');
  });

  it('nor when a note is added, nor when it is settled', async () => {
    await does(scene.hands.jon.presses('Acknowledge', 'D.D.'));
    await does(scene.hands.jon.presses('Add note', 'D.D.'));
    await does(scene.hands.jon.fills({ words: 'Seen at the bridge' }));
    for (const person of ['jon', 'maya'] as const) expect(everythingOf(scene.hands[person])).not.toMatch(words);
  });

  it('is read by a tap, by whoever was told, and that is on record without it', async () => {
    const before = await revealsOf(scene.world);
    const read = flat((await does(scene.hands.jon.presses('Read the note', 'Escalation: K7T2-9'))).text);
    expect(await revealsOf(scene.world)).toBe(before + 1);
    expect(read).toContain('K7T2-9 · D.D. born 1974 · shown to you only, and on record');
    expect(read).toContain('Note Blue coat');
    expect(read).toContain('Jon Reyes, 09:00 Seen at the bridge');
    const { id } = await theOne(scene.world);
    expect(await auditOf(scene.world, 'note.read')).toEqual([
      { actor: 'jon', subjectKind: 'escalation', subjectId: id, detail: { client: 'K7T2-9' } },
    ]);
  });

  it('stands on what somebody opens themselves, which is on record too', async () => {
    await does(scene.hands.dana.types('escalate list'));
    expect(flat((await does(scene.hands.dana.presses('Open', 'K7T2-9'))).text)).toContain('Note Blue coat');
    expect((await auditOf(scene.world, 'note.read')).map(({ actor }) => actor)).toEqual(['jon', 'dana']);
  });

  it('stands in no place that several people read', () => {
    expect(scene.hands.jon.channel().map(textOf).join('\n')).not.toMatch(words);
  });
});

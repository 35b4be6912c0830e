import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aClient } from '../helpers/organisation.ts';
import { textOf } from '../helpers/screen.ts';
import { platforms } from '../helpers/world.ts';
import { flat } from './refer-scene.ts';
import {
  cardOf,
  channelCardOf,
  copiesOf,
  everythingOf,
  exported,
  follow,
  openScene,
  type Exported,
  type Scene,
} from './escalate-scene.ts';

describe.each(platforms)('nothing stands between a worry and a named human, on %s', (platform) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(platform, {
      clients: [
        aClient({ code: 'M4XR-1', name: 'Eve Elm', born: '1981-05-05', status: 'discharged' }),
        aClient({ code: 'P0Q8-7', name: 'Gus Gill', born: '1960-05-05', status: 'deceased' }),
      ],
    });
  });
  afterAll(() => scene.world.close());
  // So that the latest one is the latest.
  beforeEach(() => scene.world.clock.advance(1_000));
  const latest = async (): Promise<Exported> => {
    const row = (await exported(scene.world, 'escalations')).at(-1);
    if (row === undefined) throw new Error('none was raised');
    return row as Exported;
  };

  it('neither a role, nor another team: billing raises about any client, and reads the code only', async () => {
    const said = flat((await follow(scene, scene.hands.bea.types('escalate K7T2-9 crisis'))).text);
    expect(said).toContain('Escalated K7T2-9 · crisis. Whoever must have it hears of it now.');
    expect(said).toContain('On duty in East team now Jon Reyes +1 555 010 0122.');
    expect(everythingOf(scene.hands.bea)).not.toContain('D.D.');
    expect(await latest()).toMatchObject({ client: 'K7T2-9', raisedBy: 'bea', owner: 'maya' });
  });

  it('nor a word that was not understood: it is raised, and the word is kept nowhere', async () => {
    const screen = await follow(scene, scene.hands.keisha.types('escalate K7T2-9 urgent Zebulon took pills'));
    expect(screen.text).toContain('Escalated: K7T2-9');
    expect(screen.text).not.toContain('Zebulon');
    expect(await latest()).toMatchObject({ severity: 'urgent', reason: 'not-said' });
  });

  it.each([
    ['a name where a code belongs', 'escalate Dan Dee crisis', 'Codes only in a command, please. I kept nothing'],
    ['a code with a wrong character', 'escalate K7T2-8 crisis', 'Codes only in a command, please. I kept nothing'],
    ['two codes', 'escalate K7T2-9 M4XR-1 crisis', 'There were two codes'],
  ])('nor %s: the form opens with what was understood', async (_what, line, sentence) => {
    const screen = await follow(scene, scene.hands.keisha.types(line));
    expect(screen.form?.title).toBe('Escalate');
    expect(screen.form?.initial).toMatchObject({ severity: 'crisis' });
    expect(screen.form?.initial['client']).toBeUndefined();
    expect(screen.form?.text).not.toMatch(/Dan|Dee/);
    expect(screen.form?.text).toContain(sentence);
    await follow(scene, scene.hands.keisha.fills({ severity: 'concern' }));
  });

  it('nor an empty form: it is raised as not said, for the team of whoever raised it', async () => {
    await follow(scene, scene.hands.maya.types('escalate'));
    const screen = await follow(scene, scene.hands.maya.fills({}));
    expect(flat(screen.text)).toContain('Escalated somebody not in the list (not said)');
    expect(await latest()).toMatchObject({ client: null, team: 'east', raisedBy: 'maya', owner: 'jon' });
  });

  it('nor somebody who stands in no list: said in words that only those who act read, by a tap', async () => {
    await follow(scene, scene.hands.maya.types('escalate urgent'));
    await follow(
      scene,
      scene.hands.maya.fills({ severity: 'urgent', about: 'Man at the river', reason: 'self-harm', note: 'Blue coat' }),
    );
    const card = cardOf(scene.hands.jon);
    expect(card.text).toContain('Escalation somebody not in the list · urgent');
    expect(card.text).toContain('Reason self-harm');
    expect(everythingOf(scene.hands.jon)).not.toMatch(/river|Blue coat/);
    const note = flat((await follow(scene, scene.hands.jon.presses('Read the note', '· urgent'))).text);
    expect(note).toContain('somebody not in the list · shown to you only, and on record');
    expect(note).toContain('About Man at the river');
    expect(note).toContain('Note Blue coat');
    const place = scene.hands.jon.channel().map(textOf).join('\n');
    for (const secret of ['river', 'Blue coat', 'self-harm']) expect(place).not.toContain(secret);
    expect(JSON.stringify(await latest())).not.toMatch(/river|Blue/);
  });

  it('nor a discharge', async () => {
    await follow(scene, scene.hands.keisha.types('escalate M4XR-1 crisis'));
    expect(await latest()).toMatchObject({ client: 'M4XR-1', state: 'raised' });
  });

  it('about a client who has died it goes to the supervisor as a notice, and to no place', async () => {
    const [before] = copiesOf(scene.hands, 'dana');
    const screen = await follow(scene, scene.hands.keisha.types('escalate P0Q8-7 crisis'));
    expect(screen.text).toContain('P0Q8-7 is recorded here as deceased');
    expect(copiesOf(scene.hands, 'dana')).toEqual([(before ?? 0) + 1]);
    const one = await latest();
    expect(one.owner).toBe('dana');
    expect(one.notifications.map(({ to }) => to)).toEqual(['dana', 'keisha']);
    expect(channelCardOf(scene.hands.jon).text).not.toContain('P0Q8-7');
  });

  it('is answered in the person’s own chat when it was typed in a channel', async () => {
    const before = scene.hands.maya.channel().length;
    await scene.hands.maya.typesInChannel('escalate K7T2-9 concern');
    await scene.world.settled();
    expect(everythingOf(scene.hands.maya)).toContain('Escalated K7T2-9 · D.D. born 1974 has an open crisis');
    const fresh = scene.hands.maya.channel().slice(before).map(textOf).join('\n');
    expect(fresh).not.toContain('D.D.');
  });
});

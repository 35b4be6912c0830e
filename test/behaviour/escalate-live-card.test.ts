import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textOf } from '../helpers/screen.ts';
import { platforms } from '../helpers/world.ts';
import {
  cardOf,
  channelCardOf,
  copies,
  everythingOf,
  follow,
  minute,
  openScene,
  standing,
  theOne,
  type Scene,
} from './escalate-scene.ts';

const staffed = '{ staffed: "08:00-18:00", route: duty, call: "+1 555 010 0199" }';

describe.each(platforms)('a crisis on a Sunday at 02:10, on %s', (platform) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(platform, { at: '2026-11-22T07:10:00Z', said: { outOfHours: staffed } });
    await follow(scene, scene.hands.keisha.types('escalate K7T2-9 crisis'));
  });
  afterAll(() => scene.world.close());

  it('begins with what it is, who has it and who is next, in words and in colour', () => {
    const { text } = cardOf(scene.hands.jon);
    expect(text).toMatch(/^(🟥 )?CRISIS · nobody has it · under 1 min · next Dana Whitfield 02:15 /);
    const colour = JSON.stringify(
      platform === 'slack'
        ? scene.world.slack.messages(scene.world.slack.direct('U0JON'), 'U0JON')
        : scene.world.teams.messages(scene.world.teams.chatOf('0a000000-0000-4000-8000-0000000000a2')!, ''),
    );
    expect(colour).toContain(platform === 'slack' ? '🟥 CRISIS' : '"style":"attention"');
  });

  it('shows a number to tap for every rung, says who has none, and ends with a staffed line', () => {
    for (const hand of [scene.hands.jon, scene.hands.keisha]) {
      const said = everythingOf(hand);
      expect(said).toContain('Maya Torres (told');
      expect(said).toContain('): +1 555 010 0121'.replace(': ', ' '));
      expect(said).toMatch(/Sara Lindqvist \(next .{5,12}\) no number/);
      expect(said).toContain('If nobody answers +1 555 010 0199, then 988');
      expect(said).toContain('At this hour a message may not wake anybody. Please call.');
    }
    const sent = JSON.stringify(
      platform === 'slack'
        ? scene.world.slack.messages(scene.world.slack.direct('U0JON'), 'U0JON')
        : scene.world.teams.messages(scene.world.teams.chatOf('0a000000-0000-4000-8000-0000000000a2')!, ''),
    );
    expect(sent).toContain('"tel:+15550100121"');
    expect(scene.hands.jon.channel().map(textOf).join()).not.toContain('010 0121');
  });

  it('keeps the age of a live card true, and one card a person however often they are rung', async () => {
    await scene.pass(4 * minute);
    expect(cardOf(scene.hands.jon).text).toContain('CRISIS · nobody has it · 4 min · next Dana Whitfield 02:15');
    expect(channelCardOf(scene.hands.jon).text).toContain('CRISIS · nobody has it · 4 min');
    expect(copies(scene.hands.jon)).toBe(1);
    // A jump of the clock: all steps are made, each of which rings; what was rung for before is gone.
    await scene.pass(66 * minute);
    expect(cardOf(scene.hands.dana).text).toContain('CRISIS · nobody has it · over 1 h · next');
    for (const person of ['maya', 'jon', 'dana', 'sara'] as const) expect(standing(scene.hands[person])).toBe(1);
  });

  it('takes a note with the acknowledgement, and every copy and the raiser read the same', async () => {
    await follow(scene, scene.hands.dana.presses('Acknowledge with a note', 'D.D.'));
    await follow(scene, scene.hands.dana.fills({ words: 'I am on my way' }));
    expect(await theOne(scene.world)).toMatchObject({ state: 'acknowledged', owner: 'dana' });
    expect(cardOf(scene.hands.jon).text).toContain('CRISIS · Dana Whitfield has it · since 03:20');
    // Typed words are not pushed; they are read by a press, on record.
    await follow(scene, scene.hands.jon.presses('Read the note', 'D.D.'));
    expect(everythingOf(scene.hands.jon)).toContain('I am on my way');
    expect(channelCardOf(scene.hands.jon).text).toContain('CRISIS · Dana Whitfield has it · since 03:20');
    expect(everythingOf(scene.hands.keisha)).toContain('Taken K7T2-9 · crisis · Dana Whitfield has it · since 00:20');
  });

  it('lapses, and says so everywhere: the news that it was taken is gone', async () => {
    await scene.pass(62 * minute);
    const lapsed = 'CRISIS · nobody has it · lapsed 2 min ago, ';
    expect(cardOf(scene.hands.jon).text).toContain(`${lapsed}Dana Whitfield had it · next`);
    expect(cardOf(scene.hands.dana).text).toContain(`${lapsed}you had it`);
    expect(channelCardOf(scene.hands.jon).text).toContain(`${lapsed}Dana Whitfield had it`);
    expect(everythingOf(scene.hands.keisha)).toContain(lapsed);
    for (const person of ['keisha', 'dana'] as const) expect(everythingOf(scene.hands[person])).not.toContain('Taken ');
  });

  it('rings whoever asked for it again after 15 minutes, takes nothing and stops nothing', async () => {
    await follow(scene, scene.hands.jon.presses('Remind me in 15', 'D.D.'));
    expect(everythingOf(scene.hands.jon)).toContain('You are reminded at 04:37, if nobody has it by then.');
    expect((await theOne(scene.world)).state).toBe('raised');
    await scene.pass(14 * minute);
    const before = copies(scene.hands.jon);
    await scene.pass(1 * minute);
    expect(copies(scene.hands.jon)).toBe(before + 1);
    expect(standing(scene.hands.jon)).toBe(1);
    expect((await theOne(scene.world)).timeline.filter(({ act }) => act === 'acknowledge')).toHaveLength(1);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClient, enrol } from '../helpers/organisation.ts';
import { textOf } from '../helpers/screen.ts';
import { platforms } from '../helpers/world.ts';
import { digestsOf } from './digest-scene.ts';
import { follow, openScene, type Scene } from './escalate-scene.ts';
import { flat } from './refer-scene.ts';

const people = { slack: 'U0JON', teams: '0a000000-0000-4000-8000-0000000000a2' } as const;

describe.each(platforms)('everything that waits on a person, in one list, on %s', (platform) => {
  let scene: Scene;
  const digest = (): string => digestsOf(scene.hands.jon).at(-1) ?? '';

  beforeAll(async () => {
    scene = await openScene(platform);
    const { world, hands } = scene;
    await enrol(world.store, world.clock, [
      { ...aClient({ code: 'M4XR-1', name: 'Eve Elm', coordinator: 'jon' }), dueOn: '2026-11-19' },
      { ...aClient({ code: 'P0Q8-7', name: 'Fay Fox', coordinator: 'jon' }), dueOn: '2026-11-23' },
    ]);
    await follow(scene, hands.maya.types('escalate K7T2-9 urgent'));
    await follow(scene, hands.maya.types(`refer K7T2-9 to @${people[platform]} routine`));
    await follow(scene, hands.jon.types('refer M4XR-1 to team:west routine'));
    await follow(scene, hands.jon.types('digest now'));
  });
  afterAll(() => scene.world.close());

  it('counts by section on top; what nobody has taken stands first', () => {
    expect(digest()).toContain('3 need you today. Start with K7T2-9.');
    expect(digest()).toContain(
      '1 not acknowledged · 1 over · 1 due today · 1 waiting for an answer · 1 waiting on others',
    );
    const lines = digest().split('\n');
    const at = (words: string): number => lines.findIndex((line) => line.includes(words));
    const order = ['escalation, acknowledge', '4 days over', 'P0Q8-7', 'accept or decline: referral'].map(at);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order).not.toContain(-1);
  });

  it('each is opened section by section behind one button', async () => {
    const all = await follow(scene, scene.hands.jon.presses('Show all 5'));
    const next = all.buttons.find((label) => label.startsWith('Next'));
    const text = all.text + (next === undefined ? '' : (await scene.hands.jon.presses(next)).text);
    for (const heading of ['Today: 3', 'Waiting for an answer: 1', 'Waiting on others: 1']) {
      expect(text).toContain(heading);
    }
  });

  it('stands in next too, in the order for acting now, each with its own button', async () => {
    const next = await follow(scene, scene.hands.jon.types('next'));
    const text = flat(next.text);
    expect(text).toMatch(
      /Today 3 Start with K7T2-9\. K7T2-9 · D\.D\. born 1974 · urgent · open 0 min · nobody has it escalation, acknowledge \[Acknowledge\]/,
    );
    expect(text).toMatch(
      /Coming up 1 K7T2-9 .* accept or decline referral to Jon Reyes · urgent · open 0 min · nobody has it \[Accept\]/,
    );
    expect(text).not.toContain('West team');
    const home = flat((await scene.hands.jon.opensHome()).text);
    expect(home).toContain('3 on your list today. Start with K7T2-9.');
    expect(home).toContain('escalation, acknowledge');
  });

  it('an escalation is acknowledged in its row: said beside it, and it moves to what is due', async () => {
    const said = await follow(scene, scene.hands.jon.presses('Acknowledge', 'escalation, acknowledge'));
    expect(flat(said.text)).toContain('Acknowledged K7T2-9 · D.D. born 1974 · urgent');
    expect(digest()).not.toContain('not acknowledged');
    expect(digest()).toContain('escalation, resolve');
    const again = await follow(scene, scene.hands.jon.presses('Resolve', 'escalation, resolve'));
    expect(again.form?.title).toBe('Resolve');
  });

  it('a referral is accepted in its row, and its next step takes its place', async () => {
    const said = await follow(scene, scene.hands.jon.presses('Accept', 'accept or decline: referral'));
    expect(flat(said.text)).toContain('Accepted K7T2-9');
    expect(digest()).not.toContain('accept or decline');
    expect(digestsOf(scene.hands.jon)).toHaveLength(1);
    expect(flat((await scene.hands.jon.types('next')).text)).toMatch(/first contact.*\[Start\]/);
  });

  it('a step that came too late is said in words, and changes nothing', async () => {
    await follow(scene, scene.hands.maya.types(`refer K7T2-9 to @${people[platform]} urgent`));
    await scene.hands.jon.types('next');
    await follow(scene, scene.hands.maya.types('refer list'));
    const list = scene.hands.jon.sees().map(textOf).join('\n');
    expect(list).toContain('accept or decline: referral');
    await follow(scene, scene.hands.jon.presses('Accept', 'accept or decline: referral'));
    const late = await follow(scene, scene.hands.jon.presses('Accept', 'accept or decline: referral'));
    expect(late.text).toContain('Nothing was changed');
  });

  it('is shorter, or in full again, by one tap or a word; who chose it has it so next time', async () => {
    await follow(scene, scene.hands.jon.types('digest now'));
    await follow(scene, scene.hands.jon.presses('Shorter'));
    expect(digestsOf(scene.hands.jon)).toHaveLength(1);
    expect(digest()).toContain('3 need you today. Start with');
    // The open escalation stands first, and its row alone is left.
    expect(digest()).toContain('escalation, resolve');
    expect(digest().match(/^\[Reached\]$/gm) ?? []).toHaveLength(0);
    await follow(scene, scene.hands.jon.types('digest now'));
    expect(digest()).toContain('[More at once]');
    expect((await follow(scene, scene.hands.jon.types('digest detailed'))).text).toContain(
      'Saved: your digest shows up to five',
    );
    expect(digest()).toContain('[Shorter]');
    expect(digest().match(/^\[Reached\]$/gm) ?? []).toHaveLength(2);
  });
});

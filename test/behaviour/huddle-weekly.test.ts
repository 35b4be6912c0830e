import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flat } from './refer-scene.ts';
import {
  canaries,
  day,
  direct,
  exported,
  fillWeek,
  hour,
  live,
  minute,
  openScene,
  place,
  type Scene,
} from './huddle-scene.ts';
import { textOf } from '../helpers/screen.ts';
import { platforms } from '../helpers/world.ts';

describe.each(platforms)('the weekly huddle on %s', (platform) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(platform);
    await fillWeek(scene);
  });
  afterAll(() => scene.world.close());

  it('shows one person the agenda beforehand, in the order of the case review, with what they may see', async () => {
    const { maya, after, safety, fresh, quiet, asked } = scene;
    const text = flat((await after(maya.types('huddle'))).text);
    expect(text).toContain('Weekly huddle of East team Tue 24 Nov 09:00 · 45 min.');
    // The referral has until this afternoon: it is no open loop yet.
    expect(text).toContain('On the agenda 4');
    const order = [safety, fresh, quiet, asked].map((code) => text.indexOf(code));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(text).toContain(`${fresh} · N.N. born 1962`);
    expect(text).toContain('No contact · no contact within the limit of the tier, since Tue 10 Nov');
    expect(text).toContain('Asked for · we are stuck, since Mon 23 Nov');
  });

  it('is told in the team’s channel half an hour before: when, how long, how much of what', async () => {
    const { maya, passes } = scene;
    await passes(23.5 * hour);
    expect(live(maya).text).toContain('Weekly huddle of East team Tue 24 Nov 09:00 · 45 min.');
    expect(live(maya).text).toContain('On the agenda 1 safety · 1 new · 1 no contact · 1 asked for · 1 open loops.');
    expect(live(maya).buttons).toEqual(['Show the agenda', 'Start now']);
  });

  it('begins by itself at its time, on one card, with the agenda as it is then', async () => {
    const { maya, passes, safety, fresh } = scene;
    await passes(30 * minute);
    const card = live(maya);
    expect(card.text).toContain(`1 of 5 · Safety · ${safety}`);
    expect(card.text).toContain('an escalation was open, since Mon 23 Nov');
    expect(card.text).toContain('Days since contact 2 Tier low Coordinator Maya Torres');
    expect(card.text).toContain(`Then ${fresh}`);
    expect(card.buttons).toEqual(
      expect.arrayContaining(['Next', 'Recommendation…', 'Decide…', 'Next week', 'Open', 'End', 'I am here']),
    );
    expect(card.buttons).not.toContain('Back');
    // One huddle, one card: the reminder made way for it.
    expect(place(maya)).not.toContain('Start now');
  });

  it('puts on record who is there, who came late and who takes part from elsewhere', async () => {
    const { maya, jon, sara, after, passes } = scene;
    await after(maya.presses('I am here'));
    await passes(3 * minute);
    await after(sara.presses('I am here remotely'));
    await passes(3 * minute);
    await after(jon.presses('I am here'));
    await after(maya.presses('I am here'));
    expect(live(maya).text).toContain('Here Maya Torres, Sara Lindqvist (remote), Jon Reyes (late)');
  });

  it('goes on by one press for everybody', async () => {
    const { maya, jon, after, passes, fresh, quiet, safety } = scene;
    await after(maya.presses('Next'));
    expect(live(jon).text).toContain(`2 of 5 · New · ${fresh}`);
    await passes(4 * minute + 20_000);
    await after(jon.presses('Back'));
    expect(live(jon).text).toContain(`1 of 5 · Safety · ${safety}`);
    await after(jon.presses('Next'));
    await after(maya.presses('Next'));
    expect(live(jon).text).toContain(`3 of 5 · No contact · ${quiet}`);
    await after(jon.presses('Back'));
  });

  it('records what is recommended; its words stay with those who may read them', async () => {
    const { maya, sara, after, fresh } = scene;
    await after(maya.presses('Recommendation…'));
    const done = await after(
      maya.fills({ kind: 'prescriber-to-review', to: 'sara', words: 'Ask about sertraline at night' }),
    );
    expect(done.text).toContain(`Recommended: ${fresh} · N.N. born 1962 · the prescriber reviews the treatment, Sara`);
    expect(live(maya).text).toContain(
      'Recommended the prescriber reviews the treatment · Sara Lindqvist, waits for an answer',
    );
    expect(direct(sara)).not.toContain('sertraline');
    expect((await after(sara.presses('Read the note'))).text).toContain('Ask about sertraline at night');
    expect((await after(sara.types('digest now'))).text).toContain('Sent');
    // Three working days for an answer, past Thursday and Friday, when the team is closed.
    expect(direct(sara)).toContain('Nothing is due today. Next: Tue 1 Dec.');
    expect(direct(sara)).toContain('1 waiting for an answer');
  });

  it('is accepted by the prescriber it is addressed to, and by nobody else', async () => {
    const { maya, sara, dana, after, fresh } = scene;
    const told = await after(sara.presses('Accept'));
    expect(flat(told.text)).toContain('State accepted');
    expect(live(maya).text).toContain('Sara Lindqvist, accepted');
    expect(flat(direct(maya))).toContain(
      `Recommended ${fresh} · N.N. born 1962 · the prescriber reviews the treatment`,
    );
    await expect(after(dana.presses('Accept'))).rejects.toThrow('nobody sees a button');
  });

  it('makes of each decision a follow-up of one named person', async () => {
    const { maya, jon, after, passes, quiet } = scene;
    await after(maya.presses('Next'));
    await passes(5 * minute + 10_000);
    await after(maya.presses('Decide…'));
    const done = await after(
      maya.fills({ what: 'visit-client', owner: 'jon', due: '2026-11-25', words: 'His brother opens the door' }),
    );
    expect(done.text).toContain(`Decided: ${quiet} · Q.Q. born 1963 · visit the client, Jon Reyes, by Wed 25 Nov`);
    expect(live(maya).text).toContain('Decided visit the client · Jon Reyes by Wed 25 Nov');
    const next = flat((await after(jon.types('next'))).text);
    expect(next).toContain(`${quiet} · Q.Q. born 1963 · medium, due tomorrow`);
    expect(next).toContain('decided in the huddle visit client');
    const opened = await after(jon.presses('Open', 'decided in the huddle'));
    expect(opened.text).toContain('His brother opens the door');
  });

  it('opens privately with the words of who asked, for who may see the client', async () => {
    const { maya, jon, after, asked } = scene;
    await after(maya.presses('Next'));
    expect(live(jon).text).toContain(`4 of 5 · Asked for · ${asked}`);
    const screen = await after(jon.presses('Open'));
    const own = flat(direct(jon)) + flat(screen.text);
    expect(own).toContain(`${asked} · A.A. born 1964`);
    expect(own).toContain('Jon Reyes asks, we are stuck He speaks of his brother and of methadone');
  });

  it('puts a client off until the next week by one press, and ends with a summary for the team', async () => {
    const { maya, dana, after, passes, quiet, asked, loop, fresh } = scene;
    await after(maya.presses('Next week'));
    expect(live(maya).text).toContain(`5 of 5 · Open loops · ${loop}`);
    await passes(40_000);
    await after(dana.presses('End'));
    const summary = live(maya).text;
    expect(summary).toContain('Weekly huddle of East team · Tue 24 Nov 09:00');
    expect(summary).toContain('There Maya Torres, Sara Lindqvist (remote), Jon Reyes (late)');
    expect(summary).toContain('Took 16 min, ended by Dana Whitfield');
    expect(summary).toContain('Reviewed 3 of 5, 3 with the consultant there');
    expect(summary).toContain(`${quiet} · visit the client · Jon Reyes by Wed 25 Nov`);
    expect(summary).toContain(`${fresh} · the prescriber reviews the treatment · Sara Lindqvist, accepted`);
    expect(summary).toContain(`Carries over 2 · ${asked}, ${loop}`);
    expect(live(maya).buttons).toEqual(['Open']);
  });

  it('tells each owner of decisions once, with all of theirs; the words by a tap', async () => {
    const { jon, maya, quiet, after } = scene;
    expect(direct(jon).split('1 decision of the huddle is yours')).toHaveLength(2);
    expect(flat(direct(jon))).toContain(`${quiet} · Q.Q. born 1963 visit the client · Jon Reyes by Wed 25 Nov`);
    expect(direct(maya)).not.toContain('of the huddle is yours');
    const mine = jon.sees().find((message) => textOf(message).includes('1 decision of the huddle is yours'));
    expect(mine === undefined ? '' : textOf(mine)).not.toContain('His brother');
    const note = await after(jon.presses('Read the note', '1 decision of the huddle'));
    expect(note.text).toContain(`${quiet} · Q.Q. born 1963: His brother opens the door`);
  });

  it('proves who was reviewed, with whom, for how long; never more minutes than the meeting had', async () => {
    const [row] = await exported(scene);
    expect(row).toMatchObject({ team: 'east', rhythm: 'weekly', startedAt: '2026-11-24T14:00:00.000Z' });
    expect(
      row?.attendees.map(({ person, late, remote, qualifications }) => [person, late, remote, qualifications]),
    ).toEqual([
      ['maya', false, false, ['bhcm']],
      ['sara', false, true, ['psychiatrist']],
      ['jon', true, false, ['bhcm']],
    ]);
    const items = row?.items ?? [];
    expect(
      items.map(({ client, section, state, minutes, consultantPresent }) => [
        client,
        section,
        state,
        minutes,
        consultantPresent,
      ]),
    ).toEqual([
      [scene.safety, 'safety', 'reviewed', 6, true],
      [scene.fresh, 'new', 'reviewed', 4, true],
      [scene.quiet, 'no-contact', 'reviewed', 5, true],
      [scene.asked, 'discussion', 'carried', 0, false],
      [scene.loop, 'open-loop', 'carried', 1, false],
    ]);
    expect(items.reduce((sum, { minutes }) => sum + minutes, 0)).toBe(16);
    expect(items[1]?.recommendations).toEqual([
      { kind: 'prescriber-to-review', by: 'maya', to: 'sara', state: 'accepted', reason: null },
    ]);
    expect(items[2]?.decisions).toEqual([{ what: 'visit-client', owner: 'jon', due: '2026-11-25', state: 'open' }]);
  });

  it('shows no name, no year and no word of anybody in the team’s channel', () => {
    const everything = place(scene.maya);
    for (const canary of canaries) expect(everything).not.toContain(canary);
  });

  it('has in the owner’s digest what was decided, and it is done by one tap', async () => {
    const { jon, after, passes, quiet } = scene;
    await passes(day - 46 * minute);
    expect(flat(direct(jon))).toContain(
      `${quiet} · Q.Q. born 1963 · medium, due today decided in the huddle visit client`,
    );
    await after(jon.types('next'));
    await after(jon.presses('Done', 'decided in the huddle'));
    expect((await after(jon.types('next'))).text).not.toContain('decided in the huddle');
    const [row] = await exported(scene);
    expect(row?.items[2]?.decisions[0]?.state).toBe('done');
  });

  it('speaks next week of what was put off and of what was not reached, with the reason it had', async () => {
    const { maya, passes, after, asked, loop } = scene;
    await passes(6 * day);
    const text = flat((await after(maya.types('huddle'))).text);
    expect(text).toContain('Weekly huddle of East team Tue 1 Dec 09:00');
    const part = (code: string): string => text.slice(text.indexOf(code), text.indexOf(code) + 220);
    expect(part(asked)).toContain('we are stuck');
    expect(part(loop)).toContain('carried over a referral without an answer');
    await after(maya.types('huddle start'));
    // Not today: one besides, and it takes up what was carried.
    expect(live(maya).text).toContain('Weekly huddle of East team');
    const again = (await exported(scene)).at(-1);
    expect(again?.items.map(({ client }) => client)).toEqual(expect.arrayContaining([asked, loop]));
    expect(again?.items.filter(({ client }) => client === asked)).toHaveLength(1);
  });
});

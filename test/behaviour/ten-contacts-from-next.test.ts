import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportContacts } from '../../src/care/contacts/records.ts';
import { aClient, enrol } from '../helpers/organisation.ts';
import { textOf, type Hand, type Screen } from '../helpers/screen.ts';
import { handOf, openWorld, platforms, type World } from '../helpers/world.ts';

/** Codes in the order in which `next` lists them. */
const listed = (screen: Screen): string[] =>
  [...screen.text.matchAll(/^([0-9A-Z]{4}-[0-9A-Z]) · .*(?:over|today)$/gm)].map((match) => match[1] ?? '');

describe.each(platforms)('a coordinator who knows no code, on %s', (platform) => {
  let world: World;
  let maya: Hand;
  let codes: string[] = [];
  const contacts = () => world.store.inOrganisation('riverside', (tx) => exportContacts(tx, {}));
  beforeAll(async () => {
    world = await openWorld();
    maya = handOf(world, platform, 'maya');
    const people = [
      'Ana Abel',
      'Ben Berg',
      'Cleo Cruz',
      'Dov Dorn',
      'Edna Eck',
      'Finn Falk',
      'Gus Gold',
      'Hal Hahn',
      'Ida Ibn',
      'Jo Jung',
      'Kit Karl',
    ];
    const enrolled = await enrol(
      world.store,
      world.clock,
      people.map((name, index) => ({
        ...aClient({ name, born: `19${60 + index}-01-01` }),
        // One after the other, on days on which she works.
        dueOn: `2026-11-${String([2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 16][index]).padStart(2, '0')}`,
      })),
    );
    codes = enrolled.map((one) => one.code);
  });
  afterAll(() => world.close());

  it('logs ten contacts from next, two taps each at most', async () => {
    // A page holds what the platform's message can; the rest is one tap away, and slides in as rows are done.
    const first = listed(await maya.types('next'));
    expect(first.length).toBeGreaterThanOrEqual(5);
    expect(first).toEqual(codes.slice(0, first.length));
    for (const code of codes.slice(0, 5)) {
      world.clock.advance(60_000);
      expect((await maya.presses('Reached', code)).text).toContain(`Reached ${code}`);
      const screen = await maya.presses('15 min');
      expect(screen.text).toContain(`Logged: ${code}`);
      expect(listed(screen)).not.toContain(code);
    }
    for (const code of codes.slice(5, 10)) {
      world.clock.advance(60_000);
      const screen = await maya.presses('Left message', code);
      expect(screen.text).toContain(`Logged: ${code}`);
      expect(listed(screen)).not.toContain(code);
    }
    const logged = await contacts();
    expect(logged.map(({ client, outcome, minutes }) => ({ client, outcome, minutes }))).toEqual([
      ...codes.slice(0, 5).map((client) => ({ client, outcome: 'reached', minutes: 15 })),
      ...codes.slice(5, 10).map((client) => ({ client, outcome: 'left-message', minutes: null })),
    ]);
    expect(new Set(logged.map((one) => one.source))).toEqual(new Set([platform]));
  });

  it('undoes the last one, and that client is on the list again', async () => {
    const screen = await maya.presses('Undo');
    expect(screen.text).toContain(`Undone: ${codes[9]}`);
    expect(listed(screen)).toEqual([codes[9], codes[10]]);
    expect((await contacts()).filter((one) => one.retracted)).toMatchObject([{ client: codes[9] }]);
  });

  it('moves one to the client it was about, found by name; both clients are right', async () => {
    await maya.presses('Left message', codes[9]);
    const opened = await maya.presses('Wrong client');
    expect(opened.form?.text).toContain(codes[9]);
    const screen = await maya.fills({ client: 'search:Karl' });
    expect(screen.text).toContain(`Moved: ${codes[10]} · K.K. born 1970 · phone, left message`);
    expect(screen.text).toContain(`At ${codes[9]} · J.J. born 1969 it counts nowhere now.`);

    const logged = (await contacts()).filter((one) => [codes[9], codes[10]].includes(one.client));
    expect(logged.filter((one) => one.retracted === undefined).map((one) => one.client)).toEqual([codes[10]]);
    // The wrong client waits again, as before; the right one has been served.
    expect(listed(await maya.types('next'))).toEqual([codes[9]]);
    expect((await maya.types(`client ${codes[9]}`)).text).toContain('none yet');
    expect((await maya.types(`client ${codes[10]}`)).text).toMatch(/phone, left message · Maya Torres/);
  });

  it('left no name in the channel, in the log or in a notification', async () => {
    const canaries = /Abel|Berg|Cruz|Dorn|Falk|Gold|Hahn|Jung|Karl/;
    expect(maya.channel().map(textOf).join('\n')).not.toMatch(canaries);
    expect(JSON.stringify(world.logged)).not.toMatch(canaries);
  });
});

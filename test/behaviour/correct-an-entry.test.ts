import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listEvents } from '../../src/audit/list-events.ts';
import { exportContacts } from '../../src/care/contacts/records.ts';
import { aClient, enrol } from '../helpers/organisation.ts';
import type { Hand } from '../helpers/screen.ts';
import { handOf, openWorld, platforms, type World } from '../helpers/world.ts';

describe.each(platforms)('what was logged is put right on %s', (platform) => {
  let world: World;
  let maya: Hand;
  let jon: Hand;
  let dana: Hand;
  const contacts = () => world.store.inOrganisation('riverside', (tx) => exportContacts(tx, {}));
  const audit = async (verb: string) =>
    (await world.store.inOrganisation('riverside', (tx) => listEvents(tx, {}))).filter(
      (event) => event['verb'] === verb,
    );
  beforeAll(async () => {
    world = await openWorld();
    [maya, jon, dana] = [
      handOf(world, platform, 'maya'),
      handOf(world, platform, 'jon'),
      handOf(world, platform, 'dana'),
    ];
    await enrol(world.store, world.clock, [
      { ...aClient({ code: 'K7T2-9', name: 'Dan Dee', tier: 'high' }), dueOn: '2026-11-23' },
      { ...aClient({ code: 'M4XR-1', name: 'Dan Dee', born: '1990-02-02', coordinator: 'jon' }), dueOn: '2026-11-23' },
    ]);
  });
  afterAll(() => world.close());

  it('amended with a reason: a new entry stands, the old one stays in history', async () => {
    await maya.types('log K7T2-9 phone reached 15m');
    world.clock.advance(60_000);
    const opened = await maya.presses('Amend');
    expect(opened.form?.initial).toMatchObject({ mode: 'phone', outcome: 'reached', minutes: '15' });
    const screen = await maya.fills({ minutes: '25', reason: 'wrong-minutes' });
    expect(screen.text).toContain('Corrected: K7T2-9 · D.D. born 1974 · phone, reached, 25 min');
    expect((await contacts()).map(({ minutes, retracted }) => ({ minutes, retracted }))).toEqual([
      { minutes: 15, retracted: true },
      { minutes: 25, retracted: undefined },
    ]);
  });

  it('not amended without a reason', async () => {
    await maya.presses('Amend');
    // The platforms' own clients refuse to send a required field empty: nothing reaches Baton.
    await expect(maya.fills({ minutes: '30' })).rejects.toThrow();
    expect((await contacts()).filter((one) => one.retracted === undefined)).toMatchObject([{ minutes: 25 }]);
    world.clock.advance(60_000);
    expect((await maya.fills({ minutes: '30', reason: 'wrong-minutes' })).text).toContain('reached, 30 min');
  });

  it('how long it took is one tap after a kept contact without minutes, once', async () => {
    world.clock.advance(60_000);
    const screen = await maya.types('log K7T2-9 video reached');
    expect(screen.text).toContain('How long?');
    expect(screen.buttons).toEqual([
      '5 min',
      '10 min',
      '15 min',
      '20 min',
      '30 min',
      'Undo',
      'Wrong client',
      'Amend',
      'Copy chart note',
      'Next date',
    ]);
    expect((await maya.presses('20 min')).text).toContain('video, reached, 20 min');
    expect((await contacts()).at(-1)).toMatchObject({ mode: 'video', minutes: 20 });
  });

  it('copied for the chart, and marked as charted when the person says so', async () => {
    await maya.types('log K7T2-9');
    await maya.fills({ mode: 'visit', outcome: 'reached', minutes: '45', note: 'Went through the housing form.' });
    const note = await maya.presses('Copy chart note');
    expect(note.text).toContain('Mode: visit. Outcome: reached.');
    expect(note.text).toContain('Minutes: 45');
    expect(note.text).toContain('Note: Went through the housing form.');
    expect((await maya.presses('It is in the chart')).text).toContain('Marked as charted.');
    expect((await maya.types('client K7T2-9')).text).toContain('visit, reached, 45 min · Maya Torres · charted');
    expect(await audit('contact.copy-note')).toHaveLength(1);
  });

  it('only by who logged it, or a supervisor', async () => {
    world.clock.advance(60_000);
    await maya.types('log M4XR-1 phone no-answer');
    const entry = (
      await world.store.inOrganisation('riverside', (tx) =>
        tx.db.contact.findMany({ orderBy: { loggedAt: 'desc' }, take: 1 }),
      )
    )[0];
    const undo = { action: 'contacts.undo', subject: entry?.id ?? '', version: 1 };
    expect(await pressForged(world, platform, jon, undo)).toContain(
      'Only Maya Torres or a supervisor can correct this entry.',
    );
    expect(await pressForged(world, platform, dana, undo)).toContain('Undone: M4XR-1');
  });

  it('two clients of one name are told apart: in the search, and with a warning on the card', async () => {
    await maya.types('log');
    const offered = await maya.searches('dee');
    expect(offered).toHaveLength(2);
    expect(offered.join('\n')).toMatch(/born 1974 · K7T2-9 · same name as another client/);
    expect(offered.join('\n')).toMatch(/born 1990 · M4XR-1 · same name as another client/);
    expect((await maya.types('client K7T2-9')).text).toContain(
      'Another client has the same name. Check the birth year before you act.',
    );
  });

  it('a name and a number are shown to one person by one tap, on record', async () => {
    await maya.types('client K7T2-9');
    const screen = await maya.presses('Show name and phone');
    expect(screen.text).toContain('Dan Dee');
    expect(screen.text).toContain('555-0101');
    expect(await audit('client.reveal')).toMatchObject([{ actor: 'maya', client: 'K7T2-9' }]);
  });
});

/** A button this person never saw: the database decides, not the card. */
async function pressForged(
  world: World,
  platform: 'slack' | 'teams',
  hand: Hand,
  button: { action: string; subject: string; version: number },
): Promise<string> {
  const shown = await hand.types('help');
  const message = shown.messages[0]?.id ?? '';
  const before = hand.sees().length;
  if (platform === 'slack') {
    const user = `U0${hand.person.toUpperCase()}`;
    await world.slack.action({
      user,
      channel: world.slack.direct(user),
      message,
      action: { action_id: button.action, value: `${button.subject}~${button.version}` },
      evenIf: true,
    });
  } else {
    const [user = ''] =
      world.teams.conversations().find((one) => one.id === world.teams.chatOf(userOf(hand)))?.members ?? [];
    await world.teams.press({
      user,
      activity: message,
      evenIf: { verb: button.action, data: { s: button.subject, v: button.version } },
    });
  }
  await world.settled();
  const after = hand.sees();
  return JSON.stringify(after.slice(Math.min(before, after.length) - 1));
}

const userOf = (hand: Hand): string =>
  ({ jon: '0a000000-0000-4000-8000-0000000000a2', dana: '0a000000-0000-4000-8000-00000000b004' })[hand.person] ?? '';

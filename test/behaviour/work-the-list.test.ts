import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClient, enrol } from '../helpers/organisation.ts';
import type { Hand } from '../helpers/screen.ts';
import { handOf, openWorld, platforms, type World } from '../helpers/world.ts';

describe.each(platforms)('what waits on a coordinator, on %s', (platform) => {
  let world: World;
  let maya: Hand;
  let jon: Hand;
  beforeAll(async () => {
    world = await openWorld();
    [maya, jon] = [handOf(world, platform, 'maya'), handOf(world, platform, 'jon')];
    await enrol(world.store, world.clock, [
      { ...aClient({ code: 'K7T2-9', name: 'Dan Dee', tier: 'low' }), dueOn: '2026-11-20' },
      {
        ...aClient({
          code: 'M4XR-1',
          name: 'Eve Elm',
          born: '1981-05-05',
          tier: 'high',
          preferences: { from: '13:00', mode: 'text', language: 'es' },
        }),
        dueOn: '2026-11-20',
      },
      { ...aClient({ code: 'P0Q8-7', name: 'Fay Fox', born: '1990-05-05', tier: 'high' }), dueOn: '2026-11-23' },
    ]);
  });
  afterAll(() => world.close());

  it('is in the one order: the higher tier, then the longer overdue, whoever may be called at this hour', async () => {
    const screen = await maya.types('next');
    const codes = [...screen.text.matchAll(/^([0-9A-Z]{4}-[0-9A-Z]) ·/gm)].map((match) => match[1]);
    expect(codes).toEqual(['M4XR-1', 'P0Q8-7', 'K7T2-9']);
    expect(screen.text).toContain('Start with M4XR-1.');
    expect(screen.text).toContain('M4XR-1 · E.E. born 1981 · high, 3 days over');
    expect(screen.text).toContain('no contact yet · text · after 13:00 · es · not before 13:00');
    expect(screen.buttons.slice(0, 5)).toEqual(['Reached', 'Left message', 'No answer', 'Snooze', 'More']);
  });

  it('is on the home tab too, with where to start', async () => {
    const home = await maya.opensHome();
    expect(home.text).toContain('3 on your list today. Start with M4XR-1.');
    expect(home.buttons).toContain('Show all');
  });

  it('is logged in the client’s preferred way by one tap, and the next attempt is planned', async () => {
    const screen = await maya.presses('No answer', 'M4XR-1');
    expect(screen.text).toContain('Logged: M4XR-1 · E.E. born 1981 · text, no answer · next Tue 24 Nov');
  });

  it('can be snoozed with a reason', async () => {
    const opened = await maya.presses('Snooze', 'P0Q8-7');
    expect(opened.form?.text).toContain('P0Q8-7 · F.F. born 1990, due Mon 23 Nov.');
    expect(opened.form?.initial).toMatchObject({ until: '2026-11-24' });
    const screen = await maya.fills({ until: '2026-11-25', reason: 'client-asked' });
    expect(screen.text).toContain('P0Q8-7 · F.F. born 1990 · snoozed until Wed 25 Nov');
    expect((await maya.types('next')).text).toContain('Coming up: 2');
  });

  it('cannot be snoozed to a day that has passed', async () => {
    await maya.presses('Snooze', 'P0Q8-7');
    const screen = await maya.fills({ until: '2026-11-20', reason: 'other' });
    expect(screen.form?.errors).toEqual({ until: 'Please choose a day after today, within a year.' });
    await maya.fills({ until: '2026-11-26', reason: 'other' });
  });

  it('can be handed to a colleague, who then has it on their list, on a day they work', async () => {
    await maya.types('next');
    await maya.presses('More', 'K7T2-9');
    await maya.presses('Hand to…');
    const screen = await maya.fills({ person: 'jon' });
    expect(screen.text).toContain('K7T2-9 · D.D. born 1974 · the follow-up is with Jon Reyes now');
    expect((await jon.types('next')).text).toContain('K7T2-9 · D.D. born 1974 · low, due today, moved from Fri 20 Nov');
    expect((await maya.types('next')).text).not.toContain('K7T2-9');
  });

  it('can be done without a contact, with a reason', async () => {
    await jon.types('next');
    await jon.presses('More', 'K7T2-9');
    await jon.presses('Done without a contact');
    expect((await jon.fills({ reason: 'done-elsewhere' })).text).toContain('the follow-up is done');
    expect((await jon.types('next')).text).toContain('Nothing is waiting on you');
  });

  it('says so calmly when nothing is due', async () => {
    const screen = await maya.types('next');
    expect(screen.text).toContain('Nothing is waiting on you\nNext: Tue 24 Nov.');
  });
});

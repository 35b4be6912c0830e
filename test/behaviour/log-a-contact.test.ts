import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClient, enrol } from '../helpers/organisation.ts';
import { handOf, openWorld, platforms, type World } from '../helpers/world.ts';
import type { Hand } from '../helpers/screen.ts';

describe.each(platforms)('a coordinator logs a contact on %s', (platform) => {
  let world: World;
  let maya: Hand;
  beforeAll(async () => {
    world = await openWorld();
    maya = handOf(world, platform, 'maya');
    await enrol(world.store, world.clock, [
      { ...aClient({ code: 'K7T2-9', name: 'Dan Dee', tier: 'high' }), dueOn: '2026-11-21' },
      { ...aClient({ code: 'M4XR-1', name: 'Eve Elm', born: '1981-05-05' }), dueOn: '2026-11-23' },
    ]);
  });
  afterAll(() => world.close());

  it('in one line, and is told what happened with two identifiers and what is next', async () => {
    const screen = await maya.types('log K7T2-9 phone reached 15m fu tomorrow');
    expect(screen.text.split('\n')[0]).toBe(
      'Logged: K7T2-9 · D.D. born 1974 · phone, reached, 15 min · next Tue 24 Nov',
    );
    expect(screen.buttons).toEqual(['Undo', 'Wrong client', 'Amend', 'Copy chart note', 'Next date']);
  });

  it('and may choose another day than the one proposed', async () => {
    const opened = await maya.presses('Next date');
    expect(opened.form?.initial).toEqual({ until: '2026-11-24' });
    expect((await maya.fills({ until: '2026-11-26' })).text).toContain(
      'K7T2-9 · D.D. born 1974 · next contact on Thu 26 Nov. Your team does not work that day.',
    );
  });

  it('and takes it back', async () => {
    const screen = await maya.presses('Undo');
    expect(screen.text).toContain('Undone: K7T2-9 · D.D. born 1974');
    expect((await maya.types('next')).text).toContain(
      'K7T2-9 · D.D. born 1974 · high, due today, moved from Sat 21 Nov',
    );
  });

  it('in the form, when something is missing, with what was typed filled in', async () => {
    const opened = await maya.types('log M4XR-1 visit 1h15');
    expect(opened.form?.title).toBe('Log a contact');
    expect(opened.form?.initial).toMatchObject({ mode: 'visit', minutes: '75', on: '2026-11-23' });
    const screen = await maya.fills({ outcome: 'reached', note: 'talked about the eviction notice' });
    expect(screen.text).toContain('Logged: M4XR-1 · E.E. born 1981 · visit, reached, 75 min');
  });
});

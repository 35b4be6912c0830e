import { byCommandLine } from '../../src/doer.ts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { endAccess } from '../../src/feature/end-access.ts';
import { collectedFeatures } from '../../src/app.ts';
import { createSystemWork } from '../../src/feature/create-system-work.ts';
import { outboxOfTables } from '../../src/schedule/outbox-of-tables.ts';
import { platforms } from '../helpers/world.ts';
import { day, direct, exported, fillWeek, hour, live, minute, openScene, place, type Scene } from './huddle-scene.ts';
import { flat } from './refer-scene.ts';

// Each opens a world of its own, and days pass in it.
vi.setConfig({ testTimeout: 60_000 });

const schedules =
  (lines: string) =>
  (text: string): string =>
    text.replace('huddle: { weekday: tue, at: "09:00", minutes: 45 }', lines);

describe.each(platforms)('when a team meets on %s', (platform) => {
  let scene: Scene;
  const open = async (change?: (text: string) => string): Promise<Scene> => {
    scene = await openScene(platform, change);
    return scene;
  };
  afterEach(() => scene.world.close());

  it('a closure moves the huddle to the next working day, and the reminder says so', async () => {
    const { maya, passes, after } = await open(schedules('huddle: { weekday: thu, at: "09:00", minutes: 45 }'));
    expect(flat((await after(maya.types('huddle'))).text)).toContain(
      'Weekly huddle of East team Mon 30 Nov 09:00 · 45 min. It moved from Thu 26 Nov, when the team is closed.',
    );
    await passes(3 * day);
    expect(live(maya).text).toBe('');
    await passes(4 * day - 31 * minute);
    expect(live(maya).text).toBe('');
    await passes(minute);
    expect(live(maya).text).toContain('It moved from Thu 26 Nov, when the team is closed.');
    await passes(30 * minute);
    expect(live(maya).text).toContain('1 of');
    const [held] = await exported(scene);
    expect(held?.startedAt).toBe('2026-11-30T14:00:00.000Z');
  });

  it('a stand-up is short, comes on each working day, and takes what cannot wait', async () => {
    const { maya, passes, after, safety, fresh, quiet, ...rest } = await open(
      schedules('standup: { at: "08:45", minutes: 15 }'),
    );
    await fillWeek({ maya, passes, after, safety, fresh, quiet, ...rest });
    await passes(23 * hour + 45 * minute);
    expect(live(maya).text).toContain(`Stand-up of East team · 15 min 1 of 3 · Safety · ${safety}`);
    await after(maya.presses('Next'));
    expect(live(maya).text).toContain(`2 of 3 · No contact · ${quiet}`);
    expect(place(maya)).not.toContain(`New · ${fresh}`);
    await after(maya.presses('End'));
    await passes(day);
    expect(await exported(scene)).toHaveLength(2);
    // Thursday and Friday the team is closed.
    await passes(day);
    await passes(day);
    expect(await exported(scene)).toHaveLength(2);
  });

  it('a monthly one is held on its weekday of the month only', async () => {
    const { maya, passes } = await open(schedules('monthly: { weekday: tue, week: 1, at: "10:00", minutes: 60 }'));
    await passes(day + 2 * hour);
    expect(live(maya).text).toBe('');
    await passes(7 * day - hour);
    expect(live(maya).text).toContain('Monthly huddle of East team · 60 min');
  });

  it('one that nobody ends is over after twice its length, with the same summary; what nobody closed carries over', async () => {
    const { maya, passes, after, quiet } = await open();
    await passes(day);
    // While nobody is there the clock counts for nobody.
    await passes(5 * minute);
    await after(maya.presses('I am here'));
    await passes(10 * minute);
    await after(maya.presses('Next'));
    await passes(74 * minute);
    expect(live(maya).text).toContain(`2 of 2 · No contact · ${quiet}`);
    await passes(minute);
    expect(live(maya).text).toContain('Took 90 min, ended by itself');
    expect(live(maya).text).toContain('Reviewed 1 of 2, no consultant was there');
    expect(live(maya).text).toContain(`Carries over 1 · ${quiet}`);
    const [row] = await exported(scene);
    // Nobody says what the room spoke about after the last press.
    expect(row?.items.map(({ minutes }) => minutes)).toEqual([10, 0]);
  });

  it('starting while a stand-up runs shows that one, and the huddle still begins at its time', async () => {
    const { maya, passes, after } = await open(
      schedules('huddle: { weekday: tue, at: "09:00", minutes: 45 }\n      standup: { at: "08:45", minutes: 15 }'),
    );
    await passes(23 * hour + 45 * minute);
    await passes(minute);
    expect((await after(maya.types('huddle start weekly'))).text).toContain('Stand-up of East team');
    await passes(14 * minute);
    expect((await exported(scene)).map(({ rhythm, endedAt }) => [rhythm, endedAt])).toEqual([
      ['standup', '2026-11-24T14:00:00.000Z'],
      ['weekly', null],
    ]);
    expect(place(maya)).toContain('Weekly huddle of East team · 45 min');
  });

  it('a huddle can begin early, and then does not begin again at its time', async () => {
    const { maya, passes, after, world } = await open();
    await passes(23.5 * hour);
    await passes(10 * minute);
    await after(maya.presses('Start now'));
    expect(live(maya).text).toContain('1 of 2');
    await passes(20 * minute);
    expect(await exported(scene)).toHaveLength(1);
    await after(maya.presses('I am here'));
    expect(live(maya).text).toContain('Here Maya Torres');
    expect(live(maya).text).not.toContain('late');
    expect(world.logged.filter(({ event }) => event.includes('failed'))).toEqual([]);
  });

  it('one that is skipped is not held; the channel says who skipped it, and the next one comes', async () => {
    const { maya, jon, passes, after } = await open();
    expect((await after(jon.types('huddle skip'))).text).toContain('Jon Reyes skipped it.');
    expect(place(maya)).toContain('Weekly huddle of East team, Tue 24 Nov 09:00: Jon Reyes skipped it.');
    await passes(day);
    expect(await exported(scene)).toEqual([]);
    expect(flat((await after(maya.types('huddle'))).text)).toContain('Weekly huddle of East team Tue 1 Dec 09:00');
    await passes(7 * day);
    expect(await exported(scene)).toHaveLength(1);
  });

  it('a service that was down over the day holds no huddle of yesterday, and opens a late one of today', async () => {
    const { maya, passes, world } = await open();
    world.clock.advance(day + 30 * minute);
    await passes(0);
    expect(live(maya).text).toContain('1 of 2');
    await passes(2 * hour);
    // The whole of next Tuesday passes while nothing runs.
    world.clock.advance(7 * day + 8 * hour);
    await passes(0);
    expect(await exported(scene)).toHaveLength(1);
    expect(live(maya).text).toContain('Weekly huddle of East team, Tue 1 Dec 09:00 It was not held.');
  });

  it('a person who leaves ends nothing: the huddle goes on, and what they were to do is the heir’s', async () => {
    const { maya, jon, dana, passes, after, world } = await open();
    await passes(day);
    await after(jon.presses('I am here'));
    await after(jon.presses('Decide…'));
    await after(jon.fills({ what: 'update-plan', owner: 'jon', due: '2026-11-25' }));
    await after(jon.presses('Recommendation…'));
    await after(jon.fills({ kind: 'closer-contact', to: 'sara' }));
    const leave = async (person: string): Promise<void> => {
      await world.store.inOrganisation('riverside', async (tx) => {
        const now = world.clock.now();
        const given = { features: collectedFeatures, outbox: outboxOfTables, privacy: 'minimal', now } as const;
        await endAccess(await createSystemWork(tx, given), { person, reason: 'deactivated', by: byCommandLine });
      });
      await world.settled();
    };
    await leave('jon');
    await leave('sara');
    expect(live(maya).text).toContain('1 of 2');
    await after(maya.presses('Next'));
    await after(maya.presses('End'));
    // Many things came in for her at once: they come as one list when the burst is over.
    await passes(minute);
    const [row] = await exported(scene);
    expect(row?.attendees.map(({ person }) => person)).toEqual(['jon']);
    expect(row?.items[0]?.decisions).toEqual([
      { what: 'update-plan', owner: 'dana', due: '2026-11-25', state: 'open' },
    ]);
    // Anil, the other prescriber, answers in Sara's place.
    expect(row?.items[0]?.recommendations[0]).toMatchObject({ to: 'anil', state: 'open' });
    expect(direct(dana)).toContain('1 decision of the huddle is yours');
  });
});

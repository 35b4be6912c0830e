import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aClient, enrol } from '../helpers/organisation.ts';
import type { Hand } from '../helpers/screen.ts';
import { openWorld, platforms, type World } from '../helpers/world.ts';
import { datesOf, digestsOf, passTo } from './digest-scene.ts';
import { onlyOn } from './refer-scene.ts';

/** Sara works half the week, three hours west of her team: 08:30 there is 16:30 in UTC, and her day begins at 09:00. */
const halfTime = (text: string): string =>
  text.replace(
    'id: sara, name: Sara Lindqvist, roles: [coordinator], team: east, fte: 0.5',
    'id: sara, name: Sara Lindqvist, roles: [coordinator], team: east, fte: 0.5, zone: America/Los_Angeles, works: { mon: "09:00-17:00", tue: "09:00-17:00", wed: "09:00-13:00" }',
  );
/** Her working days, without the second: on the first she read that nothing waits, and nothing does until Wednesday. */
const works = ['2026-11-30', '2026-12-02', '2026-12-07', '2026-12-08', '2026-12-09'];
const fortnight = Array.from({ length: 14 }, (_, day) =>
  new Date(Date.UTC(2026, 10, 30 + day)).toISOString().slice(0, 10),
);

describe.each(platforms)('half a week, in another zone than the team, on %s', (platform) => {
  let world: World;
  let sara: Hand;
  let jon: Hand;
  let urgent = '';
  /** What Sara was shown, by the day on which it was. */
  const shown = new Map<string, string>();
  const pushes = new Map<string, number>();

  beforeAll(async () => {
    world = await openWorld({ at: '2026-11-29T20:00:00Z', organisation: halfTime });
    [sara, jon] = [await onlyOn(world, platform, 'sara'), await onlyOn(world, platform, 'jon')];
    await enrol(world.store, world.clock, [
      // Due on a Wednesday, a Thursday, a Saturday, and on Monday itself.
      { ...aClient({ code: 'K7T2-9', name: 'Dan Dee', coordinator: 'sara' }), dueOn: '2026-12-02' },
      { ...aClient({ code: 'M4XR-1', name: 'Eve Elm', coordinator: 'sara' }), dueOn: '2026-12-03' },
      { ...aClient({ code: 'P0Q8-7', name: 'Fay Fox', coordinator: 'sara' }), dueOn: '2026-12-05' },
      { ...aClient({ code: 'R5WD-4', name: 'Gil Gum', coordinator: 'sara' }), dueOn: '2026-12-07' },
    ]);
    const [crisis] = await enrol(world.store, world.clock, [aClient({ name: 'Hal Hazel', coordinator: 'jon' })]);
    urgent = crisis?.code ?? '';
    for (const day of fortnight) {
      // Long after 08:30 of the team, a moment before 08:30 of hers, and then.
      await passTo(world, `${day}T16:29:59Z`);
      const before = await datesOf(world, 'person/sara');
      await passTo(world, `${day}T16:30:00Z`);
      pushes.set(day, (await datesOf(world, 'person/sara')).length - before.length);
      if (before.includes(day)) throw new Error(`it came before its time on ${day}`);
      if (day === '2026-12-02') await sara.types('log K7T2-9 phone reached 10m fu 2026-12-30');
      if (day === '2026-12-03')
        await jon.types(
          `refer ${urgent} to @${platform === 'slack' ? 'U0SARA' : '0a000000-0000-4000-8000-0000000000a3'} crisis`,
        );
      await passTo(world, `${day}T17:00:00Z`);
      const [digest = ''] = digestsOf(sara);
      shown.set(day, digest);
    }
  }, 60_000);
  afterAll(() => world.close());

  it('nothing comes on a day off; on working days it comes at the team’s hour where she lives', async () => {
    expect(await datesOf(world, 'person/sara')).toEqual(works);
    expect(fortnight.filter((day) => pushes.get(day) === 1)).toEqual(works);
  });

  it('what is due on a day off is due on her next working day, and says where it was', () => {
    const monday = shown.get('2026-12-07') ?? '';
    expect(monday).toContain('M4XR-1 · E.E. born 1974 · medium, due today, moved from Thu 3 Dec');
    expect(monday).toContain('P0Q8-7 · F.F. born 1974 · medium, due today, moved from Sat 5 Dec');
    expect(monday).toContain('R5WD-4 · G.G. born 1974 · medium, due today');
    expect(monday).toContain('4 need you today');
    expect(monday).not.toContain('K7T2-9');
    expect(shown.get('2026-12-02')).toContain('Nothing is waiting on you. Next: Mon 7 Dec.');
  });

  it('a clinical clock never moves: what came in a crisis is late from its own hour on', () => {
    const monday = shown.get('2026-12-07') ?? '';
    expect(monday).toContain(`Start with ${urgent}.`);
    expect(monday).toContain(`${urgent} · H.H. born 1974 · medium, 4 days over\n`);
  });

  it('nothing is lost: what is not done stands there until it is', () => {
    const last = shown.get('2026-12-09') ?? '';
    for (const code of ['M4XR-1', 'P0Q8-7', 'R5WD-4']) expect(last).toContain(code);
    expect(last).toContain('2 days over, moved from Thu 3 Dec');
  });
});

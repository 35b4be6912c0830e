import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textOf, type Screen } from '../helpers/screen.ts';
import { platforms } from '../helpers/world.ts';
import { day, direct, followUps, openAbsenceScene, type AbsenceScene } from './absence-scene.ts';
import { deactivate } from './leave-scene.ts';
import { flat, follow } from './refer-scene.ts';

/** Maya has the duty by day, Jon by night. */
const days = ['mon', 'tue', 'wed', 'thu', 'fri'];
const pattern = days.flatMap((weekday) => [
  `{ weekday: ${weekday}, from: "08:00", to: "18:00", person: maya }`,
  `{ weekday: ${weekday}, from: "18:00", to: "08:00", person: jon }`,
]);
const hour = 3_600_000;

describe.each(platforms)('a planned absence on %s', (platform) => {
  let scene: AbsenceScene;
  beforeAll(async () => {
    scene = await openAbsenceScene(platform, `{ pattern: [${pattern.join(', ')}] }`);
  });
  afterAll(() => scene.world.close());
  const then = (act: Promise<Screen>): Promise<Screen> => follow(scene.world, act);
  const channel = (): string => flat(scene.jon.channel().map(textOf).join(' | '));

  it('is refused where it makes no sense, in words', async () => {
    await then(scene.maya.types('cover away from tue'));
    const backwards = await then(scene.maya.fills({ from: '2026-11-25', to: '2026-11-24' }));
    expect(Object.values(backwards.form?.errors ?? {})).toEqual(['The last day comes after the first one.']);
    const long = await then(scene.maya.fills({ from: '2026-11-25', to: '2027-06-01' }));
    expect(Object.values(long.form?.errors ?? {}).join()).toContain('Please hand the clients on instead.');
  });

  it('moves nothing before its first day; the rota shows the gap', async () => {
    const before = await followUps(scene.world);
    const said = await then(scene.maya.types('cover away from tue to wed'));
    expect(flat(said.text)).toContain('Planned you are away from Tue 24 Nov to Wed 25 Nov. Nothing moves before.');
    // Thursday and Friday the team is closed.
    expect(said.text).toContain('Back on Mon 30 Nov.');
    expect(await followUps(scene.world)).toEqual(before);
    expect(flat((await then(scene.dana.types('duty'))).text)).toContain('Nobody · Tue 24 Nov 08:00 to 18:00');
    expect(channel()).not.toContain('needs cover');
  });

  it('begins at midnight: duty asks for cover, what cannot wait goes to the supervisor, nobody is woken', async () => {
    await scene.pass(15 * hour + 60_000);
    expect(await followUps(scene.world)).toEqual([
      '05Q8-W maya 2026-11-30',
      '0BEH-8 maya 2026-12-03',
      'K7T2-9 dana 2026-11-23',
      'M4XR-1 maya 2026-11-30',
    ]);
    expect(channel()).toContain(
      'Maya Torres is away and needs cover Tue 24 Nov 08:00 to 18:00. Until somebody takes it, Dana Whitfield has the duty.',
    );
    expect(direct(scene.dana)).not.toContain('Maya Torres is away');
    await scene.pass(8 * hour);
    expect(direct(scene.dana)).toContain('Maya Torres is away until Wed 25 Nov. Yours until then 1.');
  });

  it('a colleague takes the duty; no digest comes to who is away', async () => {
    await then(scene.jon.presses('Take it', 'Tue 24 Nov'));
    expect(channel()).toContain('Jon Reyes covers Maya Torres Tue 24 Nov');
    expect(flat((await then(scene.dana.types('duty'))).text)).toContain('On duty now Jon Reyes');
    await scene.pass(8 * hour);
    expect(direct(scene.maya)).not.toContain('need you today');
  });

  it('who covers and leaves hands it to an heir; it still comes back', async () => {
    await then(scene.maya.types('cover list'));
    await then(scene.dana.types('cover sick'));
    expect(await followUps(scene.world)).toContain('K7T2-9 jon 2026-11-23');
    await deactivate(scene.world, platform, 'jon');
    expect(await followUps(scene.world)).not.toContain('K7T2-9 jon 2026-11-23');
    expect(await followUps(scene.world)).not.toContain('K7T2-9 maya 2026-11-23');
  });

  it('on the first working morning: five lines, and what nobody began is theirs again', async () => {
    await scene.pass(5 * day);
    // Sunday: Dana was back on Wednesday, and has what Jon had for her.
    expect(await followUps(scene.world)).toContain('K7T2-9 dana 2026-11-23');
    await scene.pass(17 * hour);
    expect(await followUps(scene.world)).toEqual([
      '05Q8-W maya 2026-11-30',
      '0BEH-8 maya 2026-12-03',
      'K7T2-9 maya 2026-11-23',
      'M4XR-1 maya 2026-11-30',
    ]);
    const told = direct(scene.maya);
    expect(told).toContain('While you were away Yours again K7T2-9, follow-up.');
    expect(told).toContain('Waited for you 05Q8-W · M4XR-1.');
    expect(told).toContain('need you today');
  });
});

describe.each(platforms)('nobody could be named, on %s', (platform) => {
  let scene: AbsenceScene;
  beforeAll(async () => {
    scene = await openAbsenceScene(platform, '{ pattern: [] }');
  });
  afterAll(() => scene.world.close());

  it('what cannot wait stays with its owner, until a colleague is back who can have it', async () => {
    const { world, dana, maya } = scene;
    await follow(world, dana.types('cover sick @sara'));
    await follow(world, dana.types('cover sick'));
    await follow(world, maya.types('cover sick'));
    expect(await followUps(world)).toContain('K7T2-9 maya 2026-11-23');
    await follow(world, dana.types('cover back'));
    expect(await followUps(world)).toContain('K7T2-9 dana 2026-11-23');
    expect(direct(dana)).toContain('K7T2-9 · follow-up');
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Screen } from '../helpers/screen.ts';
import { textOf } from '../helpers/screen.ts';
import { platforms } from '../helpers/world.ts';
import { day, direct, followUps, held, openAbsenceScene, type AbsenceScene } from './absence-scene.ts';
import { audited } from './leave-scene.ts';
import { flat, follow } from './refer-scene.ts';

const untouched = [
  '05Q8-W maya 2026-11-23',
  '0BEH-8 maya 2026-12-03',
  'K7T2-9 maya 2026-11-23',
  'M4XR-1 maya 2026-11-21',
];
const handedOver = [
  '05Q8-W maya 2026-11-24',
  '0BEH-8 maya 2026-12-03',
  'K7T2-9 jon 2026-11-23',
  'M4XR-1 maya 2026-11-24',
];

describe.each(platforms)('off sick on %s', (platform) => {
  let scene: AbsenceScene;
  beforeAll(async () => {
    scene = await openAbsenceScene(platform);
    const { world, dana } = scene;
    await follow(world, dana.types('refer K7T2-9 to @maya crisis'));
    await follow(world, dana.types('refer M4XR-1 to @maya'));
    await follow(world, dana.types('escalate M4XR-1 urgent'));
  });
  afterAll(() => scene.world.close());
  const then = (act: Promise<Screen>): Promise<Screen> => follow(scene.world, act);

  it('one tap on home: what cannot wait goes to who is on duty, the rest moves to the first working day', async () => {
    expect((await then(scene.maya.opensHome())).buttons).toContain('Off sick today');
    await then(scene.maya.types('cover'));
    const said = flat((await then(scene.maya.presses('Off sick today'))).text);
    expect(said).toContain('You are off sick today. Back on Tue 24 Nov.');
    expect(said).toContain('Jon Reyes has until then M4XR-1, escalation · K7T2-9, follow-up · K7T2-9, referral');
    expect(said).toContain('2 follow-ups moved to Tue 24 Nov.');
    expect(await followUps(scene.world)).toEqual(handedOver);
    // What is not due until she is back waits for her, whatever its kind.
    expect(await held(scene.world)).toEqual(['dana asks jon', 'dana asks maya', 'escalation of jon']);
  });

  it('tells the cover on one card with codes, and nobody why', async () => {
    const told = direct(scene.jon);
    expect(told).toContain('Maya Torres is away today. Yours until then 3. M4XR-1 · escalation [Open]');
    expect(told).toContain('K7T2-9 · follow-up [Show]');
    const everybody = [scene.jon, scene.dana].map(direct).join() + scene.jon.channel().map(textOf).join();
    expect(everybody).not.toContain('off sick');
    const list = await then(scene.dana.types('cover list'));
    expect(flat(list.text)).toContain('Maya Torres · today · back Tue 24 Nov');
    expect(list.text).not.toContain('off sick');
  });

  it('refuses a second absence for the same day, and offers the one there is', async () => {
    const said = await then(scene.maya.types('cover sick'));
    expect(said.text).toContain('There is an absence for those days already: Mon 23 Nov to Mon 23 Nov.');
    expect((await then(scene.maya.presses('Show it'))).text).toContain('You are off sick today.');
  });

  it('the same day it can be undone: everything is as it was', async () => {
    const said = await then(scene.maya.presses('Undo'));
    expect(said.text).toContain('Undone: you are not away.');
    expect(await followUps(scene.world)).toEqual(untouched);
    expect(await held(scene.world)).toEqual(['dana asks maya', 'dana asks maya', 'escalation of maya']);
    expect(direct(scene.jon)).toContain('Maya Torres is back. Thank you for covering.');
  });

  it('what comes up meanwhile and cannot wait goes to the cover too', async () => {
    await then(scene.maya.types('cover sick until wed'));
    await then(scene.jon.types('log K7T2-9 phone reached 15m fu wed'));
    expect(await followUps(scene.world)).toContain('K7T2-9 jon 2026-11-25');
    await then(scene.dana.types('refer 0BEH-8 to @maya crisis'));
    expect(await held(scene.world)).toEqual(['dana asks jon', 'dana asks jon', 'dana asks maya', 'escalation of jon']);
    expect(direct(scene.jon)).toContain('Yours until then 4.');
  });

  it('an escalation passes over who is away', async () => {
    await then(scene.dana.types('escalate 05Q8-W urgent'));
    expect(await held(scene.world)).toContain('escalation of jon');
    expect(direct(scene.maya)).not.toContain('Escalation 05Q8-W');
  });

  it('no digest comes meanwhile', async () => {
    await scene.pass(day);
    expect(direct(scene.maya)).not.toContain('need you today');
    expect(direct(scene.dana)).toContain('you');
  });

  it('back: what the cover has begun stays with them, the rest is theirs again', async () => {
    await then(scene.jon.types('next'));
    await then(scene.jon.presses('Open referral', 'K7T2-9'));
    await then(scene.jon.presses('Accept'));
    const said = flat((await then(scene.maya.types('cover back'))).text);
    expect(said).toContain('While you were away');
    expect(said).toContain('Yours again K7T2-9, follow-up · 0BEH-8, referral.');
    expect(said).toContain('Stays with Jon Reyes');
    expect(said).toContain('K7T2-9, referral (begun already)');
    const all = flat((await then(scene.maya.presses('Show all 8', 'Yours again'))).text);
    expect(all).toContain('Jon Reyes spoke with K7T2-9.');
    expect(all).toContain('Waited for you 05Q8-W · M4XR-1.');
    // Back a day early: what had moved to Monday is due from today on.
    expect(await followUps(scene.world)).toEqual([
      '05Q8-W maya 2026-11-24',
      '0BEH-8 maya 2026-12-03',
      'K7T2-9 maya 2026-11-25',
      'M4XR-1 maya 2026-11-24',
    ]);
    expect(direct(scene.jon)).toContain('Maya Torres is back. Thank you for covering. These stay with you');
  });

  it('every hand-over is on record', async () => {
    const verbs = ['follow-up.cover', 'follow-up.return', 'referral.cover', 'referral.return', 'escalation.hand-over'];
    const rows = (await audited(scene.world, verbs)).map((row) => row.split(' ').slice(0, 2).join(' '));
    for (const verb of verbs) expect(rows.some((row) => row.endsWith(verb))).toBe(true);
    const absences = await audited(scene.world, ['absence.begin', 'absence.undo', 'absence.end']);
    expect(absences.map((row) => row.split(' ').slice(0, 2).join(' '))).toEqual([
      'maya absence.begin',
      'maya absence.undo',
      'maya absence.begin',
      'maya absence.end',
    ]);
  });

  it('a supervisor says it for somebody who cannot; a colleague may not', async () => {
    expect((await then(scene.jon.types('cover sick @maya'))).text).toContain('You can say this for yourself.');
    const said = await then(scene.dana.types('cover sick @maya'));
    expect(said.text).toContain('Maya Torres is away today. Back on Wed 25 Nov.');
    expect(direct(scene.maya)).toContain('You are off sick today.');
    await then(scene.dana.types('cover back @maya'));
    expect((await then(scene.maya.types('cover back'))).text).toContain('No absence is running');
  });
});

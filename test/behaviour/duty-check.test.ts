import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flat } from './refer-scene.ts';
import { platforms } from '../helpers/world.ts';
import { storedPages } from './pager-scene.ts';
import { placeOf, weeksOf } from './weekly-scene.ts';
import { everythingOf, exported, follow, hour, openScene, type Scene } from './escalate-scene.ts';

const asks = 'Monthly check, duty in East team. If somebody needed you for a crisis';
const pattern = `{ pattern: [{ weekday: mon, from: "08:00", to: "18:00", person: jon },
      { weekday: tue, from: "08:00", to: "18:00", person: maya }] }`;

describe.each(platforms)('the monthly check of a rota, on %s', (platform) => {
  let scene: Scene;
  beforeAll(async () => {
    // Monday 30 November; the first working day of December is Tuesday.
    scene = await openScene(platform, { at: '2026-11-30T14:00:00Z', said: { duty: pattern.replace(/\n\s+/, ' ') } });
  });
  afterAll(() => scene.world.close());

  it('asks nobody on any other day', async () => {
    // Keisha stands in no pattern: for one evening of the month she is planned.
    await follow(scene, scene.hands.dana.types('duty plan'));
    await follow(
      scene,
      scene.hands.dana.fills({
        ...{ team: 'east', person: 'people:Keisha' },
        ...{ 'from-date': '2026-12-20', 'from-time': '18:00', 'until-date': '2026-12-21', 'until-time': '08:00' },
      }),
    );
    await scene.pass(2 * hour);
    expect(everythingOf(scene.hands.jon)).not.toContain('Monthly check');
  });

  it('asks everybody of the pattern and of the month’s plan on the first working day of the month at 10:00, and nobody else', async () => {
    await scene.pass(23 * hour);
    for (const person of ['jon', 'maya', 'keisha'] as const) expect(everythingOf(scene.hands[person])).toContain(asks);
    for (const person of ['dana', 'sara'] as const) expect(everythingOf(scene.hands[person])).not.toContain(asks);
  });

  it('is confirmed by one tap, which is on record', async () => {
    await follow(scene, scene.hands.jon.presses('It reached me'));
    expect(everythingOf(scene.hands.jon)).toContain('Monthly check, duty in East team. Confirmed. Thank you.');
    const rows = (await exported(scene.world, 'audit')).filter(({ verb }) => verb === 'duty.confirmed');
    expect(rows.map(({ actor }) => actor)).toEqual(['jon']);
  });

  it('shows on the rota who has not confirmed, once three days have passed', async () => {
    const rota = async (): Promise<string> => flat((await follow(scene, scene.hands.dana.types('duty'))).text);
    expect(await rota()).not.toContain('monthly check');
    await scene.pass(72 * hour);
    expect(await rota()).toContain('Has not confirmed the monthly check Keisha Brown, Maya Torres. Please ask.');
  });

  it('stands in the supervisor’s week for whoever has not confirmed, and in no place that others read', async () => {
    expect(flat(weeksOf(scene.hands.dana).at(-1) ?? '')).not.toContain('monthly check');
    // Monday 7 December, 07:45.
    await scene.pass(2 * 24 * hour + 22 * hour);
    const week = flat(weeksOf(scene.hands.dana).at(-1) ?? '');
    expect(week).toContain('30 Nov – 6 Dec');
    expect(week).toContain('Has not confirmed the monthly check of the rota Keisha Brown, Maya Torres. Please ask.');
    expect(placeOf(scene.hands.dana).join()).not.toContain('monthly check');
  });

  it('is on the rota no more once they have', async () => {
    for (const person of ['maya', 'keisha'] as const) await follow(scene, scene.hands[person].presses('It reached me'));
    await scene.pass(1_000);
    expect(flat((await follow(scene, scene.hands.dana.types('duty'))).text)).not.toContain('monthly check');
  });

  it('pages nobody where no gateway is set', async () => {
    expect(await storedPages(scene.world)).toEqual([]);
  });
});

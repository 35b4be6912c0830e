import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomIds } from '../../src/ids.ts';
import { aClient, enrol } from '../helpers/organisation.ts';
import { platforms } from '../helpers/world.ts';
import {
  canaries,
  countDenials,
  direct,
  exported,
  fillWeek,
  forge,
  idsOf,
  live,
  minute,
  openScene,
  place,
  type Scene,
} from './huddle-scene.ts';
import { flat } from './refer-scene.ts';

describe.each(platforms)('a huddle holds against what should not be on %s', (platform) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(platform);
    await fillWeek(scene);
    await scene.after(scene.dana.types('huddle start'));
  });
  afterAll(() => scene.world.close());

  it('moves once when two press Next at the same time, and tells the second who was first', async () => {
    const { maya, jon, world, fresh } = scene;
    const [first, second] = await Promise.all([maya.presses('Next'), jon.presses('Next')]);
    await world.settled();
    expect(live(maya).text).toContain(`2 of 4 · New · ${fresh}`);
    const said = [first.text, second.text, direct(maya), direct(jon)].join('\n');
    expect(said).toContain(`Somebody was first. The huddle is at 2 of 4 now, ${fresh}. Nothing was changed by you.`);
  });

  it('begins once when two start at the same time', async () => {
    const { maya, jon, world } = scene;
    await Promise.all([maya.types('huddle start'), jon.types('huddle start')]);
    await world.settled();
    expect(await exported(scene)).toHaveLength(1);
  });

  it('is run by the care team of that team only: nobody of billing, nobody of another team, no stranger', async () => {
    const { bea, keisha, after, world } = scene;
    const { huddle, version, items } = await idsOf(scene);
    const before = await countDenials(scene);
    const ways = [
      { action: 'huddles.next', subject: huddle, version },
      { action: 'huddles.back', subject: huddle, version },
      { action: 'huddles.next-week', subject: huddle, version },
      { action: 'huddles.here', subject: huddle },
      { action: 'huddles.end', subject: huddle, version },
      { action: 'huddles.open', subject: huddle },
      { action: 'huddles.decide', subject: `${huddle}/${items[1] ?? ''}` },
      { action: 'huddles.recommend', subject: `${huddle}/${items[1] ?? ''}` },
    ];
    for (const button of ways) {
      expect(await forge(scene, bea, button)).toContain(
        'The huddle of East team is its care team’s. Nothing was changed.',
      );
      expect(await forge(scene, keisha, button)).toContain('The huddle of East team is its care team’s.');
    }
    expect(await countDenials(scene)).toBe(before + 2 * ways.length);
    expect((await after(bea.types('huddle'))).text).toContain('Your role does not include huddle.');
    expect((await after(keisha.types('huddle start team:east'))).text).toContain('its care team’s');
    expect((await after(keisha.types('huddle list team:east'))).text).toContain('its care team’s');
    expect((await idsOf(scene)).version).toBe(version);
    expect(world.loggedNow.filter(({ event }) => event === 'inbound failed')).toEqual([]);
  });

  it('refuses ids that lead nowhere, and lines of another agenda', async () => {
    const { maya } = scene;
    const { huddle, version } = await idsOf(scene);
    const nowhere = [randomIds.uuid(), 'x', "'; drop table huddle; --", '../..'];
    for (const id of nowhere) {
      expect(await forge(scene, maya, { action: 'huddles.next', subject: id, version })).toContain(
        'I cannot find that huddle.',
      );
      expect(await forge(scene, maya, { action: 'huddles.decide', subject: `${huddle}/${id}` })).toContain(
        'That does not stand on this agenda.',
      );
      expect(await forge(scene, maya, { action: 'huddles.accept', subject: id })).toContain(
        'I cannot find that recommendation.',
      );
      expect(await forge(scene, maya, { action: 'huddles.decision', subject: id })).toContain(
        'I cannot find that decision among yours.',
      );
    }
    expect(await forge(scene, maya, { action: 'huddles.next', subject: huddle, version: version - 1 })).toContain(
      'Somebody was first.',
    );
  });

  it('takes no owner who does not work with the client, and no day that has passed', async () => {
    const { maya, after } = scene;
    await after(maya.presses('Decide…'));
    const past = await after(maya.fills({ what: 'refer', owner: 'jon', due: '2026-11-22' }));
    expect(JSON.stringify(past.form?.errors ?? {})).toContain('Please choose a day from today to a year ahead.');
    const late = await after(maya.fills({ what: 'refer', owner: 'jon', due: '2028-01-01' }));
    expect(JSON.stringify(late.form?.errors ?? {})).toContain('Please choose a day from today to a year ahead.');
    await after(maya.fills({ what: 'refer', owner: 'jon', due: '2026-11-23' }));
    expect((await exported(scene))[0]?.items[1]?.decisions).toHaveLength(1);
  });

  it('is declined with a coded reason by whom it was addressed to; nobody else answers it', async () => {
    const { maya, sara, jon, after } = scene;
    await after(maya.presses('Recommendation…'));
    await after(maya.fills({ kind: 'change-the-plan', to: 'sara' }));
    const [id] = await scene.world.store.inOrganisation('riverside', async (tx) =>
      (await tx.db.huddleRecommendation.findMany()).map((row) => row.id),
    );
    const recommendation = { subject: id ?? '', version: 1 };
    expect(await forge(scene, jon, { action: 'huddles.accept', ...recommendation })).toContain(
      'Only Sara Lindqvist answers this. Nothing was changed.',
    );
    await after(sara.presses('Decline…'));
    const done = await after(sara.fills({ reason: 'tried-before' }));
    expect(done.text).toContain('Declined: tried before.');
    expect(live(maya).text).toContain('Recommended change the plan · Sara Lindqvist, declined');
    // Why it was declined is nobody's but theirs who work with the client.
    expect(place(maya)).not.toContain('tried before');
    expect(flat(direct(maya))).toContain('State declined tried before');
    expect(await forge(scene, sara, { action: 'huddles.accept', ...recommendation })).toContain(
      'This recommendation is declined already.',
    );
  });

  it('keeps one open request a client, hears who asked, and takes it back', async () => {
    const { maya, dana, after, asked, quiet } = scene;
    const card = await after(dana.types(`client ${asked}`));
    expect(flat(card.text)).toContain('For the huddle we are stuck, asked by Jon Reyes');
    expect(card.buttons).not.toContain('Request discussion');
    // Both have the form open; one is first.
    await after(maya.types(`client ${quiet}`));
    await after(maya.presses('Request discussion'));
    await after(dana.types(`client ${quiet}`));
    await after(dana.presses('Request discussion'));
    await after(maya.fills({ reason: 'other' }));
    const twice = await after(dana.fills({ reason: 'stuck' }));
    expect(JSON.stringify([twice.text, twice.form?.errors])).toContain(
      `Maya Torres has asked for ${quiet} already. It stands on the next agenda.`,
    );
    await after(dana.types(`client ${quiet}`));
    expect((await after(dana.presses('Not for the huddle'))).text).toContain(`Taken back: ${quiet}`);
    expect((await after(dana.types(`client ${quiet}`))).buttons).toContain('Request discussion');
  });

  it('lets nobody ask about a client of another team', async () => {
    const { keisha, fresh, world } = scene;
    const id = await world.store.inOrganisation('riverside', async (tx) => {
      const row = await tx.db.client.findFirstOrThrow({ where: { code: fresh } });
      return row.id;
    });
    expect(await forge(scene, keisha, { action: 'huddles.request', subject: id })).toContain(
      'I do not know a client with that code among those you work with.',
    );
  });

  it('shows a client who changed teams meanwhile by the code only, to who may not see them any more', async () => {
    const { maya, jon, after, world, safety } = scene;
    await world.store.inOrganisation('riverside', (tx) =>
      tx.db.client.updateMany({ where: { code: safety }, data: { teamId: 'west' } }),
    );
    await after(maya.presses('Back'));
    const own = flat((await after(jon.types('huddle'))).text);
    expect(own).toContain(`1 of 4 · Safety · ${safety}`);
    expect(own).not.toContain('S.S.');
  });

  it('has ended for everybody: nothing of it can be pressed any more', async () => {
    const { maya, jon, after, passes } = scene;
    await passes(2 * minute);
    const { huddle, version, items } = await idsOf(scene);
    await after(maya.presses('End'));
    const over = ['huddles.next', 'huddles.here', 'huddles.end'];
    for (const action of over) {
      expect(await forge(scene, jon, { action, subject: huddle, version })).toContain(
        'This huddle has ended. Nothing was changed.',
      );
    }
    expect(await forge(scene, jon, { action: 'huddles.decide', subject: `${huddle}/${items[0] ?? ''}` })).toContain(
      'This huddle has ended.',
    );
    expect(flat((await after(jon.types('huddle list'))).text)).toContain('0 there · 2 of 4 reviewed · 1 decided');
  });

  it('shows nothing of anybody in the team’s channel through all of this', async () => {
    const { maya, world } = scene;
    for (const canary of canaries) expect(place(maya)).not.toContain(canary);
    await enrol(world.store, world.clock, [aClient({ name: 'Unused Person' })]);
    expect(JSON.stringify(world.logged)).not.toContain('Sandberg');
  });
});

import { byCommandLine } from '../../src/doer.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyOrganisation } from '../../src/access/apply-organisation.ts';
import { syncSchedules } from '../../src/schedule/sync-schedules.ts';
import { aClient, enrol, readSample } from '../helpers/organisation.ts';
import type { Hand } from '../helpers/screen.ts';
import { onBothPlatforms, openWorld, platforms, type World } from '../helpers/world.ts';
import { datesOf, digestsOf, passTo } from './digest-scene.ts';
import { onlyOn } from './refer-scene.ts';
import { collectedFeatures } from '../../src/app.ts';

const noHour = (text: string): string =>
  text.replace('      dailyDigest: { at: "08:30" }\n      huddle', '      huddle');

describe.each(platforms)('the digest as people want it, on %s', (platform) => {
  let world: World;
  let maya: Hand;
  let jon: Hand;
  let dana: Hand;

  /** The hours at which digests come: `maya 08:30`. */
  async function hours(): Promise<readonly string[]> {
    const rows = await world.store.inOrganisation('riverside', (tx) =>
      tx.db.schedule.findMany({
        where: { kind: { startsWith: 'daily-digest' }, owner: { in: ['maya', 'jon', 'east', 'west'] } },
        orderBy: { owner: 'asc' },
      }),
    );
    return rows.map(({ owner, at }) => `${owner} ${at}`);
  }
  async function apply(edit: (text: string) => string): Promise<void> {
    const file = await readSample((text) => edit(onBothPlatforms(text)));
    await world.store.inOrganisation('riverside', async (tx) => {
      const now = world.clock.now();
      // Who is at one platform only, for these tests, has not left.
      await tx.db.identity.updateMany({ data: { active: true } });
      await applyOrganisation(tx, file, { actor: byCommandLine, now });
      await syncSchedules(tx, { kinds: collectedFeatures.schedules, now });
    });
  }

  beforeAll(async () => {
    world = await openWorld({ at: '2026-11-29T22:00:00Z', organisation: noHour });
    [maya, jon] = [await onlyOn(world, platform, 'maya'), await onlyOn(world, platform, 'jon')];
    dana = await onlyOn(world, platform, 'dana');
    await enrol(world.store, world.clock, [
      { ...aClient({ code: 'K7T2-9', name: 'Dan Dee' }), dueOn: '2026-11-23' },
      { ...aClient({ code: 'M4XR-1', name: 'Eve Elm', coordinator: 'jon' }), dueOn: '2026-11-23' },
    ]);
  });
  afterAll(() => world.close());

  it('is shown on the spot and nothing is sent by it', async () => {
    const shown = await maya.types('digest preview');
    await world.delivered();
    expect(shown.text).toContain(
      'Your digest as it stands now. Nothing was sent.\n1 needs you today. Start with K7T2-9.',
    );
    expect(shown.buttons).toContain('Left message');
    const posts = await world.store.inOrganisation('riverside', (tx) => tx.db.post.count());
    expect(posts).toBe(0);
  });

  it('its hour for a team is a supervisor’s to set, in a form', async () => {
    expect((await maya.types('digest schedule')).text).toContain('A supervisor sets the hour of a team’s digest.');
    const opened = await dana.types('digest schedule');
    expect(opened.form?.text).toContain('East team, on its working days.');
    const wrong = await dana.fills({ at: '18:00' });
    expect(wrong.form?.errors).toEqual({ at: 'A digest comes between 05:00 and 12:00, written 08:30.' });
    expect((await dana.fills({ at: '09:15' })).text).toContain('Saved: the digest of East team comes at 09:15');
    expect(await hours()).toEqual(['east 09:15', 'jon 09:15', 'maya 09:15', 'west 08:30']);
  });

  it('its hour for oneself is typed, within the morning', async () => {
    const set = await maya.types('digest at 8');
    expect(set.text).toContain('Your digest comes on your working days at 08:00, by your own choice.');
    expect(await hours()).toEqual(['east 09:15', 'jon 09:15', 'maya 08:00', 'west 08:30']);
    const refused = await maya.types('digest at 13:00');
    expect(refused.text).toContain('A digest comes between 05:00 and 12:00');
    expect(await hours()).toContain('maya 08:00');
  });

  it('comes at that hour, and once a day though the hour moves', async () => {
    await passTo(world, '2026-11-30T13:00:00Z');
    expect([digestsOf(maya).length, digestsOf(jon).length]).toEqual([1, 0]);
    // Hers has come today; his is still to come, and its new hour has passed: it comes at once.
    await maya.types('digest at 9:30');
    await passTo(world, '2026-11-30T14:00:00Z');
    await jon.types('digest at 7:30');
    await passTo(world, '2026-11-30T14:00:01Z');
    expect([digestsOf(maya).length, digestsOf(jon).length]).toEqual([1, 1]);
    await passTo(world, '2026-11-30T16:00:00Z');
    await passTo(world, '2026-12-01T14:29:59Z');
    expect(await datesOf(world, 'person/maya')).toEqual(['2026-11-30']);
    expect(await datesOf(world, 'person/jon')).toEqual(['2026-11-30', '2026-12-01']);
    await passTo(world, '2026-12-01T14:30:00Z');
    expect(await datesOf(world, 'person/maya')).toEqual(['2026-11-30', '2026-12-01']);
  });

  it('follows the team again when that is wanted', async () => {
    expect((await jon.types('digest at usual')).text).toContain('Your digest comes on your working days at 09:15. You');
    expect(await hours()).toEqual(['east 09:15', 'jon 09:15', 'maya 09:30', 'west 08:30']);
  });

  it('chosen in chat it stays when the file is applied again, until the file names an hour: then the file wins', async () => {
    await apply((text) => noHour(text).replace('name: East team', 'name: East side team'));
    expect(await hours()).toEqual(['east 09:15', 'jon 09:15', 'maya 09:30', 'west 08:30']);
    await apply((text) => text);
    expect(await hours()).toEqual(['east 08:30', 'jon 08:30', 'maya 09:30', 'west 08:30']);
  });

  it('every choice is on record', async () => {
    const events = await world.store.inOrganisation('riverside', (tx) =>
      tx.db.auditEvent.findMany({
        where: { verb: { in: ['digest.choose', 'digest.schedule'] } },
        orderBy: { sequence: 'asc' },
      }),
    );
    expect(events.map(({ verb, actor, detail }) => `${verb} ${actor} ${JSON.stringify(detail)}`)).toEqual([
      'digest.schedule dana {"at":"09:15","in":"channel"}',
      'digest.choose maya {"at":"08:00"}',
      'digest.choose maya {"at":"09:30"}',
      'digest.choose jon {"at":"07:30"}',
      'digest.choose jon {"at":"usual"}',
    ]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectedFeatures } from '../../src/app.ts';
import type { Hand } from '../helpers/screen.ts';
import { openWorld, platforms, slackTenant, teamsTenant, type World } from '../helpers/world.ts';
import { flat, follow, onlyOn } from './refer-scene.ts';
import { liveThroughTheWeek, pass, picturesOf, placeOf, tuesday, untilMonday, weeksOf } from './weekly-scene.ts';

const edited = (text: string): string =>
  text
    .replace('roles: [billing]', 'roles: [director]')
    .replace('weeklyDigest: { weekday: mon, at: "07:45" }', 'weeklyDigest: { weekday: mon, at: "07:45", place: true }');

describe.each(platforms)('reports and reviews on %s', (platform) => {
  let world: World;
  let maya: Hand;
  let jon: Hand;
  let dana: Hand;
  let bea: Hand;
  let count = 0;
  beforeAll(async () => {
    world = await openWorld({ at: tuesday, organisation: edited });
    [maya, jon] = [await onlyOn(world, platform, 'maya'), await onlyOn(world, platform, 'jon')];
    [dana, bea] = [await onlyOn(world, platform, 'dana'), await onlyOn(world, platform, 'bea')];
    await liveThroughTheWeek(world, maya, jon);
  });
  afterAll(() => world.close());
  const last = (hand: Hand): string => weeksOf(hand).at(-1) ?? '';
  const said = (user: string, delivery: string) => ({
    platform,
    tenant: platform === 'slack' ? slackTenant : teamsTenant,
    user,
    place: { id: 'D1', kind: 'direct' as const },
    delivery,
  });
  const forged = async (user: string, action: string, subject: string): Promise<unknown> =>
    world.service.receive({
      ...said(user, `forged ${action} ${subject} ${user} ${world.clock.now().toISOString()} ${(count += 1)}`),
      what: { kind: 'button', action, subject },
    });
  const userOf = {
    slack: { maya: 'U0MAYA', dana: 'U0DANA', bea: 'U0BEA' },
    teams: {
      maya: '0a000000-0000-4000-8000-0000000000a1',
      dana: '0a000000-0000-4000-8000-00000000b004',
      bea: '0a000000-0000-4000-8000-0000000000a4',
    },
  }[platform];

  it('gives a coordinator their own figures for a time they choose, and no others’', async () => {
    const said = await follow(world, maya.types('report 2026-11-16 2026-11-17'));
    expect(said.text).toContain('Sent: the report of 16–17 Nov is on its way to your direct messages.');
    expect(last(maya)).toContain('Maya Torres · 16–17 Nov');
    expect(last(maya)).toContain('K7T2-9 was missed 3 times in a row');
    expect(last(maya)).not.toContain('Jon Reyes');
    expect((await picturesOf(world, maya))[0]?.alt).toContain('Load of one coordinator');
    const team = await follow(world, maya.types('report team:east'));
    expect(team.text).toContain('A team’s report is for its supervisors.');
  });

  it('gives a supervisor and a director a team’s, in either order of the days', async () => {
    await follow(world, dana.types('report team:east 2026-11-17 2026-11-16'));
    expect(last(dana)).toContain('East team · 16–17 Nov');
    await follow(world, bea.types('report team:west'));
    expect(last(bea)).toContain('West team · 9–15 Nov');
    expect(last(bea)).toContain('Nothing stands out.');
  });

  it('refuses teams that are not there, days that have not come, and more than a year', async () => {
    expect((await follow(world, dana.types('report team:north'))).text).toContain('I do not know a team of that name');
    expect((await follow(world, dana.types('report 2027-01-01'))).text).toContain('has not come yet');
    expect((await follow(world, dana.types('report 2024-01-01'))).text).toContain('A report covers at most a year.');
  });

  it('is in the team’s place too where the organisation’s file says so: without buttons that open or review', async () => {
    await pass(world, untilMonday - 11);
    const [post, ...more] = placeOf(maya).filter((text) => text.includes('East team · 16–22 Nov'));
    expect(more).toEqual([]);
    expect(post).not.toContain('[Mark reviewed]');
    expect((await picturesOf(world, maya, 'channel')).length).toBeGreaterThanOrEqual(2);
  });

  it('lets one person review a week: of two forms that are open, the second is told who was first', async () => {
    await follow(world, dana.presses('Mark reviewed'));
    const bob = JSON.stringify(await forged(userOf.bea, 'week-reviews.review', 'east/2026-11-16'));
    const session = /"session":"([^"]+)"/.exec(bob)?.[1] ?? '';
    await follow(world, dana.fills({ action: 'load-moved' }));
    const late = await world.service.receive({
      ...said(userOf.bea, 'late'),
      what: { kind: 'form-submitted', form: 'week-reviews.review', session, values: { action: 'other' } },
    });
    expect(JSON.stringify(late)).toContain('Dana Whitfield reviewed this week on Mon 23 Nov: clients are moved');
    const again = JSON.stringify(await forged(userOf.dana, 'week-reviews.review', 'east/2026-11-16'));
    expect(again).toContain('You reviewed this week on Mon 23 Nov: clients are moved between coordinators.');
    expect(placeOf(maya).join('\n')).toContain('Reviewed by Dana Whitfield on Mon 23 Nov');
  });

  it('refuses forged weeks and reviewers, on record', async () => {
    const never = 'That week is for supervisors of the team.';
    for (const subject of ['east/2026-11-16', 'east/2026-11-17', 'east/2026-02-30', 'north/2026-11-16', '../x', '']) {
      expect(JSON.stringify(await forged(userOf.maya, 'week-reviews.open', subject))).toContain(never);
      expect(JSON.stringify(await forged(userOf.maya, 'week-reviews.review', subject))).toContain(never);
    }
    expect(JSON.stringify(await forged(userOf.dana, 'week-reviews.open', 'east/2026-11-23'))).toContain(never);
    const denied = await world.store.inOrganisation('riverside', (tx) =>
      tx.db.auditEvent.count({ where: { verb: 'access.denied' } }),
    );
    expect(denied).toBeGreaterThanOrEqual(12);
  });

  it('is exported with who reviewed it, what they do and the figures; unreviewed weeks stand there too', async () => {
    await pass(world, 7 * 24);
    const rows = await world.store.inOrganisation('riverside', (tx) => {
      const exporter = collectedFeatures.exports.get('weeks');
      if (exporter === undefined) throw new Error('weeks are not exported');
      return exporter.read(tx, { from: '2026-11-16' });
    });
    expect(rows.map(({ week, team, reviewedBy, action }) => [week, team, reviewedBy, action])).toEqual([
      ['2026-11-16', 'east', 'dana', 'load-moved'],
      ['2026-11-23', 'east', null, null],
    ]);
    expect(rows[0]).toMatchObject({ figures: { now: { missed: [{ code: 'K7T2-9', times: 3 }] } } });
    expect(flat(JSON.stringify(rows))).not.toContain('Dan Dee');
  });

  it('cannot be reviewed twice, changed or taken away, by the database itself', async () => {
    const change = world.store.inOrganisation(
      'riverside',
      (tx) => tx.db.$executeRaw`update week_review set action = 'other' where reviewed_at is not null`,
    );
    await expect(change).rejects.toThrow();
    const removal = world.store.inOrganisation('riverside', (tx) => tx.db.weekReview.deleteMany());
    await expect(removal).rejects.toThrow();
  });
});

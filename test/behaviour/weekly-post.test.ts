import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Hand } from '../helpers/screen.ts';
import { openWorld, platforms, type World } from '../helpers/world.ts';
import { flat, follow, onlyOn } from './refer-scene.ts';
import { liveThroughTheWeek, pass, picturesOf, placeOf, tuesday, untilMonday, weeksOf } from './weekly-scene.ts';

/** Bea oversees as a director here, so that a second person can come too late. */
const withDirector = (text: string): string => text.replace('roles: [billing]', 'roles: [director]');
const isPng = (png: Uint8Array): boolean => Buffer.from(png.subarray(0, 4)).toString('hex') === '89504e47';

describe.each(platforms)('the weekly post on %s', (platform) => {
  let world: World;
  let maya: Hand;
  let jon: Hand;
  let dana: Hand;
  let bea: Hand;
  beforeAll(async () => {
    world = await openWorld({ at: tuesday, organisation: withDirector });
    [maya, jon] = [await onlyOn(world, platform, 'maya'), await onlyOn(world, platform, 'jon')];
    [dana, bea] = [await onlyOn(world, platform, 'dana'), await onlyOn(world, platform, 'bea')];
    await liveThroughTheWeek(world, maya, jon);
    await pass(world, untilMonday - 11 - 0.1);
  });
  afterAll(() => world.close());
  const then = follow;
  const week = (hand: Hand): string => weeksOf(hand).join('\n');

  it('is not there before Monday 07:45', () => {
    expect(weeksOf(dana)).toEqual([]);
  });

  it('stands in the supervisor’s direct messages then, and nowhere else', async () => {
    await pass(world, 0.1);
    expect(weeksOf(dana)).toHaveLength(1);
    expect(week(dana)).toContain('East team · 16–22 Nov');
    for (const other of [maya, jon, bea]) expect(weeksOf(other)).toEqual([]);
    expect(placeOf(maya).join()).not.toContain('16–22 Nov');
  });

  it('begins with what to look at first, each with its reason', () => {
    expect(week(dana)).toContain(
      'Look at first 1. K7T2-9 was missed 3 times in a row · high tier, nobody answered since',
    );
  });

  it('shows pictures with words for those who do not see them', async () => {
    const pictures = await picturesOf(world, dana);
    expect(pictures.length).toBeGreaterThanOrEqual(2);
    for (const { png } of pictures) expect(isPng(png)).toBe(true);
    expect(pictures[0]?.alt).toContain('Load of 3 coordinators against the ceiling');
  });

  it('says every number as text too: load, ages, reach, work out of hours, taps', async () => {
    const first = week(dana);
    const rest = platform === 'teams' ? flat((await then(world, dana.presses('Next ›'))).text) : '';
    if (platform === 'teams') await then(world, dana.presses('‹ Previous'));
    const all = `${first} ${rest}`;
    expect(all).toContain('Follow-ups overdue at the end (1) 0–2 days 1 · 3–7 days 0 · 8–14 days 0 · 15+ days 0');
    expect(all).toContain('50% of 6 attempts');
    expect(all).toContain('phone 2 of 3 · video 1 of 1 · visit 0 of 1 · text 0 of 1');
    expect(all).toContain('K7T2-9 3× (high, last Tue 17 Nov)');
    expect(all).toContain('1 of 6 contacts before or after hours, 0 on days off');
    expect(all).toContain('Taps a contact 1 (6 for 6)');
    expect(all).toContain('high 0 · medium 50 · low 20');
  });

  it('names no client', () => {
    for (const name of ['Dan', 'Dee', 'Eve', 'Elm', 'Fay', 'Fox', 'born']) {
      expect(week(dana)).not.toMatch(new RegExp(`\\b${name}\\b`));
    }
  });

  it('is marked as reviewed with what will be done: every copy says who and what, and offers it no more', async () => {
    const form = await then(world, dana.presses('Mark reviewed'));
    expect(form.form?.fields).toEqual(['action', 'words']);
    const done = await then(world, dana.fills({ action: 'outreach-planned', words: 'Visit K7T2-9 on Tuesday.' }));
    expect(done.text).toContain('Reviewed: East team, 16–22 Nov. The figures are kept as they stand now.');
    expect(week(dana)).toContain('Reviewed by Dana Whitfield on Mon 23 Nov outreach is planned for those not reached.');
    expect(week(dana)).not.toContain('[Mark reviewed]');
  });

  it('keeps the figures as they were reviewed, whatever is corrected afterwards', async () => {
    const before = week(dana);
    await maya.types('log M4XR-1 phone no-answer on 2026-11-20 fu 2026-12-02');
    await world.store.inOrganisation(
      'riverside',
      (tx) =>
        tx.db.$executeRaw`update delivery set stale = true where organisation_id = 'riverside' and state = 'sent'`,
    );
    await pass(world, 0);
    expect(week(dana)).toBe(before);
  });

  it('tells a second person who was first', async () => {
    await then(world, bea.types('report team:east'));
    expect(week(bea)).not.toContain('[Mark reviewed]');
    const stored = await world.store.inOrganisation('riverside', (tx) => tx.db.weekReview.findMany());
    expect(stored.map(({ reviewedBy, action }) => [reviewedBy, action])).toEqual([['dana', 'outreach-planned']]);
    expect(Buffer.from(stored[0]?.words ?? []).toString('utf8')).not.toContain('Visit');
  });

  it('counts the weeks nobody reviewed in the next post, and opens them from there', async () => {
    await pass(world, 14 * 24);
    await pass(world, 7 * 24);
    expect(weeksOf(dana).at(-1)).toContain('East team · 7–13 Dec');
    expect(weeksOf(dana).at(-1)).toContain('1 earlier week not reviewed.');
    const opened = await then(world, dana.presses('Open week of Mon 30 Nov'));
    expect(flat(opened.text)).toContain('30 Nov – 6 Dec');
    expect(opened.buttons).toContain('Mark reviewed');
  });

  it('offers unreviewed weeks on the supervisor’s home tab, and on nobody else’s', async () => {
    expect(flat((await then(world, dana.opensHome())).text)).toContain('2 weeks not reviewed.');
    expect(flat((await then(world, maya.opensHome())).text)).not.toContain('not reviewed');
  });
});

describe.each(platforms)('the weekly post of a team that is closed on its day, on %s', (platform) => {
  let world: World;
  let dana: Hand;
  beforeAll(async () => {
    world = await openWorld({
      at: tuesday,
      organisation: (text) => text.replace('closures: ["2026-11-26"', 'closures: ["2026-11-23", "2026-11-26"'),
    });
    dana = await onlyOn(world, platform, 'dana');
  });
  afterAll(() => world.close());

  it('waits for the next working day, at the same local time, and shows a week in which nothing happened', async () => {
    await pass(world, untilMonday);
    await pass(world, 23.9);
    expect(weeksOf(dana)).toEqual([]);
    await pass(world, 0.1);
    expect(weeksOf(dana)).toHaveLength(1);
    expect(weeksOf(dana)[0]).toContain('East team · 16–22 Nov Nothing stands out.');
  });
});

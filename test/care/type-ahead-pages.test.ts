import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { typed } from '../helpers/fill-clients.ts';
import { expectWithinBudget, openCrowd, type Crowd } from './type-ahead-scene.ts';

describe('a search while typing, among 10,000 clients', () => {
  let crowd: Crowd;
  beforeAll(async () => {
    crowd = await openCrowd(10_000);
  });
  afterAll(() => crowd.close());

  it('reads few pages, offers the first 100 and says that there are more', () => expectWithinBudget(crowd));

  it.each([
    ['two frequent ones', 'maria marti'],
    ['three', 'maria marti mart'],
    ['a frequent and a rare one', `ma ${typed.rare}`],
    ['the same twice', 'mar mar'],
    ['two that nobody bears together', 'maria james'],
  ])('finds of several words, %s, whoever bears all of them, up to a hundred', async (_, letters) => {
    for (const who of ['coordinator', 'supervisor'] as const) {
      const all = new Set(await crowd.bearing(who, [...new Set(letters.split(' '))]));
      const { ids, more } = await crowd.search(who, letters);
      expect(ids.filter((id) => !all.has(id))).toEqual([]);
      expect(new Set(ids).size, who).toBe(Math.min(100, all.size));
      expect(more, who).toBe(all.size > 100);
    }
  });

  it('finds of several words what they have in common, own clients first', async () => {
    const both = await crowd.search('supervisor', typed.both);
    const one = await crowd.search('supervisor', 'maria');
    expect(both.found).toBeLessThanOrEqual(one.found);
    expect(both.found).toBeGreaterThan(0);
    const { found } = await crowd.search('coordinator', 'zzzz');
    expect(found).toBe(0);
  });
});

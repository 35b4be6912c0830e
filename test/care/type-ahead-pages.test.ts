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

  it('finds of several words what they have in common, own clients first', async () => {
    const both = await crowd.search('supervisor', typed.both);
    const one = await crowd.search('supervisor', 'maria');
    expect(both.found).toBeLessThanOrEqual(one.found);
    expect(both.found).toBeGreaterThan(0);
    const { found } = await crowd.search('coordinator', 'zzzz');
    expect(found).toBe(0);
  });
});

import { describe, it } from 'vitest';
import { expectWithinBudget, openCrowd } from './type-ahead-scene.ts';

describe('a search while typing, by size', () => {
  it.each([100_000, 1_000_000])(
    'stays within its pages with %i clients',
    async (count) => {
      const crowd = await openCrowd(count);
      await expectWithinBudget(crowd);
      await crowd.close();
    },
    1_800_000,
  );
});

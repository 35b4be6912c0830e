import { expect, it } from 'vitest';
import { compareDigests } from './digest-reference-run.ts';

/** Ten thousand of them: test/faults/digest-reference.faults.ts, every night. */
it('a digest read by SQL is what plain loops find, over all nouns, on 40 random data sets', async () => {
  const { compared, shown } = await compareDigests(40, 20_261_123);
  expect(compared).toBe(40);
  expect(shown).toBeGreaterThan(80);
}, 120_000);

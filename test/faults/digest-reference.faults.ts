import { expect, it } from 'vitest';
import { compareDigests } from '../care/digest-reference-run.ts';

/** FAULTS_SEED repeats a night's sets. */
const seed = Number(process.env['FAULTS_SEED'] ?? 20261123);

it('a digest read by SQL is what plain loops find, over all nouns, on 10,000 random data sets', async () => {
  const { compared, shown } = await compareDigests(10_000, seed);
  expect(compared).toBe(10_000);
  expect(shown).toBeGreaterThan(20_000);
}, 1_800_000);

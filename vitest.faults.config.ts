import { defineConfig } from 'vitest/config';

/**
 * Real processes, killed for real: minutes, not seconds, so apart from `npm test`. Run with
 * `npx vitest run --config vitest.faults.config.ts`; FAULTS_SEED repeats a run's choices.
 */
export default defineConfig({
  cacheDir: 'node_modules/.cache/vitest',
  test: {
    include: ['test/**/*.faults.ts'],
    globalSetup: ['test/faults/build-service.mjs'],
    pool: 'forks',
    // One file at a time: each measures how long a service takes to come back.
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 300_000,
    teardownTimeout: 20_000,
    allowOnly: false,
  },
});

import { defineConfig } from 'vitest/config';

/**
 * What takes minutes, not seconds, so apart from `npm test`: real processes killed for real, thousands of data sets. Run with
 * `npm run test:nightly`; FAULTS_SEED repeats a run's choices.
 */
export default defineConfig({
  cacheDir: 'node_modules/.cache/vitest',
  test: {
    include: ['test/**/*.faults.ts'],
    globalSetup: ['test/faults/build-service.mjs', 'test/helpers/global-database.ts'],
    pool: 'forks',
    // One file at a time: each measures how long a service takes to come back.
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 300_000,
    teardownTimeout: 20_000,
    allowOnly: false,
  },
});

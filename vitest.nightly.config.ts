import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** Files of `npm test` that the night goes through more deeply: they ask one of these three. */
const deeper = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts') && !name.startsWith('page'))
  .map((name) => path.posix.join('test', name.split(path.sep).join('/')))
  .filter((name) => /helpers\/(property-runs|generated-platforms|fault-rows)\.ts'/.test(readFileSync(name, 'utf8')));

/**
 * What takes minutes, not seconds, so apart from `npm test`: real processes killed for real, thousands of data sets. Run with
 * `npm run test:nightly`; FAULTS_SEED repeats a run's choices.
 */
export default defineConfig({
  cacheDir: 'node_modules/.cache/vitest',
  test: {
    include: ['test/**/*.faults.ts', ...deeper],
    // Ten times the runs of `npm test`, both platforms where that takes one, every row of a table of faults.
    env: { BATON_PROPERTY_RUNS: '2000', BATON_BOTH_PLATFORMS: '1', BATON_ALL_FAULTS: '1' },
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

import { defineConfig } from 'vitest/config';

/** The simulator's page in a real browser: needs a Chromium on this computer (`npm run test:page`). */
export default defineConfig({
  cacheDir: 'node_modules/.cache/vitest-page',
  test: {
    include: ['test/page/**/*.test.ts'],
    globalSetup: ['test/helpers/global-database.ts'],
    pool: 'forks',
    // One browser and one service at a time.
    maxWorkers: 1,
    isolate: false,
    // What the page will show may take as long as a busy computer takes; what it never shows still ends the test.
    expect: { poll: { timeout: 20_000 } },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    allowOnly: false,
  },
});

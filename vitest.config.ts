import { defineConfig } from 'vitest/config';

/** The whole suite but the page: needs Node and npm, nothing else. */
export default defineConfig({
  cacheDir: 'node_modules/.cache/vitest',
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/page/**'],
    setupFiles: ['test/helpers/note-running-file.ts'],
    globalSetup: ['test/helpers/global-database.ts'],
    // One process keeps its modules for all its files: importing both platforms' SDKs once a file costs 20 times as
    // much. So a test file must leave nothing behind: no fake timers, no changed environment, no open server.
    pool: 'forks',
    isolate: false,
    // Two cores are what continuous integration has; more workers only slow the deadlines under test.
    maxWorkers: 2,
    // Only for what would never end: a busy computer must not make a test fail.
    testTimeout: 120_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 30_000, interval: 20 } },
    teardownTimeout: 20_000,
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    allowOnly: false,
    coverage: { provider: 'v8', include: ['src/**/*.ts'], exclude: ['src/generated/**'], reportsDirectory: 'coverage' },
  },
});

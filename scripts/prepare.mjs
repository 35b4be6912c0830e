import { canBuild } from './freshness.mjs';

/**
 * `npm ci` builds the service, so that `npm start` has nothing left to do. Where the sources or the tools were left
 * out (`--omit=dev`, an installed package) there is nothing to build, which is no failure.
 */
if (canBuild()) {
  try {
    const { build } = await import('./build.mjs');
    await build();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}

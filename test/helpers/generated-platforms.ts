import { platforms } from './world.ts';

/**
 * Where generated forgeries are tried: each is read by the same rules behind either platform, so `npm test` sends them
 * through one, and the night through both.
 */
export const generatedPlatforms: readonly (typeof platforms)[number][] =
  process.env['BATON_BOTH_PLATFORMS'] === '1' ? platforms : ['slack'];

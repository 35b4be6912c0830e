import { build } from '../../scripts/build.mjs';

/** What is killed is the compiled service, so it has to be what the sources say. */
export async function setup() {
  await build();
}

import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { canBuild, dist, inRoot, whatIsStale } from './freshness.mjs';

/** Runs dist/<entry> in this process, so that signals reach it; builds first when dist/ is not what the sources say. */
export async function runBuilt(entry) {
  const script = path.join(dist, entry);
  const problem = await makeReady(script);
  if (problem !== undefined) {
    console.error(problem);
    process.exitCode = 1;
    return;
  }
  // What runs sees itself as the program, with its own arguments after it.
  process.argv[1] = script;
  await import(pathToFileURL(script).href);
}

/** Why it cannot run, in words for the person at the terminal; undefined when it can. */
async function makeReady(script) {
  const built = existsSync(script);
  if (!canBuild()) {
    if (built) return undefined;
    return existsSync(inRoot('node_modules'))
      ? 'Baton is not built yet and this installation has no tools to build it. Run: npm ci && npm run build (afterwards npm prune --omit=dev keeps what is built).'
      : 'Baton is not installed yet. Run: npm ci && npm start';
  }
  const stale = whatIsStale();
  if (built && !stale.server && !stale.page) return undefined;
  try {
    console.error(built ? 'The sources changed: building Baton.' : 'Building Baton, once.');
    const { build } = await import('./build.mjs');
    await build();
    return existsSync(script) ? undefined : `The build made no ${path.basename(script)}.`;
  } catch (error) {
    if (error.code === 'EACCES' || error.code === 'EPERM' || error.code === 'EROFS') {
      if (built) return undefined;
      return 'Baton is not built yet and this user may not write here. As the owner of this folder run: npm run build';
    }
    return error.message;
  }
}

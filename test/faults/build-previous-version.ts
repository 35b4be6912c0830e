import { execFile } from 'node:child_process';
import { readdir, readFile, symlink } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const packageSchema = z.object({ version: z.string() });

/** Says that this is a copy without history, so that there is no previous version to build. */
export const withoutHistory = process.env['BATON_NO_HISTORY'] === '1';

const whatToDo =
  'The version before this one cannot be built: its last commit is not in the history of this checkout. ' +
  'Fetch the whole history (git fetch --unshallow), or say with BATON_NO_HISTORY=1 that this is a copy without one.';

async function git(...words: string[]): Promise<string> {
  try {
    return (await run('git', words, { cwd: root, maxBuffer: 1 << 24 })).stdout.trim();
  } catch (error) {
    throw new Error(whatToDo, { cause: error });
  }
}

const versionIn = (text: string): string => packageSchema.parse(JSON.parse(text)).version;
const versionAt = async (commit: string): Promise<string> => versionIn(await git('show', `${commit}:package.json`));

/** By major and minor: a patch begins no version of its own. */
function isLower(one: string, other: string): boolean {
  const [[major = 0, minor = 0] = [], [otherMajor = 0, otherMinor = 0] = []] = [one, other].map((version) =>
    version.split('.').map(Number),
  );
  return major === otherMajor ? minor < otherMinor : major < otherMajor;
}

/** The last commit of the version before this checkout's. */
async function findPreviousVersion(): Promise<{ readonly commit: string; readonly version: string }> {
  const now = versionIn(await readFile(path.join(root, 'package.json'), 'utf8'));
  // Only commits that touched the file: the version began with one of them, and the one before that is its parent.
  let candidate = 'HEAD';
  for (const commit of (await git('log', '--format=%H', '--', 'package.json')).split('\n')) {
    const version = await versionAt(candidate);
    if (isLower(version, now)) return { commit: await git('rev-parse', candidate), version };
    candidate = `${commit}^`;
  }
  throw new Error(whatToDo);
}

export interface PreviousVersion {
  readonly version: string;
  readonly commit: string;
  /** Its compiled service and command line. */
  readonly service: string;
  readonly commandLine: string;
  /** Names of its migrations, in order. */
  readonly migrations: readonly string[];
}

/** Writes the version before this one into a folder and builds it there as it built itself, with this checkout's packages. */
export async function buildPreviousVersion(folder: string): Promise<PreviousVersion> {
  const { commit, version } = await findPreviousVersion();
  const archive = path.join(folder, 'source.tar');
  const checkout = path.join(folder, 'checkout');
  await git('archive', `--prefix=checkout/`, `--output=${archive}`, commit);
  await run('tar', ['-x', '-f', archive, '-C', folder]);
  await symlink(path.join(root, 'node_modules'), path.join(checkout, 'node_modules'));
  await run(process.execPath, ['scripts/build.mjs'], { cwd: checkout, maxBuffer: 1 << 24 });
  const built = (entry: string): string => path.join(checkout, 'dist', entry);
  const migrations = (await readdir(path.join(checkout, 'prisma/migrations')))
    .filter((name) => /^\d/.test(name))
    .sort();
  return { version, commit, service: built('main.js'), commandLine: built('cli.js'), migrations };
}

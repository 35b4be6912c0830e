import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/**
 * Whether dist/ is what the sources say. By content, not by time of change: a checkout or a copy touches every file.
 * Cheap enough to ask before every command (well under 0.1 s).
 */
export const root = path.resolve(import.meta.dirname, '..');
export const inRoot = (...parts) => path.join(root, ...parts);
export const dist = inRoot('dist');
export const pageFolder = 'src/simulator/page';
const recordFile = path.join(dist, '.build.json');

const requireFromRoot = createRequire(inRoot('package.json'));

/** The folder of an installed package, or undefined when this installation left it out. */
export function packageFolder(name) {
  try {
    return path.dirname(requireFromRoot.resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}

/** Paths of all files under a folder, from the root and sorted. */
export function filesUnder(folder) {
  if (!existsSync(inRoot(folder))) return [];
  return readdirSync(inRoot(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
}

const isOfThePage = (file) => file.startsWith(`${pageFolder}/`);

/** What dist/ is made of, without generated code and without the page. */
export const serverSources = () =>
  filesUnder('src').filter((file) => !file.startsWith('src/generated/') && !isOfThePage(file));

/** A digest over names and contents; a file that is not there counts too. */
export function digest(files) {
  const hash = createHash('sha256');
  for (const file of files) {
    const content = existsSync(inRoot(file)) ? readFileSync(inRoot(file)) : 'none';
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

const settings = ['package.json', 'scripts/build.mjs', 'tsconfig.json', 'tsconfig.build.json'];

export const serverDigest = () => digest([...serverSources(), 'prisma/schema.prisma', ...settings]);
export const pageDigest = () => digest([...filesUnder(pageFolder), ...settings]);
export const schemaDigest = () => digest(['prisma/schema.prisma', 'package.json']);

/** Sources are there and the tools to build them too. The page may be left out: it needs Vite, a development tool. */
export const canBuild = () =>
  existsSync(inRoot('src/main.ts')) &&
  packageFolder('typescript') !== undefined &&
  packageFolder('prisma') !== undefined;
export const canBuildPage = () => existsSync(inRoot(pageFolder)) && packageFolder('vite') !== undefined;

/** What the last build wrote down: digests of what it was made of. */
export function readRecord() {
  try {
    return JSON.parse(readFileSync(recordFile, 'utf8'));
  } catch {
    return {};
  }
}
export const recordPath = recordFile;

/** Which parts of dist/ are missing or older than their sources. */
export function whatIsStale() {
  const record = readRecord();
  return {
    server: !existsSync(path.join(dist, 'main.js')) || record.server !== serverDigest(),
    page: canBuildPage() && record.page !== pageDigest(),
  };
}

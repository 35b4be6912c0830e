import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  canBuildPage,
  dist,
  filesUnder,
  inRoot,
  packageFolder,
  pageDigest,
  pageFolder,
  readRecord,
  recordPath,
  root,
  schemaDigest,
  serverDigest,
  serverSources,
  whatIsStale,
} from './freshness.mjs';

/**
 * Makes dist/ from the sources: the database client, the server, the simulator's page. Does only what is stale.
 * Nothing goes to standard output, which belongs to the command that asked for the build.
 *
 * `check` also checks types; without it the build only translates, because `npm test` checks them anyway.
 */
export async function build({ check = false } = {}) {
  mkdirSync(dist, { recursive: true });
  const release = await takeLock(path.join(dist, '.lock'));
  try {
    const stale = whatIsStale();
    const record = readRecord();
    await generateClient();
    const jobs = [];
    if (stale.server || (check && record.checked !== record.server)) jobs.push(buildServer(check));
    if (stale.page) jobs.push(buildPage());
    // Both are waited for, so that no compiler is left running behind a failure.
    const failed = (await Promise.allSettled(jobs)).find((job) => job.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    if (jobs.length > 0) writeRecord(record, check);
  } finally {
    release();
  }
}

/** Generates the database client when the schema or Prisma's version changed. */
export async function generateClient() {
  const stamp = inRoot('src/generated/.made-from');
  const wanted = schemaDigest();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  await runTool('prisma', 'build/index.js', ['generate', '--no-hints', '--schema', 'prisma/schema.prisma'], {
    // Generating needs no engine; without a stand-in Prisma would look for one to download.
    PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  });
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

async function buildServer(check) {
  const made = dropOrphans();
  const memory = path.join(dist, '.tsbuildinfo');
  // The compiler trusts its memory of what it wrote, so a file deleted by hand must make it forget.
  if (made.some((file) => !existsSync(file))) rmSync(memory, { force: true });
  const compile = ['-p', 'tsconfig.build.json', '--incremental', '--tsBuildInfoFile', memory, '--pretty', 'false'];
  await runTool('typescript', 'bin/tsc', check ? compile : [...compile, '--noCheck']);
  for (const file of serverSources().filter((name) => !isCompiled(name))) {
    mkdirSync(path.dirname(inDist(file)), { recursive: true });
    copyFileSync(inRoot(file), inDist(file));
  }
}

const isCompiled = (file) => /\.tsx?$/.test(file);
const inDist = (file) => path.join(dist, path.relative('src', file));
const compiledName = (file) => inDist(file).replace(/\.tsx?$/, '.js');

/** Deletes what stands in dist/ without a source; returns what the sources compile to. */
function dropOrphans() {
  const sources = [...serverSources(), ...filesUnder('src/generated')].filter((file) => !file.endsWith('.d.ts'));
  const expected = new Set(sources.map(compiledName));
  const own = (file) => path.basename(file).startsWith('.') || file.startsWith('dist/simulator/page/');
  for (const file of filesUnder('dist').filter((name) => !own(name))) {
    const source = inRoot(file.replace(/\.map$/, ''));
    if (!expected.has(source)) rmSync(inRoot(file));
  }
  return sources.filter(isCompiled).map(compiledName);
}

const buildPage = () =>
  runTool('vite', 'bin/vite.js', [
    'build',
    inRoot(pageFolder),
    '--outDir',
    path.join(dist, 'simulator/page'),
    '--emptyOutDir',
    '--logLevel',
    'warn',
  ]);

function writeRecord(before, check) {
  const server = serverDigest();
  const checked = check ? server : before.checked;
  const page = canBuildPage() ? pageDigest() : undefined;
  writeFileSync(recordPath, `${JSON.stringify({ server, page, checked }, undefined, 2)}\n`);
}

/** Runs a tool of node_modules with all its words on standard error. */
function runTool(name, script, args, environment = {}) {
  const folder = packageFolder(name);
  if (folder === undefined) throw new Error(`${name} is not installed: run npm ci.`);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(folder, script), ...args], {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 2, 2],
    });
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`The build stopped: ${name} found what stands above.`)),
    );
  });
}

/** One build at a time in one checkout; a lock whose builder is gone is nobody's. */
async function takeLock(file) {
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (isAbandoned(file)) rmSync(file, { force: true });
    else await pause(100);
  }
}

function isAbandoned(file) {
  try {
    const holder = Number(readFileSync(file, 'utf8'));
    // An empty file was made this instant: its builder is about to write its number.
    if (holder > 0) process.kill(holder, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await build({ check: true });
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}

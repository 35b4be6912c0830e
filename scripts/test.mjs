import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { build } from './build.mjs';
import { inRoot, packageFolder, pageFolder, root } from './freshness.mjs';

/**
 * `npm test`: build, types, lint, format and the tests; every step runs whatever the others found. Arguments go to
 * vitest; when they choose tests, by file or by name, only
 * the build and those tests run.
 *
 * The last line is `N passed, N failed`: each step and each test counts once.
 */
const toVitest = process.argv.slice(2);
const chosen = namesTests(toVitest);
/** Minutes a test file, and all of them, may take: a loop without an end holds up every limit inside its process. */
const fileMinutes = Number(process.env.BATON_TEST_FILE_MINUTES ?? 10);
const allMinutes = Number(process.env.BATON_TEST_MINUTES ?? 60);
/** test/helpers/note-running-file.ts keeps here which file each worker is at. */
const running = inRoot('node_modules/.cache/vitest-running');
const results = inRoot('node_modules/.cache/vitest-results.json');
const steps = [];

const typesOf = (project) => [
  'typescript',
  'bin/tsc',
  ['--noEmit', '-p', project, '--incremental', '--tsBuildInfoFile', cacheOf(project)],
];
const cacheOf = (project) => inRoot('node_modules/.cache/types', `${project.replaceAll('/', '-')}.tsbuildinfo`);

await step('build', async () => {
  await build();
});
if (chosen) {
  console.log(
    'Only the build and the tests asked for: types, lint and format are left to `npm test` without a choice.',
  );
} else {
  const page = `${pageFolder}/tsconfig.json`;
  // Two at a time, for two cores; the tests come after, alone, because they measure deadlines.
  await Promise.all([
    step('types', async () => {
      await runQuietly(...typesOf('tsconfig.json'));
      if (existsSync(inRoot(page))) await runQuietly(...typesOf(page));
    }),
    step('lint and format', async () => {
      await runQuietly('eslint', 'bin/eslint.js', ['.', '--max-warnings', '0']);
      await runQuietly('prettier', 'bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']);
    }),
  ]);
}
const tests = await runTests();

const failedSteps = steps.filter(({ failed }) => failed);
for (const { name } of failedSteps) console.log(`The step "${name}" failed: its words stand above.`);
for (const sentence of tests.sentences) console.log(sentence);
const passed = steps.length - failedSteps.length + tests.passed;
const failed = failedSteps.length + tests.failed;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function step(name, work) {
  // Wall time for the person who waits; no decision hangs on it.
  const started = Date.now();
  try {
    await work();
    steps.push({ name, failed: false });
    console.log(`✓ ${name} (${seconds(started)})`);
  } catch (error) {
    steps.push({ name, failed: true });
    console.log(`✗ ${name} (${seconds(started)})\n${error.message}`);
  }
}

function minutesSince(moment = Date.now()) {
  return (Date.now() - moment) / 60_000;
}

function seconds(started) {
  return `${((Date.now() - started) / 1000).toFixed(1)} s`;
}

/** Runs a tool; what it says is shown only when it fails, in one piece. */
async function runQuietly(name, script, args) {
  const words = [];
  const child = startTool(name, script, args, ['ignore', 'pipe', 'pipe']);
  child.stdout.on('data', (chunk) => words.push(chunk));
  child.stderr.on('data', (chunk) => words.push(chunk));
  const code = await ended(child);
  if (code !== 0) throw new Error(Buffer.concat(words).toString('utf8').trimEnd() || `${name} ended with ${code}.`);
}

/** Runs vitest and counts by its own report. A file that cannot be loaded is a failure, though it holds no tests. */
async function runTests() {
  mkdirSync(path.dirname(results), { recursive: true });
  rmSync(results, { force: true });
  rmSync(running, { recursive: true, force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
  // A group of its own, so that its workers end with it.
  const vitest = startTool('vitest', 'vitest.mjs', ['run', ...reporters, ...toVitest], 'inherit', true);
  const endTogether = (signal) => process.kill(-vitest.pid, signal);
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => {
      endTogether(signal);
      process.exitCode = 1;
    });
  }
  const started = Date.now();
  let tooLong;
  const watch = setInterval(() => {
    const notes = existsSync(running) ? readdirSync(running).map((name) => path.join(running, name)) : [];
    const file = notes.find((note) => minutesSince(statSync(note, { throwIfNoEntry: false })?.mtimeMs) > fileMinutes);
    if (file === undefined && minutesSince(started) <= allMinutes) return;
    const names = (file === undefined ? notes : [file]).map((note) => path.relative(root, readFileSync(note, 'utf8')));
    tooLong = `The tests were ended after ${Math.ceil(minutesSince(started))} minutes: ${names.join(' and ') || 'nothing'} did not end. Perhaps a loop without an end; BATON_TEST_FILE_MINUTES and BATON_TEST_MINUTES are the limits.`;
    clearInterval(watch);
    endTogether('SIGKILL');
  }, 1_000);
  const code = await ended(vitest);
  clearInterval(watch);
  if (tooLong !== undefined) return { passed: 0, failed: 1, sentences: [tooLong] };
  if (!existsSync(results))
    return { passed: 0, failed: 1, sentences: [`vitest ended with ${code} and left no report.`] };
  const report = JSON.parse(readFileSync(results, 'utf8'));
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  );
  const failed = report.numFailedTests + broken.length;
  const sentences = broken.map(({ name }) => `${path.relative(root, name)} could not be run.`);
  const skipped = report.numPendingTests + report.numTodoTests;
  if (skipped > 0) sentences.push(`${skipped} tests were skipped.`);
  if (code !== 0 && failed === 0) sentences.push(`vitest ended with ${code}, outside any test.`);
  return { passed: report.numPassedTests, failed: code !== 0 && failed === 0 ? 1 : failed, sentences };
}

/**
 * Whether the arguments choose tests: by file, or by name with `-t`. The value of another option chooses nothing.
 */
function namesTests(given) {
  const byName = /^(-t|--testNamePattern)(=|$)/;
  const takesValue = /^(--project|--maxWorkers|--reporter|--testTimeout|--retry|--bail|--config|-c)$/;
  return given.some(
    (argument, at) => byName.test(argument) || (!argument.startsWith('-') && !takesValue.test(given[at - 1] ?? '')),
  );
}

function startTool(name, script, args, stdio, detached = false) {
  const folder = packageFolder(name);
  if (folder === undefined) throw new Error(`${name} is not installed: run npm ci.`);
  return spawn(process.execPath, [path.join(folder, script), ...args], {
    cwd: root,
    env: process.env,
    stdio,
    detached,
  });
}

function ended(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? signal));
  });
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { parseArgs } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Starts the service of a checkout as a person would, waits until it is ready, stops it and waits until it is gone.
 * With `--or-says`, a service that stops by itself is right too when its words match.
 *
 *   node .ci/check-start.mjs --checkout DIR [--state DIR] [--or-says PATTERN]
 */
const { values: options } = parseArgs({
  options: { checkout: { type: 'string' }, state: { type: 'string' }, 'or-says': { type: 'string' } },
});
const readyWithin = 180_000;
const goneWithin = 20_000;

const port = await freePort();
const words = [];
const service = spawn('npm', ['start'], {
  cwd: options.checkout,
  env: environment(),
  detached: true,
  stdio: ['ignore', 'pipe', 'pipe'],
});
for (const stream of [service.stdout, service.stderr]) stream.on('data', (chunk) => words.push(chunk));
const ended = once(service, 'exit');
// Whatever happens here, nothing of it lives on.
process.once('exit', () => signal('SIGKILL'));

const started = Date.now();
const outcome = await Promise.race([ready(), ended.then(() => 'ended')]);
if (outcome === 'ended') {
  const said = Buffer.concat(words).toString('utf8');
  const pattern = options['or-says'];
  const helpful = pattern !== undefined && new RegExp(pattern).test(said);
  finish(helpful, helpful ? `It did not start, and said why:\n${said}` : `It stopped before it was ready:\n${said}`);
} else if (outcome === 'late') {
  finish(false, `It was not ready after ${readyWithin / 1000} s:\n${Buffer.concat(words).toString('utf8')}`);
} else {
  const readyAfter = Date.now() - started;
  service.kill('SIGTERM');
  const stopping = Date.now();
  const gone = await allGone();
  finish(
    gone,
    `Ready after ${readyAfter} ms, ${gone ? `gone after ${Date.now() - stopping} ms` : 'but it did not stop'}.`,
  );
}

function finish(right, sentence) {
  console.log(sentence);
  process.exit(right ? 0 : 1);
}

/** Settings of whoever runs this must not decide what is checked. */
function environment() {
  const own =
    /^(BATON_|SLACK_|MICROSOFT_|TEAMS_|DATABASE_(APP_|WORKER_)?URL$|HOST$|PORT$|npm_(lifecycle|package|command))/;
  const kept = Object.entries(process.env).filter(([name]) => !own.test(name));
  const state = options.state === undefined ? {} : { BATON_STATE_DIR: options.state };
  return { ...Object.fromEntries(kept), ...state, PORT: String(port) };
}

async function answers(path) {
  try {
    return (await fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(5_000) })).status;
  } catch {
    return 0;
  }
}

async function ready() {
  while (Date.now() - started < readyWithin) {
    if ((await answers('/readyz')) === 200) return 'ready';
    await pause(100);
  }
  return 'late';
}

/** True when no process of the service is left: npm may be gone long before what it started. */
async function allGone() {
  const until = Date.now() + goneWithin;
  while (Date.now() < until) {
    if (!signal(0)) return true;
    await pause(50);
  }
  return false;
}

/** Signals every process of the service; false when there is none. */
function signal(name) {
  try {
    return process.kill(-service.pid, name);
  } catch (error) {
    if (error.code === 'ESRCH') return false;
    throw error;
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address();
  server.close();
  await once(server, 'close');
  return free;
}

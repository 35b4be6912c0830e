import { readFile, mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { URLSearchParams } from 'node:url';
import { openServer, query } from './databases.mjs';
import { applyOrganisation, importClients, makeCoordinators, masterKey, slackTenant } from './organisation.mjs';
import { startService } from './processes.mjs';
import { signedHeaders, signingSecret } from './slack-requests.mjs';
import { openSlackApi } from './slack-api.mjs';
import { loadAverage } from './machine.mjs';

/**
 * `node bench/replica-load.mjs [FOLDER…]`: one replica under commands that come at a rate, whether it answers or not, from
 * 60 people, with a Slack that takes a second for every answer and tells three messages of ten to come again. Each folder is
 * a built service (default: dist); they take turns. `BENCH_RATES=20,50`, `BENCH_SECONDS=30`.
 */
const folders = process.argv.slice(2).length > 0 ? process.argv.slice(2) : ['dist'];
const rates = (process.env.BENCH_RATES ?? '20,50').split(',').map(Number);
const seconds = Number(process.env.BENCH_SECONDS ?? 30);
const more = JSON.parse(process.env.BENCH_SETTINGS ?? '{}');
const people = makeCoordinators(60);
const share = (part, whole) => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;

const files = await mkdtemp(path.join(tmpdir(), 'baton-load-'));
const server = await openServer();
const slack = await openSlackApi({ latency: 1_000, throttled: 0.3 });
const settings = (url) => ({
  PORT: '0',
  HOST: '127.0.0.1',
  BATON_MASTER_KEY: masterKey,
  SLACK_SIGNING_SECRET: signingSecret,
  SLACK_BOT_TOKEN: 'xoxb-of-the-bench',
  SLACK_API_URL: slack.url,
  DATABASE_URL: url,
  LOG_LEVEL: 'silent',
});

try {
  const first = await server.create('first');
  await applyOrganisation(files, settings(first), people);
  const codes = await importClients(files, settings(first), people);
  await query(first, 'analyze');
  let copy = 0;
  for (const rate of rates) {
    for (const folder of folders) {
      copy += 1;
      const url = await server.create(`load_${copy}`, 'first');
      console.log(JSON.stringify(await measure({ folder, rate, url, codes })));
    }
  }
} finally {
  await slack.stop();
  await server.close();
  await rm(files, { recursive: true, force: true });
}

async function measure({ folder, rate, url, codes }) {
  const service = await startService(`${folder}/main.js`, {
    ...settings(url),
    ...more,
    NODE_OPTIONS: `--import=${path.join(import.meta.dirname, 'count-waits.mjs')}`,
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 500 });
  const seen = { sent: 0, late: 0, busy: 0, failed: 0, taken: [] };
  // Not measured: code is compiled, connections open, plans are made.
  await Promise.all(people.map((one, index) => send(service.url, agent, one, textOf(codes, index, 0))));
  await pause(2_000);
  const before = { ...(await countsOf(service)), cpu: await service.cpu(), starved: await starvedOf(service.pid) };
  const states = [];
  const sampling = sample(url, states);
  const started = performance.now();
  const answers = [];
  for (let turn = 0; turn < rate * seconds; turn += 1) {
    const wait = started + (turn * 1_000) / rate - performance.now();
    if (wait > 1) await pause(wait);
    const index = turn % people.length;
    seen.sent += 1;
    answers.push(
      send(service.url, agent, people[index], textOf(codes, index, turn)).then(
        ({ text, taken }) => {
          seen.taken.push(taken);
          if (text.includes('Working on it')) seen.late += 1;
          else if (text.includes('busy just now')) seen.busy += 1;
          else if (/went wrong/.test(text)) seen.failed += 1;
        },
        () => (seen.failed += 1),
      ),
    );
  }
  await Promise.all(answers);
  const wall = performance.now() - started;
  const after = { ...(await countsOf(service)), cpu: await service.cpu(), starved: await starvedOf(service.pid) };
  await sampling();
  agent.destroy();
  await service.stop();
  const each = (name) => Number(((after[name] - before[name]) / seen.sent).toFixed(2));
  const sorted = seen.taken.toSorted((a, b) => a - b);
  const at = (part) => Math.round(sorted[Math.floor(sorted.length * part)] ?? 0);
  return {
    folder,
    rate,
    commands: seen.sent,
    workingOnIt: share(seen.late, seen.sent),
    busy: share(seen.busy, seen.sent),
    failed: seen.failed,
    ackMs: { p50: at(0.5), p95: at(0.95), p99: at(0.99) },
    heldMs: Number(((after.heldMs - before.heldMs) / (after.holds - before.holds)).toFixed(1)),
    perCommand: {
      holds: each('holds'),
      heldMs: each('heldMs'),
      statements: each('statements'),
      waits: each('waits'),
      queuedMs: each('queuedMs'),
      cpuMs: each('cpu'),
    },
    processor: share(after.cpu - before.cpu, wall),
    starved: share(after.starved - before.starved, wall / 1_000),
    idleInTransaction: share(
      states.filter((state) => state === 'idle in transaction').length,
      states.filter((state) => state !== 'idle').length,
    ),
    load: loadAverage(),
  };
}

/** Six of ten log a contact, the others look. */
function textOf(codes, index, turn) {
  const kind = (turn * 3 + index) % 20;
  if (kind < 12) return `log ${codes[index]} phone reached 15m fu +3d`;
  return kind < 17 ? 'next' : 'help';
}

function send(url, agent, person, text) {
  const body = new URLSearchParams({
    command: '/care',
    text,
    team_id: slackTenant,
    user_id: person.slack,
    channel_id: `D${person.slack.slice(1)}`,
    channel_name: 'directmessage',
    trigger_id: `${performance.now()}.${person.slack}`,
    response_url: `${slack.url}answer`,
  }).toString();
  const headers = signedHeaders(body);
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const sending = request(`${url}/slack/events`, { method: 'POST', headers, agent }, (response) => {
      let said = '';
      response.setEncoding('utf8').on('data', (part) => (said += part));
      response.on('end', () => resolve({ text: said, taken: performance.now() - started }));
    });
    sending.on('error', reject);
    sending.end(body);
  });
}

/** What the service counted so far. */
async function countsOf(service) {
  const before = service.words().length;
  process.kill(service.pid, 'SIGUSR2');
  for (;;) {
    const line = /counts (\{.*\})\n/.exec(service.words().slice(before))?.[1];
    if (line !== undefined) return JSON.parse(line);
    await pause(10);
  }
}

/** Seconds a process was ready to run and did not get a processor: the computer had other things to do. */
async function starvedOf(pid) {
  return Number((await readFile(`/proc/${pid}/schedstat`, 'utf8')).split(' ')[1]) / 1e9;
}

/** Looks five times a second at what the connections do; returns how to end it. */
function sample(url, states) {
  let stopped = false;
  const looking = (async () => {
    const name = new URL(url).pathname.slice(1);
    while (!stopped) {
      const rows = await query(
        url,
        `select state from pg_stat_activity where datname = $1 and pid <> pg_backend_pid() and state is not null`,
        [name],
      );
      states.push(...rows.map(({ state }) => state));
      await pause(200);
    }
  })();
  return async () => {
    stopped = true;
    await looking;
  };
}

import { setTimeout as pause } from 'node:timers/promises';
import { Logger, run } from 'graphile-worker';
import PgBoss from 'pg-boss';
import { Registry } from 'prom-client';
import { wallClock } from '../../dist/clock.js';
import { startDeliveries } from '../../dist/delivery/start-deliveries.js';
import { randomIds } from '../../dist/ids.js';
import { readFailure } from '../../dist/slack/read-failure.js';
import { asOrganisation, query } from '../databases.mjs';
import { interleave, milliseconds, resultOf } from '../measure.mjs';
import { writePosts } from '../write-posts.mjs';

const rounds = 7;
const jobs = 500;
/** Served at once, by each of them. */
const hands = 8;
const batch = 50;
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const card = { kind: 'bench.note', subject: 'note', summary: 'A note.', nodes: [{ kind: 'text', text: 'A note.' }] };

/**
 * Messages that wait, until the last is at a sink in the same process and written down as sent: by Baton's engine, which
 * draws each from the database in the organisation's transaction, and by two general job queues that hand a job to a
 * function; one by one, and with what they have for doing many at a stroke.
 */
export async function benchDelivery({ url, store, graphile, boss, people }) {
  const queue = new PgBoss({ connectionString: boss, supervise: false, schedule: false, max: 10 });
  queue.on('error', () => undefined);
  await queue.start();
  await queue.createQueue('send');
  const worker = graphileSides(graphile);
  let turn = 0;
  const perSecond = (prepare, work) => async () => {
    turn += 1;
    await prepare();
    return jobs / ((await milliseconds(work)) / 1_000);
  };
  const sides = {
    baton: perSecond(
      () => writePosts(url, { count: jobs, people: people.length, salt: `round ${turn}` }),
      () => deliver(url, store),
    ),
    graphile: perSecond(worker.fill, () => worker.drain({})),
    graphileBatches: perSecond(worker.fill, () =>
      worker.drain({ localQueue: { size: batch }, completeJobBatchDelay: 0, failJobBatchDelay: 0 }),
    ),
    boss: perSecond(
      () => fillBoss(queue),
      () => drainBoss(queue, 1),
    ),
    bossBatches: perSecond(
      () => fillBoss(queue),
      () => drainBoss(queue, batch),
    ),
  };
  try {
    await interleave(1, sides);
    const taken = await interleave(rounds, sides);
    const line = (counterpart, theirs) =>
      resultOf({ name: 'delivery to a sink', counterpart, ours: taken.baton, theirs, unit: 'messages/s' });
    return [
      line('graphile-worker 0.17.3, one by one', taken.graphile),
      line('pg-boss 10.4.2, one by one', taken.boss),
      line('graphile-worker 0.17.3, its batches', taken.graphileBatches),
      line('pg-boss 10.4.2, its batches', taken.bossBatches),
    ];
  } finally {
    await queue.stop({ graceful: false });
  }
}

async function deliver(url, store) {
  let taken = 0;
  const sender = {
    readFailure,
    post: async () => ({ ok: true, place: 'D1', messageId: `m${(taken += 1)}` }),
    update: async () => ({ ok: true }),
    remove: async () => ({ ok: true }),
  };
  const engine = startDeliveries({
    ...{ store, clock: wallClock, ids: randomIds, log: quiet, url, registry: new Registry() },
    senders: { slack: sender },
    draw: async () => card,
    parkedCard: { kind: 'deliveries.parked', subject: 'open' },
    pace: { slack: [], teams: [] },
    concurrency: hands,
    batch,
  });
  await engine.idle();
  await engine.stop();
  const [{ open }] = await query(
    url,
    `select count(*)::int as open from delivery where state <> 'sent'`,
    [],
    asOrganisation,
  );
  if (taken !== jobs || open > 0) throw new Error(`${taken} of ${jobs} messages were sent, ${open} are open`);
}

function graphileSides(connectionString) {
  const logger = new Logger(() => () => undefined);
  const open = async (more, send) =>
    run({
      preset: { worker: { connectionString, concurrentJobs: hands, maxPoolSize: 10, ...more } },
      taskList: { send },
      logger,
      noHandleSignals: true,
    });
  return {
    async fill() {
      // Its schema comes with its first start.
      const [{ known }] = await query(
        connectionString,
        `select to_regnamespace('graphile_worker') is not null as known`,
      );
      if (!known) await (await open({}, () => undefined)).stop();
      await query(
        connectionString,
        `select graphile_worker.add_job('send', json_build_object('n', n)) from generate_series(1, ${jobs}) n`,
      );
    },
    async drain(more) {
      let taken = 0;
      let finish;
      const all = new Promise((resolve) => (finish = resolve));
      const runner = await open(more, async () => {
        taken += 1;
        if (taken === jobs) finish();
      });
      await all;
      // What it has done is written down by then.
      await runner.stop();
      const [{ open: left }] = await query(
        connectionString,
        'select count(*)::int as open from graphile_worker._private_jobs',
      );
      if (left > 0) throw new Error(`${left} jobs are open`);
    },
  };
}

const fillBoss = (queue) => queue.insert(Array.from({ length: jobs }, (_, n) => ({ name: 'send', data: { n } })));

async function drainBoss(queue, batchSize) {
  let taken = 0;
  const work = async () => {
    for (;;) {
      const found = await queue.fetch('send', { batchSize });
      if (found.length === 0) return;
      taken += found.length;
      await queue.complete(
        'send',
        found.map(({ id }) => id),
      );
    }
  };
  await Promise.all(Array.from({ length: hands }, work));
  for (let looks = 0; taken < jobs && looks < 50; looks += 1) {
    await pause(10);
    await work();
  }
  if (taken !== jobs) throw new Error(`${taken} of ${jobs} jobs were taken`);
}

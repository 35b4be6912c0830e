import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { wallClock } from '../../src/clock.ts';
import { startEmbeddedPostgres, type EmbeddedServer } from '../../src/store/embedded/start-embedded-postgres.ts';
import { aFolder, removeFolder } from '../store/embedded-fixtures.ts';
import { startBuilt, type BuiltService, type Environment } from './built-service.ts';
import { createChance } from './chance.ts';
import { countStates, endLeases, enqueueMany, forgetOpen, preparePeople, sentKeys } from './due-posts.ts';
import { openSlackSink, type SlackSink } from './slack-sink.ts';

const seed = Number(process.env['FAULTS_SEED'] ?? 20261123);
/** Two cores do it in three minutes when nobody else works; fewer posts try the same on a busy machine. */
const posts = Number(process.env['FAULTS_POSTS'] ?? 10_000);
/** So many that nobody is written to faster than Slack allows: what is tried is loss, not pace. */
const people = 2_500;
const processes = 4;
const everyMilliseconds = 1_000;
/** A queue that does not empty must fail the test, not hang it. */
const patience = 270_000;
const program = [process.execPath, fileURLToPath(new URL('sender-process.mjs', import.meta.url))];

const settled: ReadonlySet<string> = new Set(['sent', 'cancelled']);
const quiet = { info: () => undefined, warn: () => undefined };
const wall = (): number => wallClock.wallNow().getTime();

describe('several processes on one PostgreSQL', () => {
  let folder = '';
  let server: EmbeddedServer;
  let sink: SlackSink;
  let environment: Environment;
  let url = '';

  beforeAll(async () => {
    folder = await aFolder();
    server = await startEmbeddedPostgres({ stateDir: folder, log: quiet });
    sink = await openSlackSink();
    url = server.url;
    environment = {
      PORT: '0',
      HOST: '127.0.0.1',
      DATABASE_URL: url,
      BATON_STATE_DIR: folder,
      BATON_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
      LOG_LEVEL: 'error',
      SLACK_SIGNING_SECRET: 'a signing secret of the kill tests',
      SLACK_BOT_TOKEN: 'xoxb-not-a-token',
      SLACK_API_URL: sink.apiUrl,
    };
    await preparePeople(folder, environment, people);
  });
  afterAll(async () => {
    await sink.close();
    await server.stop();
    await removeFolder(folder);
  });

  /** Each test for itself: what one that failed left open is not the next one's. */
  beforeEach(async () => {
    sink.at = () => Promise.resolve();
    sink.answered = () => undefined;
    await forgetOpen(url);
  });

  /** What came of every copy that was not forgotten: in no state but sent, and how often the platform has it. */
  async function tally(): Promise<{ open: number; lost: number; duplicates: number }> {
    const states = await countStates(url);
    const times = (await sentKeys(url)).map((key) => sink.accepted.get(key) ?? 0);
    return {
      open: Object.entries(states).reduce((sum, [state, count]) => sum + (settled.has(state) ? 0 : count), 0),
      lost: times.filter((count) => count === 0).length,
      duplicates: times.reduce((sum, count) => sum + Math.max(0, count - 1), 0),
    };
  }
  const isEmpty = async (): Promise<boolean> =>
    Object.keys(await countStates(url)).every((state) => settled.has(state));
  async function untilEmpty(within: number): Promise<void> {
    const started = wall();
    while (!(await isEmpty())) {
      if (wall() - started > within) throw new Error(`not empty in time: ${JSON.stringify(await countStates(url))}`);
      await wallClock.pause(250);
    }
  }
  async function stop(service: BuiltService): Promise<void> {
    service.signal('SIGTERM');
    await service.ended;
  }

  it('ten thousand posts, one of four killed every second: none lost, duplicates at most as many as kills', async () => {
    const chance = createChance(seed);
    const running = new Set<BuiltService>();
    let ending = false;
    /** Keeps one process running: a killed one is followed by the next. */
    const keepOne = async (): Promise<void> => {
      while (!ending) {
        const service = await startBuilt(environment, { program });
        running.add(service);
        if (ending) service.signal('SIGTERM');
        await service.ended;
        running.delete(service);
      }
    };
    let broken: Error | undefined;
    const kept = Array.from({ length: processes }, () =>
      keepOne().catch((error: unknown) => {
        broken ??= error instanceof Error ? error : new Error('a process did not start');
      }),
    );
    /** A process that cannot start is a mistake and no fault: nothing is waited for. */
    const check = (): void => {
      if (broken !== undefined) throw broken;
    };
    while (running.size < processes) {
      check();
      await wallClock.pause(50);
    }
    await enqueueMany(url, posts, people);
    const started = wall();
    let kills = 0;
    try {
      while (!(await isEmpty())) {
        if (wall() - started > patience)
          throw new Error(`not empty in time: ${JSON.stringify(await countStates(url))}`);
        await wallClock.pause(everyMilliseconds);
        check();
        // On a machine too slow to start one a second, as often as all of them stand.
        const alive = [...running];
        const victim = alive[chance.between(0, processes - 1)];
        if (alive.length < processes || victim === undefined) continue;
        victim.signal('SIGKILL');
        kills += 1;
      }
    } finally {
      ending = true;
      for (const service of running) service.signal('SIGTERM');
      await Promise.all(kept);
    }
    const { open, lost, duplicates } = await tally();
    const took = Math.round((wall() - started) / 1_000);
    console.log(
      `seed ${seed}: ${posts} posts by ${processes} processes in ${took} s, ${kills} kills, ${lost} lost, ${duplicates} duplicates`,
    );
    expect({ open, lost }).toEqual({ open: 0, lost: 0 });
    expect(kills).toBeGreaterThanOrEqual(Math.min(10, posts / 200));
    expect(duplicates).toBeLessThanOrEqual(kills);
  }, 300_000);

  it('killed at each moment of a send: what was accepted is sent again at most once, the rest exactly once', async () => {
    const before = await tally();
    let service = await startBuilt(environment);
    const crashed: string[] = [];
    /** Kills the process at the first such moment, and starts another when it is dead. */
    const crashAt = async (what: string, arm: (kill: () => void) => void): Promise<void> => {
      const dying = service;
      arm(() => dying.signal('SIGKILL'));
      await enqueueMany(url, 1, people);
      expect(await dying.ended).toBe('SIGKILL');
      crashed.push(what);
      sink.at = () => Promise.resolve();
      sink.answered = () => undefined;
      await endLeases(url);
      service = await startBuilt(environment);
      await untilEmpty(30_000);
    };
    const hang = new Promise<void>(() => undefined);
    await crashAt('while its conversation is opened', (kill) => {
      sink.at = (moment) => (moment === 'opening' ? (kill(), hang) : Promise.resolve());
    });
    const afterOpening = await tally();
    expect(afterOpening).toEqual({ ...before, open: 0 });
    await crashAt('accepted and not answered', (kill) => {
      sink.at = (moment) => (moment === 'accepted' ? (kill(), hang) : Promise.resolve());
    });
    await crashAt('answered and not written down', (kill) => {
      sink.answered = kill;
    });
    await stop(service);
    const after = await tally();
    expect({ open: after.open, lost: after.lost }).toEqual({ open: 0, lost: 0 });
    expect(after.duplicates - before.duplicates).toBeGreaterThanOrEqual(1);
    expect(after.duplicates - before.duplicates).toBeLessThanOrEqual(2);
    expect(crashed).toHaveLength(3);
  });

  it('asked to stop in the middle of slow sends: ends within ten seconds, and nothing is lost or doubled', async () => {
    const before = await tally();
    const service = await startBuilt(environment);
    sink.at = (moment) => (moment === 'accepted' ? wallClock.pause(3_000) : Promise.resolve());
    let begun = 0;
    const first = sink.accepted.size;
    await enqueueMany(url, 200, people);
    while (begun === 0) {
      await wallClock.pause(20);
      begun = sink.accepted.size - first;
    }
    const asked = wall();
    service.signal('SIGTERM');
    expect(await service.ended).toBe(0);
    const took = wall() - asked;
    console.log(`stopped after ${took} ms with ${begun} sends under way`);
    expect(took).toBeLessThan(10_000);
    sink.at = () => Promise.resolve();
    // Nothing is left in anybody's hands: the rest waits for no lease.
    expect((await countStates(url))['sending']).toBeUndefined();
    const next = await startBuilt(environment);
    await untilEmpty(60_000);
    await stop(next);
    const after = await tally();
    expect(after).toEqual({ ...before, open: 0 });
  });

  it('stopped for longer than its lease, as a paused machine is: another sends, and the paused one writes nothing', async () => {
    const before = await tally();
    const paused = await startBuilt(environment);
    sink.at = (moment) => {
      if (moment === 'opening') paused.signal('SIGSTOP');
      return Promise.resolve();
    };
    await enqueueMany(url, 20, people);
    while ((await countStates(url))['sending'] === undefined) await wallClock.pause(20);
    await wallClock.pause(500);
    sink.at = () => Promise.resolve();
    await endLeases(url);
    const other = await startBuilt(environment);
    await untilEmpty(30_000);
    paused.signal('SIGCONT');
    await wallClock.pause(2_000);
    await Promise.all([stop(paused), stop(other)]);
    const after = await tally();
    expect({ open: after.open, lost: after.lost }).toEqual({ open: 0, lost: 0 });
    // Each of its lanes may have had one call on its way when it stopped.
    expect(after.duplicates - before.duplicates).toBeLessThanOrEqual(12);
  });
});

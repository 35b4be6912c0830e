import { describeCause } from '../describe-cause.ts';
import { follow, newCorrelation } from '../trail.ts';
import { claimDue, nextDue, releaseClaims, type Claimed } from './claim.ts';
import { deliverOne, type DeliveryPorts } from './deliver-one.ts';
import { createLanes } from './lanes.ts';
import { nextSecondRoute, openSecondRoutes } from './second-route.ts';
import { forgetOldHolds, resumeReinstalled } from './sweep.ts';

export interface EngineOptions extends DeliveryPorts {
  /** Calls back whenever something may be due; its `stop` ends that. */
  readonly listen: (onWake: () => void) => { stop(): Promise<void> };
  /** Told how each delivery ended, for metrics. */
  readonly onResult?: (claimed: Claimed, result: string) => void;
  /** Lanes served at once. */
  readonly concurrency?: number;
  /** Claimed at once. */
  readonly batch?: number;
}

export interface Engine {
  /** Looks until nothing is due at the product's now and nothing is under way. Rejects when the database fails. */
  idle(): Promise<void>;
  /** Why nothing is sent, in words; undefined while the engine looks regularly. */
  problem(): string | undefined;
  /** Takes nothing more and waits, at most 10 s, for what is under way. */
  stop(): Promise<void>;
}

const laneDepth = 5;
/** Further lanes served for escalations alone: a platform that answers slowly never keeps one from the other platform. */
const reserved = 4;
/** Milliseconds between two looks for escalations while there is enough in hand. */
const urgentPause = 200;
/** Milliseconds between two looks for escalations that are not confirmed. */
const routesPause = 1_000;
/** Wall milliseconds a claim may wait here before it is given back, well within its lease. */
const longestWait = 10_000;
/** It looks by itself at least this often, in milliseconds. */
const longestSleep = 30_000;
/** Silence after which the sender counts as dead. */
const deadMilliseconds = 120_000;
const afterFailure = 1_000;
const drainMilliseconds = 10_000;

/** Starts the delivery engine. Any number of replicas may run on one database. */
export function runDeliveries(options: EngineOptions): Engine {
  const { store, clock, ids, log, concurrency = 8, batch = 50 } = options;
  const lanes = createLanes(laneDepth);
  const serving = new Set<Promise<void>>();
  let finished = 0;
  let stopped = false;
  let woken = false;
  let wake: () => void = () => undefined;
  const wall = (): number => clock.wallNow().getTime();
  let lastSweep = 0;
  let lastRoutes = 0;
  let lastLook = wall();
  let looks: Promise<unknown> = Promise.resolve();

  const signal = (): void => {
    woken = true;
    wake();
  };

  /** One look after the other, so that whoever sees nothing due also sees everything that is under way. */
  function look(): Promise<number> {
    const mine = looks.then(lookOnce);
    looks = mine.catch(() => undefined);
    return mine;
  }

  /** Claims what is due and starts it. Returns how much was taken. */
  async function lookOnce(): Promise<number> {
    if (stopped) return 0;
    // With enough in hand only escalations are looked for: they overtake what waits here. The end of each lane asks.
    const urgentOnly = lanes.waiting() >= concurrency;
    if (urgentOnly && wall() - lastLook < urgentPause) return 0;
    lastLook = wall();
    const work = { now: clock.now(), holder: ids.uuid(), batch, avoid: lanes.names() };
    const claims = await store.asWorker((db) => claimDue(db, { ...work, urgentOnly }));
    const at = wall();
    const excess = claims.filter((claimed) => stopped || !lanes.add(claimed, at));
    serveWaiting();
    if (excess.length > 0) await giveBack(excess);
    return claims.length - excess.length;
  }

  function serveWaiting(): void {
    while (!stopped && serving.size < concurrency + reserved) {
      const lane = lanes.take(serving.size >= concurrency);
      if (lane === undefined) return;
      const work: Promise<void> = serveLane(lane).finally(() => {
        serving.delete(work);
        finished += 1;
        serveWaiting();
        signal();
      });
      serving.add(work);
    }
  }

  async function serveLane(lane: string): Promise<void> {
    for (let next = lanes.next(lane); next !== undefined; next = lanes.next(lane)) {
      if (stopped || wall() - next.at > longestWait) return giveBack([next.claimed, ...lanes.drop(lane)]);
      const { claimed } = next;
      const correlation = claimed.correlation ?? newCorrelation(ids);
      await follow({ correlation }, () => deliver(claimed));
    }
  }

  async function deliver(claimed: Claimed): Promise<void> {
    try {
      options.onResult?.(claimed, await deliverOne(options, claimed));
    } catch (error) {
      // The database failed: the lease ends by itself, and then the delivery is reconciled.
      log.error('delivery.failed', { kind: claimed.kind, ...describeCause(error) });
      options.onResult?.(claimed, 'failed');
      await store.revive().catch(() => undefined);
    }
  }

  /** What cannot be given back now is given back by the end of its lease. */
  const giveBack = (claims: readonly Claimed[]): Promise<void> =>
    store.asWorker((db) => releaseClaims(db, claims)).catch(() => undefined);

  /** Escalations that no platform confirmed go another way besides. */
  async function openRoutes(): Promise<void> {
    if (stopped) return;
    lastRoutes = wall();
    await openSecondRoutes(store, clock.now());
  }

  /** What a reinstalled app had left parked goes out again; ended holds are forgotten. */
  async function sweep(): Promise<void> {
    lastSweep = wall();
    await store.asWorker((db) => Promise.all([resumeReinstalled(db, clock.now()), forgetOldHolds(db, clock.now())]));
  }

  async function sleep(): Promise<void> {
    if (woken || stopped) return;
    // While lanes are busy the end of each wakes it.
    const due =
      serving.size > 0
        ? longestSleep
        : await store.asWorker(async (db) => {
            const next = await Promise.all([nextDue(db, clock.now()), nextSecondRoute(db, clock.now())]);
            return Math.min(...next.map((milliseconds) => milliseconds ?? longestSleep));
          });
    if (woken || stopped) return;
    await new Promise<void>((resolve) => {
      wake = resolve;
      void clock.pause(Math.min(longestSleep, Math.max(200, due))).then(resolve);
    });
  }

  async function run(): Promise<void> {
    while (!stopped) {
      woken = false;
      try {
        if ((await look()) > 0) continue;
        if (wall() - lastRoutes > routesPause) await openRoutes();
        if (wall() - lastSweep > longestSleep) await sweep();
        await sleep();
      } catch (error) {
        log.error('delivery.look-failed', describeCause(error));
        await store.revive().catch(() => undefined);
        await clock.pause(afterFailure);
      }
    }
  }

  const listener = options.listen(signal);
  const running = run();
  return {
    async idle() {
      await openRoutes();
      await sweep();
      while (!stopped) {
        // What ended while it looked may have left something due that it did not see.
        const before = finished;
        const taken = await look();
        if (taken === 0 && serving.size === 0 && finished === before) return;
        if (serving.size > 0) await Promise.race(serving);
      }
    },
    problem() {
      if (stopped) return 'the sender has stopped';
      return wall() - lastLook > deadMilliseconds ? 'the sender has not looked for two minutes' : undefined;
    },
    async stop() {
      stopped = true;
      signal();
      const left = giveBack(lanes.drop());
      await Promise.race([Promise.all([left, running, ...serving, listener.stop()]), clock.pause(drainMilliseconds)]);
    },
  };
}

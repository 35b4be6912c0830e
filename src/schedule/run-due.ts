import type { Clock } from '../clock.ts';
import { describeCause } from '../describe-cause.ts';
import { randomIds, type Ids } from '../ids.ts';
import type { Log } from '../log.ts';
import { isTransient } from '../store/transient-error.ts';
import { follow, newCorrelation } from '../trail.ts';

/** Something whose time has come, of one organisation. The key names it for as long as it stays as it is. */
export interface Due {
  readonly organisation: string;
  readonly key: string;
}

/** How many are asked for at once, and how many of them run beside each other. */
const batch = 200;
const lanes = 4;
/** How often one that met another transaction goes again before it counts as failed. */
const mostMeetings = 3;
const firstPauseMilliseconds = 1_000;
const longestPauseMilliseconds = 5 * 60_000;

/**
 * Does everything that is due by now, in rounds until nothing new is. One that fails changes nothing, lets the others
 * run, and is tried again after a pause that grows; the pause is only this process's pace, nothing depends on it.
 */
export function createDueRunner<D extends Due>(ports: {
  /** What the log calls it. */
  readonly what: string;
  readonly clock: Clock;
  readonly ids?: Ids | undefined;
  readonly log: Log;
  find(now: Date, limit: number): Promise<readonly D[]>;
  /** Does one, in a transaction of its own. */
  run(due: D, now: Date): Promise<void>;
  /** How soon a failed one is tried again at the latest, in milliseconds. */
  readonly longestPause?: number;
}): (signal?: AbortSignal) => Promise<void> {
  const { clock, ids = randomIds, log, longestPause = longestPauseMilliseconds } = ports;
  const failed = new Map<string, { readonly times: number; readonly until: number }>();
  const keyOf = ({ organisation, key }: Due): string => `${organisation} ${key}`;

  /** Two that met in the database are no failure: the one that lost goes again, at once. */
  async function runThrough(due: D, now: Date): Promise<void> {
    for (let meetings = 0; ; meetings += 1) {
      try {
        return await ports.run(due, now);
      } catch (error) {
        if (meetings >= mostMeetings || !isTransient(error)) throw error;
      }
    }
  }

  async function tryOne(due: D, now: Date): Promise<void> {
    const key = keyOf(due);
    try {
      await runThrough(due, now);
      failed.delete(key);
    } catch (error) {
      const times = (failed.get(key)?.times ?? 0) + 1;
      const pause = Math.min(firstPauseMilliseconds * 2 ** (times - 1), longestPause);
      failed.set(key, { times, until: now.getTime() + pause });
      log.error(`${ports.what} failed`, { organisation: due.organisation, attempt: times, ...describeCause(error) });
    }
  }

  return async (signal) => {
    const now = clock.now();
    const tried = new Set<string>();
    for (;;) {
      // Those that failed stay due: asking for as many more keeps them from standing in the way of others.
      const found = await ports.find(now, batch + tried.size + failed.size);
      const ready = found.filter((due) => {
        const until = failed.get(keyOf(due))?.until ?? 0;
        return !tried.has(keyOf(due)) && until <= now.getTime();
      });
      if (ready.length === 0 || signal?.aborted === true) return;
      for (const due of ready) tried.add(keyOf(due));
      const waiting = [...ready];
      const runLane = async (): Promise<void> => {
        for (let due = waiting.shift(); due !== undefined && signal?.aborted !== true; due = waiting.shift()) {
          const one = due;
          await follow({ correlation: newCorrelation(ids) }, () => tryOne(one, now));
        }
      };
      await Promise.all(Array.from({ length: lanes }, runLane));
    }
  };
}

import type { Clock } from '../clock.ts';
import type { CollectedFeatures } from '../chat/collect-features.ts';
import type { Outbox } from '../chat/create-ask.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import { createTurnAsk } from './create-turn-ask.ts';
import { latestTurn, nextTurn } from './next-turn.ts';
import { findDue, makeOccurrence, moveSchedule, takeSchedule } from './records.ts';

export interface TickPorts {
  readonly store: Store;
  readonly features: CollectedFeatures;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly log: Log;
  /** The installation's own privacy mode. */
  readonly privacy: 'minimal' | 'full';
}

type Turned = { readonly organisation: string; readonly id: string };

/** How many schedules are asked for at once, and how many of them run beside each other. */
const batch = 200;
const lanes = 4;
const firstPauseMilliseconds = 1_000;
const longestPauseMilliseconds = 5 * 60_000;

/**
 * Makes everything that is due by now. Any number of processes may do so at once: the schedule's row is locked while
 * its turn is made, and the occurrence of a local date can be written once. After downtime only the latest turn is
 * made; older ones are let go. One that fails changes nothing, lets the others run, and is tried again after a pause
 * that grows; the pause is only this process's pace, nothing depends on it.
 */
export function createTick(ports: TickPorts): (signal?: AbortSignal) => Promise<void> {
  const { store, features, clock, log } = ports;
  const kinds = [...features.schedules.keys()];
  const failed = new Map<string, { readonly times: number; readonly until: number }>();
  const keyOf = ({ organisation, id }: Turned): string => `${organisation} ${id}`;

  async function makeTurn(due: Turned, now: Date): Promise<void> {
    await store.inOrganisation(due.organisation, async (tx) => {
      const schedule = await takeSchedule(tx, due.id, now);
      if (schedule === undefined) return;
      const { localDate } = latestTurn(schedule.rule, now);
      await moveSchedule(tx, schedule.id, nextTurn(schedule.rule, now).at);
      if (!(await makeOccurrence(tx, schedule.id, localDate, now))) return;
      const ask = await createTurnAsk(tx, { ...ports, schedule, localDate, now });
      if (ask === undefined) return;
      await features.schedules.get(schedule.kind)?.(ask, { owner: schedule.owner, localDate });
    });
  }

  async function tryTurn(due: Turned, now: Date): Promise<void> {
    const key = keyOf(due);
    try {
      await makeTurn(due, now);
      failed.delete(key);
    } catch (error) {
      const times = (failed.get(key)?.times ?? 0) + 1;
      const pause = Math.min(firstPauseMilliseconds * 2 ** (times - 1), longestPauseMilliseconds);
      failed.set(key, { times, until: now.getTime() + pause });
      const name = error instanceof Error ? error.name : 'unknown';
      log.error('schedule failed', { organisation: due.organisation, attempt: times, error: name });
    }
  }

  return async (signal) => {
    const now = clock.now();
    const tried = new Set<string>();
    for (;;) {
      // Those that failed stay due: asking for as many more keeps them from standing in the way of others.
      const found = await store.asWorker((db) => findDue(db, now, kinds, batch + tried.size + failed.size));
      const ready = found.filter((due) => {
        const until = failed.get(keyOf(due))?.until ?? 0;
        return !tried.has(keyOf(due)) && until <= now.getTime();
      });
      if (ready.length === 0 || signal?.aborted === true) return;
      for (const due of ready) tried.add(keyOf(due));
      const waiting = [...ready];
      const runLane = async (): Promise<void> => {
        for (let due = waiting.shift(); due !== undefined && signal?.aborted !== true; due = waiting.shift()) {
          await tryTurn(due, now);
        }
      };
      await Promise.all(Array.from({ length: lanes }, runLane));
    }
  };
}

import type { Clock } from '../clock.ts';
import type { CollectedFeatures } from '../feature/collect-features.ts';
import type { Outbox } from '../feature/create-work.ts';
import { createSystemWork } from '../feature/create-system-work.ts';
import type { Ids } from '../ids.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import { createTurnWork } from './create-turn-work.ts';
import { latestTurn, nextTurn } from '../calendar/turns.ts';
import { findDue, makeOccurrence, moveSchedule, takeSchedule } from './records.ts';
import { createDueRunner } from './run-due.ts';
import { findDueTimers, takeTimer } from './timers.ts';

export interface TickPorts {
  readonly store: Store;
  readonly features: CollectedFeatures;
  readonly outbox: Outbox;
  readonly clock: Clock;
  /** Default: random ones. */
  readonly ids?: Ids;
  readonly log: Log;
  /** The installation's own privacy mode. */
  readonly privacy: 'minimal' | 'full';
}

/** A step of a ladder that failed waits no longer than this for its next try. */
const longestTimerPause = 10_000;

/**
 * Makes everything that is due by now: moments first (somebody may wait for help), then schedules. Any number of
 * processes may do so at once.
 */
export function createTick(ports: TickPorts): (signal?: AbortSignal) => Promise<void> {
  const timers = createTimerRunner(ports);
  const turns = createTurnRunner(ports);
  return async (signal) => {
    await timers(signal);
    await turns(signal);
  };
}

/** The timer is taken away and its handler runs in one transaction; a handler that wakes again at once runs again. */
function createTimerRunner(ports: TickPorts): (signal?: AbortSignal) => Promise<void> {
  const { store, features, clock, ids, log } = ports;
  const kinds = [...features.timers.keys()];
  return createDueRunner({
    what: 'timer',
    ...{ clock, ids, log },
    longestPause: longestTimerPause,
    async find(now, limit) {
      const due = await store.asWorker((db) => findDueTimers(db, now, kinds, limit));
      return due.map((timer) => ({ ...timer, key: `${timer.kind} ${timer.subject} ${timer.dueAt.toISOString()}` }));
    },
    run: (timer, now) =>
      store.inOrganisation(
        timer.organisation,
        async (tx) => {
          if (!(await takeTimer(tx, timer))) return;
          const { subject, dueAt } = timer;
          await features.timers.get(timer.kind)?.(await createSystemWork(tx, { ...ports, now }), { subject, dueAt });
        },
        features.unlimited.timers.has(timer.kind) ? 'urgent' : 'patient',
      ),
  });
}

/**
 * A schedule's row is locked while its turn is made, and the occurrence of a local date can be written once. After
 * downtime only the latest turn is made; older ones are let go.
 */
function createTurnRunner(ports: TickPorts): (signal?: AbortSignal) => Promise<void> {
  const { store, features, clock, ids, log } = ports;
  const kinds = [...features.schedules.keys()];
  return createDueRunner({
    what: 'schedule',
    ...{ clock, ids, log },
    async find(now, limit) {
      const due = await store.asWorker((db) => findDue(db, now, kinds, limit));
      return due.map(({ organisation, id }) => ({ organisation, key: id }));
    },
    run: ({ organisation, key }, now) =>
      store.inOrganisation(organisation, async (tx) => {
        const schedule = await takeSchedule(tx, key, now);
        if (schedule === undefined) return;
        const { localDate } = latestTurn(schedule.rule, now);
        await moveSchedule(tx, schedule.id, nextTurn(schedule.rule, now).at);
        if (!(await makeOccurrence(tx, schedule.id, localDate, now))) return;
        const work = await createTurnWork(tx, { ...ports, schedule, localDate, now });
        if (work === undefined) return;
        await features.schedules.get(schedule.kind)?.run(work, { owner: schedule.owner, localDate });
      }),
  });
}

import type { Outbox } from '../feature/create-work.ts';
import { enqueuePost, refreshCopies } from '../delivery/outbox.ts';
import { syncSchedules } from './sync-schedules.ts';
import { setTimer } from './timers.ts';

/** Posts and timers of use cases, written in their own transaction: the same for the service and the command line. */
export const outboxOfTables: Outbox = {
  post: enqueuePost,
  refresh: refreshCopies,
  wake: setTimer,
  async reschedule(tx, kinds, now) {
    await syncSchedules(tx, { kinds, now });
  },
};

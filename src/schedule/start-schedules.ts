import { describeCause } from '../describe-cause.ts';
import { isTransient } from '../store/transient-error.ts';
import { createTick, type TickPorts } from './run-tick.ts';
import { startTicking, type Ticking } from './start-ticking.ts';
import { syncSchedules } from './sync-schedules.ts';

/**
 * Brings every organisation's schedules up to date and begins to tick. A database that fails meanwhile is given time
 * to come back: what was missed is caught up by the next tick.
 */
export async function startSchedules(
  ports: TickPorts & {
    /** False where somebody else calls `tick`. */
    readonly everySecond: boolean;
  },
): Promise<Ticking> {
  const { store, clock, log, features, everySecond } = ports;
  for (const organisation of await store.organisations()) {
    await store.inOrganisation(organisation, (tx) =>
      syncSchedules(tx, { kinds: features.schedules, now: clock.now() }),
    );
  }
  return startTicking(createTick(ports), {
    everySecond,
    onFailure: (error) => {
      log.warn('tick failed', describeCause(error));
      if (isTransient(error)) void store.revive().catch(() => undefined);
    },
  });
}

import type { Registry } from 'prom-client';
import { askInTime } from '../ask-in-time.ts';
import { listenTo } from '../store/listen.ts';
import { readBacklog, readHolds, type Backlog } from './backlog.ts';
import type { Claimed } from './claim.ts';
import type { DeliveryPorts } from './deliver-one.ts';
import { measureDeliveries } from './measure-deliveries.ts';
import { measureSends, type LastSent } from './measure-sends.ts';
import { createPace, platformPace, type PaceLimits } from './pace.ts';
import { runDeliveries, type Engine } from './run-deliveries.ts';

/** The channel that the tables' own triggers notify. */
const channel = 'baton_delivery';

export interface Deliveries extends Engine {
  /** Undefined while the database does not say. */
  backlog(): Promise<Backlog | undefined>;
  /** When each platform last accepted something from this process; none before the first. */
  lastSent(): LastSent;
}

/** The delivery engine at work: woken by the database, measured, paced as the platforms ask. */
export function startDeliveries(
  ports: Omit<DeliveryPorts, 'pace'> & {
    /** The database owner's URL, for the connection that listens. */
    readonly url: string;
    readonly registry: Registry;
    /** Told how each delivery ended. */
    readonly onResult?: (claimed: Claimed, result: string) => void;
    /** Default: what the platforms ask for. */
    readonly pace?: PaceLimits;
  },
): Deliveries {
  const { store, clock, url } = ports;
  const backlog = askInTime(clock, () => store.asWorker((db) => readBacklog(db, clock.now())));
  const holds = askInTime(clock, () => store.asWorker((db) => readHolds(db, clock.now())));
  const metrics = measureDeliveries(ports.registry, backlog, holds);
  const measured = measureSends(ports.registry, ports.senders, clock);
  const engine = runDeliveries({
    ...ports,
    senders: measured.senders,
    pace: createPace(ports.pace ?? platformPace, () => clock.wallNow()),
    listen: (onWake) => listenTo({ url, channel, clock, onWake }),
    onResult(claimed, result) {
      metrics.onResult(claimed.messageId === null ? claimed.priority : Math.max(2, claimed.priority), result);
      ports.onResult?.(claimed, result);
    },
  });
  return { ...engine, backlog, lastSent: () => measured.lastSent() };
}

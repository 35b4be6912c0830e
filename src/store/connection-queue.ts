import type { Clock } from '../clock.ts';

/**
 * How somebody waits for a connection. `patient`: behind those who came before, 10 s at most. `urgent`: before all
 * others, and for them connections are kept free that nobody else gets. `within`: in milliseconds; turned away at once
 * where that will not be enough.
 */
export type Turn = 'patient' | 'urgent' | { readonly within: number };

/** Nobody had a connection free in time, so nothing was begun. */
export class BusyError extends Error {
  override readonly name = 'BusyError';
  readonly code = 'busy';
  /** True where whoever asked wanted to be turned away early. */
  readonly turnedAway: boolean;

  constructor(turnedAway: boolean) {
    super('no connection is free');
    this.turnedAway = turnedAway;
  }
}

/** What the connections of a pool do at the moment, and what came of those who asked since the start. */
export interface Pressure {
  readonly connections: number;
  readonly reserved: number;
  readonly inUse: number;
  readonly waiting: number;
  /** How many transactions have ended, and for how many seconds they had their connections. */
  readonly held: { readonly count: number; readonly seconds: number };
  /** How many had to wait, and for how many seconds. */
  readonly waited: { readonly count: number; readonly seconds: number };
  readonly turnedAway: number;
}

export interface ConnectionQueue {
  /** Resolves when there is a connection to take, to what gives it back. Throws BusyError. */
  enter(turn: Turn): Promise<() => void>;
  pressure(): Pressure;
  /** From now on told how long each transaction waited for its connection, in seconds; also those that got none. */
  hear(waited: (seconds: number) => void): void;
}

interface Waiting {
  readonly since: number;
  come(leave: () => void): void;
}

const patience = 10_000;
/** Somebody waits for help: only a database that does not answer at all ends it. */
const urgentPatience = 60_000;
/** One transaction that takes long says little about the others. */
const longestCounted = 1_000;
/** How much the newest transaction counts in what one usually takes. */
const weight = 0.1;

/** Connections that only urgent work gets: two, and of few connections fewer. */
export const reservedOf = (connections: number): number => (connections >= 8 ? 2 : connections >= 3 ? 1 : 0);

/**
 * Stands before a pool of so many connections: who waits, waits here and knows for how long, and the pool itself never
 * has anybody waiting.
 */
export function createConnectionQueue(connections: number, clock: Pick<Clock, 'wallNow' | 'pause'>): ConnectionQueue {
  const reserved = reservedOf(connections);
  const forAll = connections - reserved;
  const lines = { urgent: new Set<Waiting>(), others: new Set<Waiting>() };
  const held = { count: 0, seconds: 0 };
  const waited = { count: 0, seconds: 0 };
  let inUse = 0;
  let byOthers = 0;
  let usual = 0;
  let turnedAway = 0;
  let tell: (seconds: number) => void = () => undefined;
  const now = (): number => clock.wallNow().getTime();

  const secondsSince = (moment: number): number => Math.max(0, now() - moment) / 1_000;

  const isFree = (urgent: boolean): boolean => inUse < connections && (urgent || byOthers < forAll);

  function take(urgent: boolean): () => void {
    const since = now();
    inUse += 1;
    if (!urgent) byOthers += 1;
    return () => {
      inUse -= 1;
      if (!urgent) byOthers -= 1;
      const milliseconds = Math.max(0, now() - since);
      usual += weight * (Math.min(longestCounted, milliseconds) - usual);
      held.count += 1;
      held.seconds += milliseconds / 1_000;
      callNext();
    };
  }

  function callNext(): void {
    for (const urgent of [true, false]) {
      const line = urgent ? lines.urgent : lines.others;
      for (const waiting of line) {
        if (!isFree(urgent)) break;
        line.delete(waiting);
        const seconds = secondsSince(waiting.since);
        waited.count += 1;
        waited.seconds += seconds;
        tell(seconds);
        waiting.come(take(urgent));
      }
    }
  }

  function turnAway(early: boolean): BusyError {
    if (early) turnedAway += 1;
    return new BusyError(early);
  }

  return {
    async enter(turn) {
      const urgent = turn === 'urgent';
      const line = urgent ? lines.urgent : lines.others;
      if (line.size === 0 && isFree(urgent)) {
        tell(0);
        return take(urgent);
      }
      const early = typeof turn === 'object';
      const longest = early ? turn.within : urgent ? urgentPatience : patience;
      if (early && ((line.size + 1) * usual) / forAll > longest) throw turnAway(true);
      return new Promise((resolve, reject) => {
        const waiting: Waiting = { since: now(), come: resolve };
        line.add(waiting);
        void clock.pause(longest).then(() => {
          if (!line.delete(waiting)) return;
          tell(secondsSince(waiting.since));
          reject(turnAway(early));
        });
      });
    },
    hear(waited) {
      tell = waited;
    },
    pressure: () => ({
      ...{ connections, reserved, inUse, turnedAway },
      waiting: lines.urgent.size + lines.others.size,
      held: { ...held },
      waited: { ...waited },
    }),
  };
}

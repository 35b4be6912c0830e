/**
 * The only place that reads the time.
 *
 * Two clocks on purpose (ADR 0005): `now` is the product's clock, which local mode and tests push forward;
 * `wallNow` is the wall's, for transport security (signatures, tokens, replay) and for deadlines of real
 * requests. Pushing the product clock must never make a valid signature stale.
 */
export interface Clock {
  /** The product's time. */
  now(): Date;
  /** Wall time: signatures, tokens, deadlines of real requests. */
  wallNow(): Date;
  /** Resolves after real milliseconds; the timer never keeps the process alive. */
  pause(milliseconds: number): Promise<void>;
}

/** A clock that can be pushed forward (local mode, tests). Real time still flows under it. */
export interface PushableClock extends Clock {
  /** Moves the product's time by milliseconds; refuses to move it back. */
  advance(milliseconds: number): void;
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });

export const wallClock: Clock = {
  now: () => new Date(),
  wallNow: () => new Date(),
  pause,
};

/** A clock that starts at `start` (default: the wall's time) and moves when pushed, or with the wall unless `frozen`. */
export function createPushableClock(options: { start?: Date; frozen?: boolean } = {}): PushableClock {
  const origin = Date.now();
  const start = options.start?.getTime() ?? origin;
  let pushed = 0;
  return {
    now: () => new Date(start + pushed + (options.frozen === true ? 0 : Date.now() - origin)),
    wallNow: () => new Date(),
    pause,
    advance(milliseconds) {
      if (!(milliseconds >= 0)) throw new RangeError('the clock only moves forward');
      pushed += milliseconds;
    },
  };
}

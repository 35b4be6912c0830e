import { schedule } from 'node-cron';

export interface Ticking {
  /** Makes what is due by the moment it is called; resolves when that is done. */
  tick(): Promise<void>;
  /** No more ticks; resolves when the turns under way are made. The rest are due still. */
  stop(): Promise<void>;
}

/**
 * One tick at a time: a call that comes while one runs waits for it and then looks again, together with all the
 * others that came meanwhile. `everySecond` also runs it by itself; a failing tick is reported and the next one comes.
 */
export function startTicking(
  runTick: (signal: AbortSignal) => Promise<void>,
  options: { readonly everySecond: boolean; readonly onFailure: (error: unknown) => void },
): Ticking {
  let current: Promise<void> | undefined;
  let queued: Promise<void> | undefined;
  const stopping = new AbortController();

  const begin = (): Promise<void> => {
    if (stopping.signal.aborted) return Promise.resolve();
    const run = runTick(stopping.signal).finally(() => {
      if (current === run) current = undefined;
    });
    current = run;
    return run;
  };
  const tick = (): Promise<void> => {
    if (current === undefined) return begin();
    queued ??= current
      .catch(() => undefined)
      .then(() => {
        queued = undefined;
        return begin();
      });
    return queued;
  };
  const task = options.everySecond
    ? schedule('* * * * * *', () => (current === undefined ? tick().catch(options.onFailure) : undefined), {
        unref: true,
        suppressMissedWarning: true,
      })
    : undefined;

  return {
    tick,
    async stop() {
      stopping.abort();
      await task?.destroy();
      await Promise.allSettled([current, queued]);
    },
  };
}

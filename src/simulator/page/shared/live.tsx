import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { look } from './ask-simulator.ts';

interface Live {
  /** Grows whenever something may look different now. */
  readonly version: number;
  readonly changed: () => void;
  readonly connected: boolean;
}
const LiveContext = createContext<Live>({ version: 0, changed: () => undefined, connected: true });

/** Listens to the simulator: one stream for the whole page. */
export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const [version, setVersion] = useState(0);
  const [connected, setConnected] = useState(true);
  useEffect(() => {
    const stream = new EventSource('/simulator/api/events');
    const changed = (): void => setVersion((before) => before + 1);
    stream.addEventListener('changed', changed);
    stream.addEventListener('open', () => {
      setConnected(true);
      // What happened while the stream was away is fetched now.
      changed();
    });
    stream.addEventListener('error', () => setConnected(false));
    return () => stream.close();
  }, []);
  const live = useMemo(
    () => ({ version, connected, changed: () => setVersion((before) => before + 1) }),
    [version, connected],
  );
  return <LiveContext value={live}>{children}</LiveContext>;
}

export const useLive = (): Live => useContext(LiveContext);

/** A number that grows every so many milliseconds; it stands still without any. */
function useBeat(every: number | undefined): number {
  const [beat, setBeat] = useState(0);
  useEffect(() => {
    if (every === undefined) return;
    const timer = setInterval(() => setBeat((before) => before + 1), every);
    return () => clearInterval(timer);
  }, [every]);
  return beat;
}

/**
 * What stands at a path of the simulator, fetched again after every change. `undefined` until the first answer.
 * `every` (milliseconds) looks again by itself too, for what changes without a request.
 */
export function useLook<T>(path: string | undefined, every?: number): T | undefined {
  const { version } = useLive();
  const beat = useBeat(path === undefined ? undefined : every);
  const [seen, setSeen] = useState<{ path: string; text: string; value: T }>();
  useEffect(() => {
    if (path === undefined) return;
    const stop = new AbortController();
    look<T>(path, stop.signal).then(
      (value) => {
        const text = JSON.stringify(value);
        // The same content keeps the same value, so that nothing on screen is drawn again for nothing.
        setSeen((before) => (before?.path === path && before.text === text ? before : { path, text, value }));
      },
      () => undefined,
    );
    return () => stop.abort();
  }, [path, version, beat]);
  return seen?.path === path ? seen?.value : undefined;
}

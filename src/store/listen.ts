import pg from 'pg';
import type { Clock } from '../clock.ts';
import { connectAs } from './connect-as.ts';

/** How long after a lost connection the next one is tried, in milliseconds. */
const pauseMilliseconds = 1_000;

/**
 * Wakes somebody whenever PostgreSQL notifies a channel, over a connection of its own. A lost connection is made
 * again; `onWake` is called after every new one, because what was notified in between is lost. It is a hint and no
 * promise: whoever listens also looks by itself now and then.
 */
export function listenTo(options: {
  /** The owner's URL. */
  readonly url: string;
  readonly channel: string;
  readonly clock: Pick<Clock, 'pause'>;
  readonly onWake: () => void;
}): { stop(): Promise<void> } {
  const { url, channel, clock, onWake } = options;
  let stopped = false;
  let current: pg.Client | undefined;

  async function listenOnce(): Promise<void> {
    const client = new pg.Client({ ...connectAs(url, 'baton_worker'), keepAlive: true });
    const ended = new Promise<void>((resolve) => {
      client.on('error', () => resolve());
      client.on('end', () => resolve());
    });
    client.on('notification', onWake);
    current = client;
    try {
      await client.connect();
      await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
      if (!stopped) onWake();
      if (!stopped) await ended;
    } finally {
      current = undefined;
      await client.end().catch(() => undefined);
    }
  }

  async function keepListening(): Promise<void> {
    while (!stopped) {
      await listenOnce().catch(() => undefined);
      if (!stopped) await clock.pause(pauseMilliseconds);
    }
  }

  const running = keepListening();
  return {
    async stop() {
      stopped = true;
      await current?.end().catch(() => undefined);
      // Between two connections it only pauses: then there is nothing to wait for.
      if (current !== undefined) await running;
    },
  };
}

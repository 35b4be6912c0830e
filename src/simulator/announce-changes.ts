import type { NextFunction, Request, Response } from 'express';
import type { Clock } from '../clock.ts';

/** Several changes in a row are one announcement. */
const BUNDLE_MILLISECONDS = 40;
/** Proxies and browsers give up on a silent stream. */
const BEAT_MILLISECONDS = 20_000;

export interface Announcer {
  /** Server-sent events: `event: changed` whenever something on a platform or the clock may look different now. */
  readonly subscribe: (request: Request, response: Response) => void;
  readonly changed: () => void;
  /** Announces after each request that may have changed something: mounted before the platforms' own routes. */
  readonly watch: (request: Request, response: Response, next: NextFunction) => void;
  stop(): void;
}

/** Tells open pages that there is something new to fetch; what it is, they ask the API. */
export function createAnnouncer(clock: Clock): Announcer {
  const open = new Set<Response>();
  let announced = true;
  let stopped = false;

  const say = (words: string): void => {
    for (const response of open) response.write(words);
  };
  const changed = (): void => {
    if (!announced || stopped) return;
    announced = false;
    void clock.pause(BUNDLE_MILLISECONDS).then(() => {
      announced = true;
      say('event: changed\ndata: {}\n\n');
    });
  };
  const beat = async (response: Response): Promise<void> => {
    while (open.has(response)) {
      await clock.pause(BEAT_MILLISECONDS);
      if (open.has(response)) response.write(': still here\n\n');
    }
  };

  return {
    subscribe(request, response) {
      response.status(200).set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.flushHeaders();
      response.write('retry: 1000\n\n');
      open.add(response);
      request.on('close', () => open.delete(response));
      if (stopped) response.end();
      else void beat(response);
    },
    changed,
    watch(request, response, next) {
      if (request.method !== 'GET') response.once('finish', changed);
      next();
    },
    stop() {
      stopped = true;
      for (const response of open) response.end();
      open.clear();
    },
  };
}

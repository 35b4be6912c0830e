import type { RequestHandler } from 'express';
import { wallClock } from '../../src/clock.ts';

/** Milliseconds every call of Baton's takes on its way, and how many of ten messages are told to come again. */
const latency = 1_000;
const throttledOfTen = 3;

/** Sends a message, changes one, or answers: what platforms limit. Who somebody is may always be asked. */
const isMessage = (path: string): boolean => /\/api\/chat\.|\/answers\/|\/activities/.test(path);

/** Platforms at a bad hour: each answer takes a second, and three messages of ten are refused with `Retry-After: 1`. */
export function slowPlatforms(): RequestHandler {
  let messages = 0;
  return (request, response, next) => {
    void wallClock.pause(latency).then(() => {
      if (isMessage(request.path) && messages++ % 10 < throttledOfTen) {
        response.status(429).set('retry-after', '1').json({ ok: false, error: 'ratelimited' });
      } else next();
    });
  };
}

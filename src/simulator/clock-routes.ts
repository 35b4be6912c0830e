import { Router } from 'express';
import { z } from 'zod';
import type { PushableClock } from '../clock.ts';
import { answerBody } from './answer-request.ts';
import { SimulatorRefusal } from './find-person.ts';
import { readDuration, untilLandmark } from './push-clock.ts';

const askSchema = z.union([
  z.strictObject({ advance: z.string().max(40) }),
  z.strictObject({ to: z.enum(['next-morning', 'next-monday']) }),
]);

/** `POST /clock`: pushes the product's clock and lets what is due by then happen. */
export function createClockRoutes(options: {
  readonly clock: PushableClock;
  /** IANA zone of the morning that is meant. */
  readonly zone: string;
  /** What runs after a push: the tick. */
  readonly pushed: () => Promise<void>;
}): Router {
  const { clock, zone, pushed } = options;
  const router = Router();
  router.post(
    '/clock',
    answerBody(z.unknown(), async (body) => {
      const ask = askSchema.safeParse(body);
      if (!ask.success) {
        throw new SimulatorRefusal('Say {"advance":"PT24H"}, or {"to":"next-morning"}, or {"to":"next-monday"}.');
      }
      const step = 'to' in ask.data ? untilLandmark(ask.data.to, clock.now(), zone) : readDuration(ask.data.advance);
      if (step === undefined) {
        throw new SimulatorRefusal(
          'The clock takes an ISO 8601 duration of weeks, days, hours, minutes or seconds up to a year: PT1H, P1D, PT90M.',
        );
      }
      clock.advance(step);
      await pushed();
      return { now: clock.now().toISOString(), zone };
    }),
  );
  return router;
}

import { ExpressReceiver } from '@slack/bolt';
import type { Router } from 'express';
import type { Log } from '../log.ts';
import { quietLogger } from './call-slack.ts';
import { deliveryOfRequest, takenOfRequest } from './check-request.ts';
import { PatientApp, type Sent, type Take } from './patient-app.ts';

/**
 * Milliseconds after which Bolt would answer a request with 404 by itself. Ours are acknowledged at their own deadline; a
 * busy computer passes Bolt's three seconds, and the person would read an error beside something that was done.
 */
const neverUnhandled = 2 * 60_000;

/** Adds `POST /slack/events` to the router, behind what already stands there. */
export function serveHttp(options: { router: Router; signingSecret: string; log: Log; take: Take }): void {
  const { router, signingSecret, log, take } = options;
  const receiver = new ExpressReceiver({
    signingSecret,
    router,
    logger: quietLogger(log),
    unhandledRequestTimeoutMillis: neverUnhandled,
    customPropertiesExtractor: (request) => {
      const sent: Sent = async (send) => {
        await send();
        return (await takenOfRequest(request)) === true;
      };
      return { delivery: deliveryOfRequest(request), sent };
    },
  });
  new PatientApp(receiver, log, take);
}

import { ExpressReceiver } from '@slack/bolt';
import type { Router } from 'express';
import type { Log } from '../log.ts';
import { quietLogger } from './call-slack.ts';
import { deliveryOfRequest, takenOfRequest } from './check-request.ts';
import { PatientApp, type Sent, type Take } from './patient-app.ts';

/** Adds `POST /slack/events` to the router, behind what already stands there. */
export function serveHttp(options: { router: Router; signingSecret: string; log: Log; take: Take }): void {
  const { router, signingSecret, log, take } = options;
  const receiver = new ExpressReceiver({
    signingSecret,
    router,
    logger: quietLogger(log),
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

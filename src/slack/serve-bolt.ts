import { App, ExpressReceiver, SocketModeReceiver } from '@slack/bolt';
import type { Router } from 'express';
import type { Acknowledge } from './answer-command.ts';
import { quietLogger } from './call-slack.ts';
import { deliveryOfRequest, takenOfRequest } from './check-request.ts';
import type { Log } from '../log.ts';
import { deliveryOf } from './verify-signature.ts';

/** Bolt's two transports in front of one function. */
export type Take = (body: unknown, delivery: string, acknowledge: Acknowledge) => Promise<void>;

type Happened = Parameters<App['processEvent']>[0];

/**
 * Bolt acknowledges events before any listener runs, so that a crash loses them. This one leaves every
 * acknowledgement to the listener, on both transports.
 */
class PatientApp extends App {
  readonly #turns: WeakMap<object, { delivery: string; acknowledge: Acknowledge }>;

  constructor(receiver: ExpressReceiver | SocketModeReceiver, log: Log, take: Take) {
    // Tokens are looked up when one is needed: an authorization that fails here would be an empty 200.
    super({
      receiver,
      authorize: () => Promise.resolve({}),
      logger: quietLogger(log),
      ignoreSelf: false,
      convoStore: false,
    });
    this.#turns = new WeakMap();
    const listen = async ({ body }: { body: object }): Promise<void> => {
      const turn = this.#turns.get(body);
      if (turn !== undefined) await take(body, turn.delivery, turn.acknowledge);
    };
    // All matching listeners run, so there is exactly one for each kind.
    this.command(/.*/s, listen);
    this.action(/.*/s, listen);
    this.view({ type: 'view_submission', callback_id: /.*/s }, listen);
    this.view({ type: 'view_closed', callback_id: /.*/s }, listen);
    this.shortcut(/.*/s, listen);
    this.options(/.*/s, listen);
    this.event(/.*/s, listen);
  }

  override async processEvent(happened: Happened): Promise<void> {
    const { body, ack, customProperties } = happened;
    const given: unknown = customProperties?.['delivery'];
    const taken: unknown = customProperties?.['taken'];
    this.#turns.set(body, {
      delivery: typeof given === 'string' ? given : deliveryOf('socket', JSON.stringify(body)),
      async acknowledge(answer) {
        await ack(answer);
        // A socket has taken what it did not refuse.
        return taken instanceof Promise ? (await taken) === true : true;
      },
    });
    const held = body['event'] === undefined ? ack : () => Promise.resolve();
    await super.processEvent({ ...happened, ack: held });
  }
}

/** Adds `POST /slack/events` to the router, behind what already stands there. */
export function serveHttp(options: { router: Router; signingSecret: string; log: Log; take: Take }): void {
  const { router, signingSecret, log, take } = options;
  const receiver = new ExpressReceiver({
    signingSecret,
    router,
    logger: quietLogger(log),
    customPropertiesExtractor: (request) => ({
      delivery: deliveryOfRequest(request),
      taken: takenOfRequest(request),
    }),
  });
  new PatientApp(receiver, log, take);
}

/** Opens a Socket Mode connection, for clinics behind a firewall; the result closes it. */
export async function serveSocket(options: {
  appToken: string;
  apiUrl: string | undefined;
  log: Log;
  take: Take;
}): Promise<() => Promise<void>> {
  const { appToken, apiUrl, log, take } = options;
  const receiver = new SocketModeReceiver({
    appToken,
    logger: quietLogger(log),
    ...(apiUrl === undefined ? {} : { installerOptions: { clientOptions: { slackApiUrl: apiUrl } } }),
  });
  const app = new PatientApp(receiver, log, take);
  await app.start();
  return async () => {
    await app.stop();
  };
}

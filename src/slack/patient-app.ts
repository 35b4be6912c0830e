import { App, type ExpressReceiver, type SocketModeReceiver } from '@slack/bolt';
import type { Log } from '../log.ts';
import type { Acknowledge } from './answer-command.ts';
import { quietLogger } from './call-slack.ts';
import { deliveryOf } from './verify-signature.ts';

/** Bolt's two transports in front of one function. */
export type Take = (body: unknown, delivery: string, acknowledge: Acknowledge) => Promise<void>;

type Happened = Parameters<App['processEvent']>[0];

/** Resolves to true once an acknowledgement that was sent is on its way to Slack whole. */
export type Sent = (send: () => Promise<unknown>) => Promise<boolean>;

const isSent = (given: unknown): given is Sent => typeof given === 'function';

/**
 * Bolt acknowledges events before any listener runs, so that a crash loses them. This one leaves every
 * acknowledgement to the listener, on both transports. The transport tells by custom properties what the delivery is
 * called (`delivery`), what became of an acknowledgement (`sent`), and that it cannot be read (`ours: false`).
 */
export class PatientApp extends App {
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
    // To what it does not know Bolt says nothing, and the other side waits.
    if (customProperties?.['ours'] === false) return ack();
    const given: unknown = customProperties?.['delivery'];
    const sent: unknown = customProperties?.['sent'];
    this.#turns.set(body, {
      delivery: typeof given === 'string' ? given : deliveryOf('', JSON.stringify(body)),
      async acknowledge(answer) {
        if (isSent(sent)) return sent(() => ack(answer));
        await ack(answer);
        return false;
      },
    });
    const held = body['event'] === undefined ? ack : () => Promise.resolve();
    await super.processEvent({ ...happened, ack: held });
  }
}

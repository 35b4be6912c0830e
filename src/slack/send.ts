import { plainCard } from '../chat/plain-card.ts';
import type { Card } from '../chat/card.ts';
import type { Changed, Posted, SendFailure, Sender } from '../feature/sender.ts';
import { tokenCodes, type Call, type Outcome } from './call-slack.ts';
import { plainly } from './desk.ts';
import { noFiles } from './render-node.ts';
import type { UploadPictures } from './upload-pictures.ts';
import { messageKey } from './message-key.ts';
import { readFailure } from './read-failure.ts';
import { renderMessage } from './render-message.ts';

/** `ofPlace`: no person is called, so that an account that is inactive is our own. */
export const failed = (
  { error, retryAfterSeconds, unknown }: Extract<Outcome, { ok: false }>,
  ofPlace = false,
): SendFailure => ({
  ok: false,
  code: error,
  unknown,
  ...(tokenCodes.has(error) || (ofPlace && error === 'account_inactive') ? { tokenRefused: true } : {}),
  ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
});

/** Slack says these also after the work was done. */
const perhapsDone: readonly string[] = ['internal_error', 'fatal_error'];

/** Opening twice is one conversation, and nothing was posted yet: what may have happened may be done again. */
const notOpened = (failure: SendFailure): SendFailure =>
  failure.unknown || perhapsDone.includes(failure.code) ? { ok: false, code: 'not_opened', unknown: false } : failure;

const wrongReply: SendFailure = { ok: false, code: 'wrong_reply', unknown: true };

/** Slack makes a file ready in its own time; until then a block that shows it is refused. */
const notReady = 'invalid_blocks';
const readyPauses = [700, 1_500] as const;

/** Nothing can stand in that thread; whether it can stand in the channel is another question. */
const noThread: readonly string[] = [
  'thread_not_found',
  'cannot_reply_to_message',
  'restricted_action_thread_locked',
  'restricted_action_non_threadable_channel',
];

/** Slack as the delivery engine uses it. */
export function createSlackSender(ports: {
  readonly call: Call;
  readonly uploadPictures: UploadPictures;
  readonly pause: (milliseconds: number) => Promise<void>;
}): Sender {
  const { call } = ports;

  /** Sends a card with its pictures; where Slack does not show them, without: their numbers stand beside them. */
  async function say(tenant: string, method: string, values: Record<string, unknown>, card: Card): Promise<Outcome> {
    const files = await ports.uploadPictures(tenant, [card]);
    const send = (shown: typeof files): Promise<Outcome> =>
      call(tenant, 'outbox', method, { ...values, ...renderMessage(card, 0, shown), ...plainly });
    let said = await send(files);
    for (const pause of files.size === 0 ? [] : readyPauses) {
      if (said.ok || said.error !== notReady) return said;
      await ports.pause(pause);
      said = await send(files);
    }
    return said.ok || said.error !== notReady || files.size === 0 ? said : send(noFiles);
  }

  return {
    readFailure,
    async post({ tenant, to }, card, { key, plain }): Promise<Posted> {
      let channel: string;
      if ('user' in to) {
        const opened = await call(tenant, 'outbox', 'conversations.open', { users: to.user });
        if (!opened.ok) return notOpened(failed(opened));
        if (opened.channel === undefined) return { ok: false, code: 'no_channel', unknown: false };
        channel = opened.channel;
      } else channel = to.place;
      const values = { channel, client_msg_id: messageKey(key) };
      const shown = plain ? plainCard(card) : card;
      const thread = 'under' in to && to.under !== undefined ? { thread_ts: to.under } : {};
      const tried = await say(tenant, 'chat.postMessage', { ...values, ...thread }, shown);
      const threadless = 'thread_ts' in thread && !tried.ok && noThread.includes(tried.error);
      const sent = threadless ? await say(tenant, 'chat.postMessage', values, shown) : tried;
      if (!sent.ok) return failed(sent, 'place' in to);
      // An answer about another channel, or without the message's id, tells nothing of this message.
      if (sent.ts === undefined || sent.channel !== channel) return wrongReply;
      return { ok: true, place: channel, messageId: sent.ts };
    },
    async update({ tenant, place, messageId }, card): Promise<Changed> {
      const done = await say(tenant, 'chat.update', { channel: place, ts: messageId }, card);
      if (!done.ok) return failed(done, true);
      return done.channel === place && done.ts === messageId ? { ok: true } : wrongReply;
    },
    async remove({ tenant, place, messageId }): Promise<Changed> {
      const done = await call(tenant, 'outbox', 'chat.delete', { channel: place, ts: messageId });
      return done.ok ? { ok: true } : failed(done, true);
    },
  };
}

import { createHash } from 'node:crypto';
import { plainCard } from '../chat/plain-card.ts';
import type { Changed, Posted, SendFailure, Sender } from '../chat/sender.ts';
import type { Call, Outcome } from './call-slack.ts';
import { plainly } from './desk.ts';
import { renderMessage } from './render-message.ts';

/** A number of our own under which keys become message ids (RFC 9562, version 5). */
const namespace = Buffer.from('5f0b7c1e94d84a0f8e6a3d2c1b0a9f8e', 'hex');

/** The same key gives the same `client_msg_id` at every try, on every replica. */
export function messageKey(key: string): string {
  const hash = createHash('sha1').update(namespace).update(key).digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

const failed = ({ error, retryAfterSeconds, unknown }: Extract<Outcome, { ok: false }>): SendFailure => ({
  ok: false,
  code: error,
  unknown,
  ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
});

/** Slack as the delivery engine uses it. */
export function createSlackSender(call: Call): Sender {
  return {
    async post({ tenant, to }, card, { key, plain }): Promise<Posted> {
      let channel: string;
      if ('user' in to) {
        const opened = await call(tenant, 'outbox', 'conversations.open', { users: to.user });
        // Opening twice is one conversation: nothing was posted, so nothing is unknown.
        if (!opened.ok) return { ...failed(opened), unknown: false };
        if (opened.channel === undefined) return { ok: false, code: 'no_channel', unknown: false };
        channel = opened.channel;
      } else channel = to.place;
      const message = renderMessage(plain ? plainCard(card) : card);
      const client_msg_id = messageKey(key);
      const sent = await call(tenant, 'outbox', 'chat.postMessage', { channel, ...message, ...plainly, client_msg_id });
      if (!sent.ok) return failed(sent);
      // An answer about another channel, or without the message's id, tells nothing of this message.
      if (sent.ts === undefined || sent.channel !== channel) return { ok: false, code: 'wrong_reply', unknown: true };
      return { ok: true, place: channel, messageId: sent.ts };
    },
    async update({ tenant, place, messageId }, card): Promise<Changed> {
      const message = renderMessage(card);
      const done = await call(tenant, 'outbox', 'chat.update', {
        channel: place,
        ts: messageId,
        ...message,
        ...plainly,
      });
      return done.ok ? { ok: true } : failed(done);
    },
    async remove({ tenant, place, messageId }): Promise<Changed> {
      const done = await call(tenant, 'outbox', 'chat.delete', { channel: place, ts: messageId });
      return done.ok ? { ok: true } : failed(done);
    },
  };
}

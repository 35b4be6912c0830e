import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { fromJson, method, no, refused, type ApiAnswer, type Method } from './api-answer.ts';
import { checkMessage, type Block } from './check-blocks.ts';
import { checkFiles } from './files.ts';
import { BOT, type StoredMessage, type Workspace } from './workspace.ts';

/** Messages a second in one channel, and how many may come at once. */
export interface Pace {
  readonly perSecond: number;
  readonly burst: number;
}

const words = { channel: z.string(), text: z.string().optional(), blocks: fromJson.optional() };

const once = { client_msg_id: z.uuid().optional() };

/** Seconds to wait, or 0: a bucket of `burst` a channel that fills with `perSecond`, by the wall. */
function createBuckets(clock: Clock, { perSecond, burst }: Pace): (channel: string) => number {
  const buckets = new Map<string, { left: number; at: number }>();
  return (channel) => {
    const now = clock.wallNow().getTime();
    const bucket = buckets.get(channel) ?? { left: burst, at: now };
    const left = Math.min(burst, bucket.left + ((now - bucket.at) / 1_000) * perSecond);
    buckets.set(channel, { left: left >= 1 ? left - 1 : left, at: now });
    return left >= 1 ? 0 : Math.max(1, Math.ceil((1 - left) / perSecond));
  };
}

const shown = (message: StoredMessage): Record<string, unknown> => ({
  type: 'message',
  ts: message.ts,
  user: message.user,
  bot_id: 'BBATON',
  text: message.text,
  blocks: message.blocks,
  ...(message.thread === undefined ? {} : { thread_ts: message.thread }),
});

/** chat.*: what the bot says, where it may say it, and how often. */
export function chatMethods(workspace: Workspace, clock: Clock, pace: Pace): Record<string, Method> {
  const waitFor = createBuckets(clock, pace);

  function checked(
    values: { channel: string; text?: string | undefined; blocks?: unknown },
    run: (channel: string, message: { text: string; blocks: Block[] }) => ApiAnswer,
  ): ApiAnswer {
    const user = workspace.users.get(values.channel);
    const channel = workspace.reachable(user === undefined ? values.channel : workspace.direct(user.id));
    if (typeof channel === 'string') return no(channel);
    const message = checkMessage(values.text, values.blocks);
    if (!message.ok) return refused(message.problem);
    const missing = checkFiles(workspace, message.value.blocks);
    return missing === undefined ? run(channel.id, message.value) : refused(missing);
  }

  const own = (channel: string, ts: string): StoredMessage | string => {
    const message = workspace.messages.get(ts);
    if (message === undefined || message.channel !== channel || message.onlyFor !== undefined)
      return 'message_not_found';
    return message.user === BOT ? message : 'cant_update_message';
  };

  return {
    'chat.postMessage': method(z.object({ ...words, ...once, thread_ts: z.string().optional() }), (values) =>
      checked(values, (channel, message) => {
        const retryAfter = waitFor(channel);
        if (retryAfter > 0) return { ...no('ratelimited'), retryAfter };
        const { thread_ts: thread, client_msg_id: key } = values;
        if (thread !== undefined && workspace.messages.get(thread)?.channel !== channel) return no('thread_not_found');
        const more = { ...(thread === undefined ? {} : { thread }), ...(key === undefined ? {} : { key }) };
        const stored = workspace.post({ channel, user: BOT, ...message, ...more });
        return { ok: true, channel, ts: stored.ts, message: shown(stored) };
      }),
    ),
    'chat.postEphemeral': method(z.object({ ...words, user: z.string() }), (values) =>
      checked(values, (channel, message) => {
        if (workspace.channels.get(channel)?.members.includes(values.user) !== true) return no('user_not_in_channel');
        const stored = workspace.post({ channel, user: BOT, onlyFor: values.user, ...message });
        return { ok: true, message_ts: stored.ts };
      }),
    ),
    'chat.update': method(z.object({ ...words, ts: z.string() }), (values) =>
      checked(values, (channel, message) => {
        const found = own(channel, values.ts);
        if (typeof found === 'string') return no(found);
        workspace.messages.set(found.ts, { ...found, ...message, edited: true });
        return { ok: true, channel, ts: found.ts, text: message.text };
      }),
    ),
    'chat.delete': method(z.object({ channel: z.string(), ts: z.string() }), ({ channel, ts }) => {
      const found = own(channel, ts);
      if (typeof found === 'string') return no(found === 'cant_update_message' ? 'cant_delete_message' : found);
      workspace.erase(ts);
      return { ok: true, channel, ts };
    }),
  };
}

import type { types } from '@slack/bolt';
import type { Card } from '../chat/card.ts';
import type { Confirm, Receive, Reply } from '../chat/reply.ts';
import { sayParts, tellArrived, type Part } from '../chat/say-parts.ts';
import type { Clock } from '../clock.ts';
import { describeCause } from '../describe-cause.ts';
import type { Log } from '../log.ts';
import { answersGoTo } from './answer-hosts.ts';
import type { Call, Outcome } from './call-slack.ts';
import { messageKey } from './message-key.ts';
import { renderMessage, type Message } from './render-message.ts';
import { noFiles, type PictureFiles } from './render-node.ts';
import type { UploadPictures } from './upload-pictures.ts';
import { currentTrail } from '../trail.ts';

/** What every interaction needs to answer; one an adapter. */
export interface Desk {
  readonly receive: Receive;
  readonly confirm: Confirm;
  readonly clock: Clock;
  readonly log: Log;
  /** Milliseconds after which a request is acknowledged without its answer. */
  readonly deadlineMs: number;
  readonly call: Call;
  readonly uploadPictures: UploadPictures;
  /** Slack's Web API where it is not Slack's own. */
  readonly apiUrl?: string | undefined;
}

/** A sentence of the adapter's own. */
export const sentence = (text: string): Message =>
  renderMessage({ kind: 'slack.sentence', summary: text, nodes: [{ kind: 'text', text }] });

export const WORKING = 'Working on it. The answer follows here in a moment.';
export const FAILED =
  'Something went wrong on our side. Please try again; if it happens again, tell your administrator.';
export const FORM_TOO_LATE = 'The form could not open in time. Please try again.';

/** Messages are sent without link previews and without reading markup out of them. */
export const plainly = { unfurl_links: false, unfurl_media: false, parse: 'none', link_names: false };

/** The private messages a reply stands for, wherever it came from; forms are not messages. */
export function partsOf(reply: Reply, files?: PictureFiles): Part<Message>[] {
  if (reply.kind === 'home') return [{ part: 'card', message: renderMessage(reply.card) }];
  if (reply.kind !== 'answer') return [];
  const { card, replace, page = 0 } = reply;
  return [
    ...(replace === undefined ? [] : [{ part: 'replace' as const, message: renderMessage(replace, page, files) }]),
    ...(card === undefined
      ? []
      : [{ part: 'card' as const, message: renderMessage(card, replace === undefined ? page : 0, files) }]),
  ];
}

/** Says an answer's messages, and tells how much of it has arrived; resolves to true when all of it has. */
export async function sayAnswer(
  desk: Desk,
  reply: Reply,
  parts: readonly Part<Message>[],
  say: (message: Message) => Promise<boolean>,
): Promise<boolean> {
  const left = await sayParts(parts, say);
  const all = parts.map(({ part }) => part);
  tellArrived(desk.confirm, reply, all, left);
  return left.length === 0;
}

/** Uploads what an answer has of pictures; most have none. */
export function picturesOf(desk: Desk, workspace: string, reply: Reply): Promise<PictureFiles> {
  if (reply.kind !== 'answer') return Promise.resolve(noFiles);
  return desk.uploadPictures(workspace, [reply.replace, reply.card]);
}

/** `receive` never throws; should it all the same, the person reads a sentence and nothing of the error. */
export async function receiveSafely(desk: Desk, inbound: Parameters<Receive>[0]): Promise<Reply> {
  try {
    return await desk.receive(inbound);
  } catch (error) {
    desk.log.error('slack.receive-failed', { platform: 'slack', kind: inbound.what.kind, ...describeCause(error) });
    const card: Card = { kind: 'slack.sentence', summary: FAILED, nodes: [{ kind: 'text', text: FAILED }] };
    return { kind: 'answer', card };
  }
}

/** In a conversation the bot is in. The same `key` at each repetition, so that Slack can know the message again. */
export function postTo(
  desk: Desk,
  workspace: string,
  channel: string,
  message: Message,
  key?: string,
): Promise<Outcome> {
  const id = key === undefined ? {} : { client_msg_id: messageKey(key) };
  return desk.call(workspace, 'outbox', 'chat.postMessage', { channel, ...message, ...plainly, ...id });
}

/** In the person's own conversation with the bot. */
export async function postPrivately(desk: Desk, workspace: string, user: string, message: Message): Promise<Outcome> {
  const opened = await desk.call(workspace, 'outbox', 'conversations.open', { users: user });
  if (!opened.ok) return opened;
  if (opened.channel === undefined) return { ok: false, error: 'channel_not_found', unknown: false };
  return postTo(desk, workspace, opened.channel, message);
}

/**
 * In a channel, so that only one person there sees it. An ephemeral message that was refused, or whose fate is not
 * known, goes to the person's own conversation instead: told twice is better than not told.
 */
export async function postToOneIn(
  desk: Desk,
  workspace: string,
  to: { channel: string; user: string },
  message: Message,
): Promise<void> {
  const said = await desk.call(workspace, 'outbox', 'chat.postEphemeral', { ...to, ...message, ...plainly });
  if (!said.ok) await postPrivately(desk, workspace, to.user, message);
}

export function publishHome(
  desk: Desk,
  workspace: string,
  user: string,
  view: types.HomeView,
  hash?: string,
): Promise<Outcome> {
  // With the hash of what the person saw, a slower, older drawing never overwrites a newer one.
  return desk.call(workspace, 'interactive', 'views.publish', {
    user_id: user,
    view,
    ...(hash === undefined ? {} : { hash }),
  });
}

/** Posts to a `response_url` (five uses in half an hour). False when Slack did not take it. */
export async function respond(desk: Desk, url: string, body: Record<string, unknown>): Promise<boolean> {
  if (!answersGoTo(url, desk.apiUrl)) {
    desk.log.warn('slack.answer-elsewhere');
    return false;
  }
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ ...body, ...plainly }),
      redirect: 'error',
      signal: AbortSignal.timeout(8_000),
    });
    await response.body?.cancel();
    if (!response.ok) desk.log.warn('slack.respond-failed', { status: response.status });
    return response.ok;
  } catch (error) {
    desk.log.warn('slack.respond-failed', describeCause(error));
    return false;
  }
}

/**
 * An ephemeral message through the response_url, in the thread where it was pressed; one that Slack does not take goes to
 * the person's own conversation. False when it did not get there either.
 */
export async function respondPrivately(
  desk: Desk,
  to: { workspace: string; user: string; url: string | undefined; thread?: string | undefined },
  message: Message,
): Promise<boolean> {
  const thread = to.thread === undefined ? {} : { thread_ts: to.thread };
  const body = { response_type: 'ephemeral', replace_original: false, ...thread, ...message };
  if (to.url !== undefined && (await respond(desk, to.url, body))) return true;
  return (await postPrivately(desk, to.workspace, to.user, message)).ok;
}

/**
 * The hard deadline: `inTime` when the work ends before it, otherwise `late` at once and `afterwards` when it ends.
 * Slack shows an error to whoever waits three seconds.
 */
export async function settle<T>(
  desk: Desk,
  work: Promise<T>,
  steps: { inTime(done: T): Promise<unknown>; late(): Promise<unknown>; afterwards(done: T): Promise<unknown> },
): Promise<void> {
  const deadline = desk.clock.pause(desk.deadlineMs).then(() => ({ late: true as const }));
  const first = await Promise.race([work.then((done) => ({ late: false as const, done })), deadline]);
  if (!first.late) {
    await steps.inTime(first.done);
    return;
  }
  const trail = currentTrail();
  if (trail !== undefined) trail.late = true;
  await steps.late();
  await steps.afterwards(await work);
}

import type { Card } from '../chat/card.ts';
import type { FormValues } from '../chat/form.ts';
import type { Happening } from '../chat/inbound.ts';
import type { AnswerPart, Confirm, Receive, Reply } from '../chat/reply.ts';
import { sayParts, tellArrived, type Part } from '../chat/say-parts.ts';
import type { Clock } from '../clock.ts';
import { describeCause } from '../describe-cause.ts';
import type { Log, LogFields } from '../log.ts';
import { currentTrail } from '../trail.ts';
import type { TeamsActivity } from './activity.ts';
import type { Connector, Destination, OutgoingMessage } from './connector.ts';
import { ConnectorError, tryTwice } from './connector.ts';
import type { Timed } from './deadline.ts';
import { withDeadline } from './deadline.ts';
import { fillForm } from './form-values.ts';
import { sentences } from './invoke-responses.ts';
import type { Origin } from './read-origin.ts';
import type { References } from './references.ts';
import { renderForm } from './render-form.ts';
import { renderMessage } from './render-message.ts';
import type { RenderOptions } from './render-nodes.ts';

/** What every answer needs. One for the whole adapter. */
export interface Desk {
  readonly connector: Connector;
  readonly references: References;
  readonly receive: Receive;
  readonly confirm: Confirm;
  readonly clock: Clock;
  readonly log: Log;
  readonly deadlineMs: number;
  readonly render: RenderOptions;
  /** Keeps track of work that outlives its request, so that stopping can wait for it. */
  background(work: Promise<unknown>): void;
}

/** One verified activity. */
export interface Turn {
  readonly activity: TeamsActivity;
  readonly origin: Origin;
  /** Whether the response to its request was handed over whole. */
  readonly taken: Promise<boolean>;
}

export const cardMessage = (desk: Desk, card: Card, page = 0): OutgoingMessage => {
  const { summary, card: content } = renderMessage(card, page, desk.render);
  return { summary, card: content };
};

/** A sentence as a card, to put where a card stood. */
export const note = (text: string): Card => ({ kind: 'teams.note', summary: text, nodes: [{ kind: 'text', text }] });

/** A reply as messages for the person's own chat. */
export function chatParts(desk: Desk, reply: Reply, values: FormValues | undefined): Part<OutgoingMessage>[] {
  const whole = (message: OutgoingMessage): Part<OutgoingMessage>[] => [{ part: 'card', message }];
  switch (reply.kind) {
    case 'answer': {
      const { card, replace, page = 0 } = reply;
      return [
        ...(replace === undefined ? [] : [{ part: 'replace' as const, message: cardMessage(desk, replace, page) }]),
        ...(card === undefined ? [] : whole(cardMessage(desk, card, replace === undefined ? page : 0))),
      ];
    }
    case 'form':
      return whole({ summary: reply.form.title, card: renderForm(reply.form, 'chat') });
    case 'form-errors': {
      const form = values === undefined ? reply.form : fillForm(reply.form, values);
      return whole({ summary: reply.form.title, card: renderForm(form, 'chat', reply.errors) });
    }
    case 'home':
      return whole(cardMessage(desk, reply.card));
    case 'options':
    case 'nothing':
      return [];
  }
}

/** Hands what happened on; past the deadline the value is a promise. A broken receiver is an answer in words, too. */
export async function receiveInTime(desk: Desk, turn: Turn, what: Happening): Promise<Timed<Reply>> {
  const work = desk.receive({ ...turn.origin, what }).catch((error: unknown): Reply => {
    desk.log.error('teams.receive-failed', { platform: 'teams', kind: what.kind, ...describeCause(error) });
    return { kind: 'answer', card: note(sentences.failed) };
  });
  const reply = await withDeadline(desk.clock, desk.deadlineMs, work);
  const trail = currentTrail();
  if (reply.late && trail !== undefined) trail.late = true;
  return reply;
}

/** Where Baton and the person are alone: here, or the chat known from before, or one opened now. */
export async function privateChat(desk: Desk, { activity, origin }: Turn): Promise<Destination> {
  const { serviceUrl, conversation, recipient, from } = activity;
  if (origin.place.kind === 'direct') return { serviceUrl, conversationId: conversation.id };
  const known = await desk.references.find(origin.tenant, origin.user);
  if (known !== undefined) return known;
  const conversationId = await desk.connector.openChat(serviceUrl, origin.tenant, recipient.id, from.id);
  await desk.references.save(origin.tenant, origin.user, {
    conversationId,
    serviceUrl,
    botId: recipient.id,
    userId: from.id,
  });
  return { serviceUrl, conversationId };
}

/** What came of sending: `left` are the parts that did not go out. */
export interface Sent {
  readonly is: 'sent' | 'no-chat' | 'failed';
  readonly left: readonly AnswerPart[];
}

/** Sends messages to the person's own chat. Never throws. */
export async function sendParts(desk: Desk, turn: Turn, parts: readonly Part<OutgoingMessage>[]): Promise<Sent> {
  let chat: Destination;
  try {
    chat = await privateChat(desk, turn);
  } catch (error) {
    desk.log.warn('teams.no-chat', logFields(error));
    return { is: 'no-chat', left: parts.map(({ part }) => part) };
  }
  const left = await sayParts(parts, async (message) => {
    try {
      await tryTwice(desk.clock, () => desk.connector.send(chat, message));
      return true;
    } catch (error) {
      desk.log.error('teams.answer-not-sent', logFields(error));
      return false;
    }
  });
  return { is: left.length === 0 ? 'sent' : 'failed', left };
}

/** Sends an answer to the person's own chat, and tells how much of it has arrived: the rest is sent by another way. */
export async function sendAnswer(
  desk: Desk,
  turn: Turn,
  reply: Reply,
  parts = chatParts(desk, reply, undefined),
): Promise<Sent['is']> {
  const { is, left } = await sendParts(desk, turn, parts);
  tellArrived(
    desk.confirm,
    reply,
    parts.map(({ part }) => part),
    left,
  );
  return is;
}

/** The response to the request is the answer itself. */
export function confirmTaken(desk: Desk, turn: Turn, reply: Reply): void {
  desk.background(turn.taken.then((taken) => (taken ? desk.confirm(reply) : undefined)));
}

/** A sentence of the adapter's own, to the person's own chat. */
export async function sendNote(desk: Desk, turn: Turn, text: string): Promise<void> {
  await sendParts(desk, turn, [{ part: 'card', message: { text } }]);
}

/** Waits for a reply that comes after its request was answered, and sends it to the chat. */
export function sendLater(desk: Desk, turn: Turn, reply: Promise<Reply>, values?: FormValues): void {
  desk.background(reply.then((value) => sendAnswer(desk, turn, value, chatParts(desk, value, values))));
}

/** What of a connector's refusal may be logged: its code and status, never a text or an id. */
export const logFields = (error: unknown): LogFields =>
  error instanceof ConnectorError
    ? { platform: 'teams', code: error.code, ...(error.status === undefined ? {} : { status: error.status }) }
    : { platform: 'teams', code: 'unexpected', ...describeCause(error) };

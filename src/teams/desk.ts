import type { Card } from '../chat/card.ts';
import type { FormValues } from '../chat/form.ts';
import type { Happening } from '../chat/inbound.ts';
import type { Receive, Reply } from '../chat/reply.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
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
}

export const cardMessage = (desk: Desk, card: Card, page = 0): OutgoingMessage => {
  const { summary, card: content } = renderMessage(card, page, desk.render);
  return { summary, card: content };
};

/** A sentence as a card, to put where a card stood. */
export const note = (text: string): Card => ({ kind: 'teams.note', summary: text, nodes: [{ kind: 'text', text }] });

/** A reply as messages for the person's own chat. */
export function chatMessages(desk: Desk, reply: Reply, values: FormValues | undefined): OutgoingMessage[] {
  switch (reply.kind) {
    case 'answer': {
      const { card, replace, page = 0 } = reply;
      return [
        ...(replace === undefined ? [] : [cardMessage(desk, replace, page)]),
        ...(card === undefined ? [] : [cardMessage(desk, card, replace === undefined ? page : 0)]),
      ];
    }
    case 'form':
      return [{ summary: reply.form.title, card: renderForm(reply.form, 'chat') }];
    case 'form-errors': {
      const form = values === undefined ? reply.form : fillForm(reply.form, values);
      return [{ summary: reply.form.title, card: renderForm(form, 'chat', reply.errors) }];
    }
    case 'home':
      return [cardMessage(desk, reply.card)];
    case 'options':
    case 'nothing':
      return [];
  }
}

/** Hands what happened on; past the deadline the value is a promise. A broken receiver is an answer in words, too. */
export function receiveInTime(desk: Desk, turn: Turn, what: Happening): Promise<Timed<Reply>> {
  const work = desk.receive({ ...turn.origin, what }).catch((): Reply => {
    desk.log.error('teams.receive-failed', { platform: 'teams', kind: what.kind });
    return { kind: 'answer', card: note(sentences.failed) };
  });
  return withDeadline(desk.clock, desk.deadlineMs, work);
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

/** Sends an answer to the person's own chat. Resolves to what came of it; never throws. */
export async function sendAnswer(
  desk: Desk,
  turn: Turn,
  messages: readonly OutgoingMessage[],
): Promise<'sent' | 'no-chat' | 'failed'> {
  let chat: Destination;
  try {
    chat = await privateChat(desk, turn);
  } catch (error) {
    desk.log.warn('teams.no-chat', logFields(error));
    return 'no-chat';
  }
  try {
    for (const message of messages) await tryTwice(desk.clock, () => desk.connector.send(chat, message));
    return 'sent';
  } catch (error) {
    desk.log.error('teams.answer-not-sent', logFields(error));
    return 'failed';
  }
}

/** Waits for a reply that comes after its request was answered, and sends it to the chat. */
export function sendLater(desk: Desk, turn: Turn, reply: Promise<Reply>, values?: FormValues): void {
  desk.background(reply.then((value) => sendAnswer(desk, turn, chatMessages(desk, value, values))));
}

/** What of a connector's refusal may be logged: its code and status, never a text or an id. */
export const logFields = (error: unknown): Record<string, string | number> =>
  error instanceof ConnectorError
    ? { platform: 'teams', code: error.code, ...(error.status === undefined ? {} : { status: error.status }) }
    : { platform: 'teams', code: 'unexpected' };

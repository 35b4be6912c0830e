import { z } from 'zod';
import type { Card } from '../chat/card.ts';
import type { Happening } from '../chat/inbound.ts';
import type { Reply } from '../chat/reply.ts';
import type { OutgoingMessage } from './connector.ts';
import type { Desk, Turn } from './desk.ts';
import { cardMessage, chatMessages, logFields, note, receiveInTime, sendAnswer, sendLater } from './desk.ts';
import { withDeadline } from './deadline.ts';
import { readFormSubmission } from './form-values.ts';
import type { InvokeResponse } from './invoke-responses.ts';
import { refuseInvoke, sentences, showCard, showText } from './invoke-responses.ts';
import { FORM_CLOSE, FORM_SUBMIT, readButton } from './write-button.ts';

const valueSchema = z.object({
  action: z.object({
    type: z.literal('Action.Execute'),
    verb: z.string(),
    data: z.record(z.string(), z.unknown()).optional(),
  }),
});

type Done = Extract<Happening, { kind: 'button' | 'form-submitted' | 'form-closed' }>;

function readAction(value: unknown, message: string | undefined): Done | undefined {
  const parsed = valueSchema.safeParse(value).data;
  if (parsed === undefined) return undefined;
  const { verb, data } = parsed.action;
  if (verb !== FORM_SUBMIT && verb !== FORM_CLOSE) {
    const press = readButton(verb, data);
    return press === undefined || message === undefined || message.length > 255 ? press : { ...press, message };
  }
  const submission = readFormSubmission(data);
  if (submission === undefined || verb === FORM_SUBMIT) return submission;
  return { kind: 'form-closed', form: submission.form, session: submission.session };
}

/** What the pressed card becomes, and what comes as new messages below it. */
interface Outcome {
  readonly instead?: OutgoingMessage;
  readonly below: readonly OutgoingMessage[];
  readonly words: string;
}

function outcomeOf(desk: Desk, what: Done, reply: Reply): Outcome {
  const drawn = (card: Card, page?: number): OutgoingMessage => cardMessage(desk, card, page);
  if (what.kind === 'button') {
    if (reply.kind === 'answer' && reply.replace !== undefined) {
      const below = reply.card === undefined ? [] : [drawn(reply.card)];
      return { instead: drawn(reply.replace, reply.page), below, words: sentences.done };
    }
    const below = chatMessages(desk, reply, undefined);
    return { below, words: below.length > 0 ? sentences.below : sentences.done };
  }
  // A form that was sent or closed must not stay there to be sent again.
  if (what.kind === 'form-closed') {
    const below = chatMessages(desk, reply, undefined);
    return { instead: drawn(note(sentences.closed)), below, words: sentences.closed };
  }
  if (reply.kind === 'answer' && reply.card !== undefined && reply.aside === true) {
    return { below: [drawn(reply.card)], words: sentences.below };
  }
  if (reply.kind === 'answer' && reply.card !== undefined && reply.replace !== undefined) {
    return { instead: drawn(reply.card), below: [drawn(reply.replace, reply.page)], words: sentences.done };
  }
  const [instead = drawn(note(sentences.done)), ...below] = chatMessages(desk, reply, what.values);
  return { instead, below, words: sentences.done };
}

/** How long an answer may wait for its messages to be sent before Teams is answered anyway. */
const patience = 700;

async function inChat(desk: Desk, turn: Turn, outcome: Outcome): Promise<InvokeResponse> {
  const { activity } = turn;
  const { instead, below, words } = outcome;
  const pressed = activity.replyToId;
  const persist = async (): Promise<void> => {
    if (instead === undefined || pressed === undefined) return;
    // The answer to the invoke shows the card to this device now; the update keeps it, on every device.
    const here = { serviceUrl: activity.serviceUrl, conversationId: activity.conversation.id };
    await desk.connector.update(here, pressed, instead).catch((error: unknown) => {
      desk.log.warn('teams.card-not-updated', logFields(error));
    });
  };
  const work = Promise.all([persist(), below.length === 0 ? 'sent' : sendAnswer(desk, turn, below)]);
  desk.background(work);
  const sent = await withDeadline(desk.clock, patience, work);
  if (instead !== undefined && 'card' in instead) return showCard(instead.card);
  return showText(!sent.late && sent.value[1] !== 'sent' ? sentences.failed : words);
}

/** In a shared place nothing of the answer may show: a sentence here, everything else in the person's own chat. */
async function inShared(desk: Desk, turn: Turn, reply: Reply, what: Done): Promise<InvokeResponse> {
  const messages = chatMessages(desk, reply, what.kind === 'form-submitted' ? what.values : undefined);
  if (messages.length === 0) return showText(sentences.done);
  const work = sendAnswer(desk, turn, messages);
  desk.background(work);
  const sent = await withDeadline(desk.clock, patience, work);
  if (sent.late) return showText(sentences.working);
  if (sent.value === 'no-chat') return showText(sentences.noChat);
  if (sent.value === 'failed') return showText(sentences.failed);
  return showText(reply.kind === 'form' || reply.kind === 'form-errors' ? sentences.formInChat : sentences.inChat);
}

/** Answers a pressed Action.Execute button, or a form card that was sent or closed. */
export async function answerAction(desk: Desk, turn: Turn): Promise<InvokeResponse> {
  const what = readAction(turn.activity.value, turn.activity.replyToId);
  if (what === undefined) return refuseInvoke;
  const reply = await receiveInTime(desk, turn, what);
  if (reply.late) {
    sendLater(desk, turn, reply.value, what.kind === 'form-submitted' ? what.values : undefined);
    return showText(sentences.working);
  }
  return turn.origin.place.kind === 'direct'
    ? inChat(desk, turn, outcomeOf(desk, what, reply.value))
    : inShared(desk, turn, reply.value, what);
}

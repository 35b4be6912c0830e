import { z } from 'zod';
import type { Happening } from '../chat/inbound.ts';
import type { Reply } from '../chat/reply.ts';
import { tellArrived, type Part } from '../chat/say-parts.ts';
import type { OutgoingMessage } from './connector.ts';
import type { Desk, Turn } from './desk.ts';
import { cardMessage, chatParts, logFields, note, receiveInTime, sendAnswer, sendLater, sendParts } from './desk.ts';
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
  /** A part of the answer, or a note that only says that this is over. */
  readonly instead?: Part<OutgoingMessage> | { readonly message: OutgoingMessage };
  readonly below: readonly Part<OutgoingMessage>[];
  readonly words: string;
}

function outcomeOf(desk: Desk, what: Done, reply: Reply): Outcome {
  const over = (text: string): { message: OutgoingMessage } => ({ message: cardMessage(desk, note(text)) });
  const parts = chatParts(desk, reply, what.kind === 'form-submitted' ? what.values : undefined);
  const replace = parts.find(({ part }) => part === 'replace');
  const card = parts.find(({ part }) => part === 'card');
  if (what.kind === 'button') {
    if (replace !== undefined) {
      return { instead: replace, below: card === undefined ? [] : [card], words: sentences.done };
    }
    return { below: parts, words: parts.length > 0 ? sentences.below : sentences.done };
  }
  // A form that was sent or closed must not stay there to be sent again.
  if (what.kind === 'form-closed') return { instead: over(sentences.closed), below: parts, words: sentences.closed };
  if (reply.kind === 'answer' && card !== undefined && reply.aside === true) {
    return { below: [card], words: sentences.below };
  }
  const [instead = over(sentences.done), ...below] = card === undefined ? parts : [card, ...parts.slice(0, -1)];
  return { instead, below, words: sentences.done };
}

/** How long an answer may wait for its messages to be sent before Teams is answered anyway. */
const patience = 700;

async function inChat(desk: Desk, turn: Turn, reply: Reply, outcome: Outcome): Promise<InvokeResponse> {
  const { activity } = turn;
  const { instead, below, words } = outcome;
  const pressed = activity.replyToId;
  const persist = async (): Promise<boolean> => {
    if (instead === undefined || pressed === undefined) return false;
    // The answer to the invoke shows the card to this device now; the update keeps it, on every device.
    const here = { serviceUrl: activity.serviceUrl, conversationId: activity.conversation.id };
    return desk.connector.update(here, pressed, instead.message).then(
      () => true,
      (error: unknown) => {
        desk.log.warn('teams.card-not-updated', logFields(error));
        return false;
      },
    );
  };
  const sending = below.length === 0 ? ({ is: 'sent', left: [] } as const) : sendParts(desk, turn, below);
  const work = Promise.all([persist(), sending]);
  const arrived = async (): Promise<void> => {
    const [[updated, { left }], taken] = await Promise.all([work, turn.taken]);
    const shown = instead !== undefined && 'part' in instead ? [instead.part] : [];
    const missed = updated || taken ? [] : shown;
    tellArrived(desk.confirm, reply, [...shown, ...below.map(({ part }) => part)], [...missed, ...left]);
  };
  desk.background(arrived());
  const sent = await withDeadline(desk.clock, patience, work);
  if (instead !== undefined && 'card' in instead.message) return showCard(instead.message.card);
  return showText(!sent.late && sent.value[1].is !== 'sent' ? sentences.follows : words);
}

/** In a shared place nothing of the answer may show: a sentence here, everything else in the person's own chat. */
async function inShared(desk: Desk, turn: Turn, reply: Reply, what: Done): Promise<InvokeResponse> {
  const parts = chatParts(desk, reply, what.kind === 'form-submitted' ? what.values : undefined);
  if (parts.length === 0) return showText(sentences.done);
  const work = sendAnswer(desk, turn, reply, parts);
  desk.background(work);
  const sent = await withDeadline(desk.clock, patience, work);
  if (sent.late) return showText(sentences.working);
  if (sent.value === 'no-chat') return showText(sentences.noChat);
  if (sent.value === 'failed') return showText(sentences.follows);
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
    ? inChat(desk, turn, reply.value, outcomeOf(desk, what, reply.value))
    : inShared(desk, turn, reply.value, what);
}

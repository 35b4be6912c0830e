import { z } from 'zod';
import type { Happening } from '../chat/inbound.ts';
import { isTurnedAway } from '../chat/reply.ts';
import { mentionSchema } from './activity.ts';
import type { Desk, Turn } from './desk.ts';
import { chatParts, receiveInTime, sendAnswer, sendLater, sendNote } from './desk.ts';
import { readFormSubmission } from './form-values.ts';
import { sentences, type InvokeResponse } from './invoke-responses.ts';
import { readText } from './read-text.ts';
import { readButton } from './write-button.ts';

const valueSchema = z.looseObject({ verb: z.unknown().optional() });

/** A message is a command; one without text but with a value is a button of a client that knows no Action.Execute. */
function readMessage({ activity }: Turn): Happening | undefined {
  const value = valueSchema.safeParse(activity.value);
  if (value.success && (activity.text ?? '') === '') {
    return readFormSubmission(value.data) ?? readButton(value.data.verb, value.data);
  }
  const mentions = (activity.entities ?? []).flatMap((entity) => mentionSchema.safeParse(entity).data ?? []);
  const text = readText(activity.text, activity.recipient.id, mentions);
  return text.length <= 45_000 ? { kind: 'command', text } : undefined;
}

/** Nothing was done with it, and its person could not be told: then it counts as not delivered. */
const notTaken: InvokeResponse = { status: 503 };

/** Answers a message: always and only in the person's own chat, wherever it was written. */
export async function answerMessage(desk: Desk, turn: Turn): Promise<InvokeResponse | void> {
  const what = readMessage(turn);
  if (what === undefined) {
    return sendNote(desk, turn, sentences.notUnderstood);
  }
  const values = what.kind === 'form-submitted' ? what.values : undefined;
  const reply = await receiveInTime(desk, turn, what);
  if (!reply.late) {
    const is = await sendAnswer(desk, turn, reply.value, chatParts(desk, reply.value, values));
    return is !== 'sent' && isTurnedAway(reply.value) ? notTaken : undefined;
  }
  await sendNote(desk, turn, sentences.working);
  sendLater(desk, turn, reply.value, values);
}

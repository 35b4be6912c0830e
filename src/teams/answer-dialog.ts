import { z } from 'zod';
import type { FormValues } from '../chat/form.ts';
import type { Happening } from '../chat/inbound.ts';
import type { Reply } from '../chat/reply.ts';
import type { Element } from './adaptive-card.ts';
import type { Desk, Turn } from './desk.ts';
import { chatParts, confirmTaken, receiveInTime, sendAnswer, sendLater } from './desk.ts';
import { fillForm, readFormSubmission } from './form-values.ts';
import type { InvokeResponse } from './invoke-responses.ts';
import { closeDialog, continueDialog, endDialog, sentences } from './invoke-responses.ts';
import { literal } from './literal-text.ts';
import { renderForm } from './render-form.ts';
import { renderMessage } from './render-message.ts';
import { readButton } from './write-button.ts';

const valueSchema = z.object({ data: z.looseObject({ verb: z.unknown().optional() }) });

const unknownDialog = endDialog('Baton does not know this form. Please open it again with /care.');

/** The dialog that shows a reply, when the reply is one to fill in. */
function dialogOf(reply: Reply, values?: FormValues): InvokeResponse | undefined {
  if (reply.kind === 'form')
    return continueDialog(literal(reply.form.title).trim() || '…', renderForm(reply.form, 'dialog'));
  if (reply.kind !== 'form-errors') return undefined;
  const form = values === undefined ? reply.form : fillForm(reply.form, values);
  return continueDialog(literal(form.title).trim() || '…', renderForm(form, 'dialog', reply.errors));
}

/** Nothing was done with what was sent: the dialog keeps it, to be sent again by one tap. */
function offerAgain(
  desk: Desk,
  reply: Reply,
  sent: Readonly<Record<string, unknown>> | undefined,
): InvokeResponse | undefined {
  if (reply.kind !== 'answer' || reply.again !== true || reply.card === undefined || sent === undefined)
    return undefined;
  const { card } = renderMessage(reply.card, 0, desk.render);
  const again: Element = {
    type: 'ActionSet',
    actions: [{ type: 'Action.Submit', title: 'Send again', style: 'positive', data: sent }],
  };
  return continueDialog('Please try again', { ...card, body: [...card.body, again] });
}

async function answer(
  desk: Desk,
  turn: Turn,
  what: Happening,
  values: FormValues | undefined,
  quiet: InvokeResponse,
  sent?: Readonly<Record<string, unknown>>,
): Promise<InvokeResponse> {
  const reply = await receiveInTime(desk, turn, what);
  if (reply.late) {
    sendLater(desk, turn, reply.value, values);
    return endDialog(sentences.working);
  }
  const again = offerAgain(desk, reply.value, sent);
  if (again !== undefined) return again;
  const dialog = dialogOf(reply.value, values);
  if (dialog !== undefined) {
    confirmTaken(desk, turn, reply.value);
    return dialog;
  }
  const parts = chatParts(desk, reply.value, values);
  if (parts.length === 0) return quiet;
  switch (await sendAnswer(desk, turn, reply.value, parts)) {
    case 'sent':
      // In the chat itself the answer is right below; elsewhere people must be told where to look.
      return turn.origin.place.kind === 'direct' ? quiet : endDialog(sentences.inChat);
    case 'no-chat':
      return endDialog(sentences.noChat);
    case 'failed':
      return endDialog(sentences.follows);
  }
}

/** A button that opens a form: Teams asks for the dialog's content. */
export async function openDialog(desk: Desk, turn: Turn): Promise<InvokeResponse> {
  const data = valueSchema.safeParse(turn.activity.value).data?.data;
  const button = data === undefined ? undefined : readButton(data.verb, data);
  if (button === undefined) return unknownDialog;
  // No form after all (a refusal, say): the sentence stands in the dialog and the card in the chat.
  return answer(desk, turn, button, undefined, endDialog(`${sentences.done} ${sentences.inChat}`));
}

const extensionSchema = z.object({ commandId: z.string().regex(/^[a-z][a-z-]{0,63}$/) });

/**
 * An action of the message extension: beside the box to write in, or in a message's own menu. It is the command of
 * that name, and what the message says is not read.
 */
export async function openExtension(desk: Desk, turn: Turn): Promise<InvokeResponse> {
  const { data } = extensionSchema.safeParse(turn.activity.value);
  if (data === undefined) return unknownDialog;
  const done = endDialog(`${sentences.done} ${sentences.inChat}`);
  return answer(desk, turn, { kind: 'command', text: data.commandId }, undefined, done);
}

/** A form that was sent from a dialog. */
export async function submitDialog(desk: Desk, turn: Turn): Promise<InvokeResponse> {
  const data = valueSchema.safeParse(turn.activity.value).data?.data;
  const submission = readFormSubmission(data);
  if (submission === undefined) return unknownDialog;
  return answer(desk, turn, submission, submission.values, closeDialog, data);
}

import type { Inbound } from '../chat/inbound.ts';
import type { Form, FormErrors } from '../chat/form.ts';
import type { Reply } from '../chat/reply.ts';
import {
  FORM_TOO_LATE,
  messagesOf,
  postTo,
  receiveSafely,
  respondPrivately,
  sentence,
  settle,
  WORKING,
  type Desk,
} from './desk.ts';
import type { Outcome } from './call-slack.ts';
import type { Command, Shortcut } from './payloads.ts';
import { renderForm } from './render-form.ts';
import type { Message } from './render-message.ts';

export type Acknowledge = (body?: Record<string, unknown>) => Promise<void>;

/** Opens a form (`views.push` over another one) while its trigger lives. */
export async function openForm(
  desk: Desk,
  workspace: string,
  trigger: string | undefined,
  form: Form,
  more: { errors?: FormErrors; over?: boolean } = {},
): Promise<Outcome> {
  if (trigger === undefined) return { ok: false, error: 'no_trigger', unknown: false };
  const view = renderForm(form, Object.values(more.errors ?? {}));
  return desk.call(workspace, 'interactive', more.over === true ? 'views.push' : 'views.open', {
    trigger_id: trigger,
    view,
  });
}

/** Does what was asked and opens the form if that is the answer; what is left to say comes back as messages. */
async function carryOut(
  desk: Desk,
  workspace: string,
  inbound: Inbound,
  trigger: string | undefined,
): Promise<Message[]> {
  const reply = await receiveSafely(desk, inbound);
  if (reply.kind !== 'form' && reply.kind !== 'form-errors') return messagesOf(reply);
  const errors = reply.kind === 'form-errors' ? reply.errors : {};
  const opened = await openForm(desk, workspace, trigger, reply.form, { errors });
  return opened.ok ? [] : [sentence(FORM_TOO_LATE)];
}

/** A slash command: the answer is the acknowledgement itself, or follows by its response_url. */
export async function answerCommand(
  desk: Desk,
  { workspace, inbound }: { workspace: string; inbound: Inbound },
  body: Command,
  acknowledge: Acknowledge,
): Promise<void> {
  const to = { workspace, user: body.user_id, url: body.response_url };
  const ephemeral = (message: Message): Record<string, unknown> => ({ response_type: 'ephemeral', ...message });
  await settle(desk, carryOut(desk, workspace, inbound, body.trigger_id), {
    inTime: async ([first, ...rest]) => {
      await acknowledge(first === undefined ? undefined : ephemeral(first));
      await respondPrivately(desk, to, rest);
    },
    late: () => acknowledge(ephemeral(sentence(WORKING))),
    afterwards: (messages) => respondPrivately(desk, to, messages),
  });
}

/** A shortcut (its callback id is the command): acknowledged empty; words go where only the person sees them. */
export async function answerShortcut(
  desk: Desk,
  { workspace, inbound }: { workspace: string; inbound: Inbound },
  body: Shortcut,
  acknowledge: Acknowledge,
): Promise<void> {
  const say = (messages: readonly Message[]): Promise<void> =>
    respondPrivately(desk, { workspace, user: body.user.id, url: body.response_url }, messages);
  await settle(desk, carryOut(desk, workspace, inbound, body.trigger_id), {
    inTime: async (messages) => {
      await acknowledge();
      await say(messages);
    },
    late: () => acknowledge(),
    afterwards: say,
  });
}

const NO_FORM_HERE = 'That needs a form, and Slack opens none from a message. Please type /care and the same words.';

/** A line typed to the bot in its own conversation: answered there. */
export async function answerMessage(
  desk: Desk,
  { workspace, inbound }: { workspace: string; inbound: Inbound },
  reply: Reply,
): Promise<void> {
  const isForm = reply.kind === 'form' || reply.kind === 'form-errors';
  for (const [index, message] of (isForm ? [sentence(NO_FORM_HERE)] : messagesOf(reply)).entries()) {
    // Slack tells an event again when our acknowledgement was lost, and then the same answer follows.
    await postTo(desk, workspace, inbound.place.id, message, `${inbound.delivery}#${index}`);
  }
}

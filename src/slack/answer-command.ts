import type { Inbound } from '../chat/inbound.ts';
import type { Form, FormErrors } from '../chat/form.ts';
import type { Reply } from '../chat/reply.ts';
import type { Part } from '../chat/say-parts.ts';
import {
  FORM_TOO_LATE,
  partsOf,
  postTo,
  receiveSafely,
  respondPrivately,
  sayAnswer,
  sentence,
  settle,
  WORKING,
  type Desk,
} from './desk.ts';
import type { Outcome } from './call-slack.ts';
import type { Command, Shortcut } from './payloads.ts';
import { renderForm } from './render-form.ts';
import type { Message } from './render-message.ts';

/** Resolves to true once Slack has the acknowledgement whole. */
export type Acknowledge = (body?: Record<string, unknown>) => Promise<boolean>;

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

/** What was answered, and what of it is left to say as messages. */
interface Carried {
  readonly reply: Reply;
  readonly parts: readonly Part<Message>[];
}

/** Does what was asked and opens the form if that is the answer. */
async function carryOut(
  desk: Desk,
  workspace: string,
  inbound: Inbound,
  trigger: string | undefined,
): Promise<Carried> {
  const reply = await receiveSafely(desk, inbound);
  if (reply.kind !== 'form' && reply.kind !== 'form-errors') return { reply, parts: partsOf(reply) };
  const errors = reply.kind === 'form-errors' ? reply.errors : {};
  const opened = await openForm(desk, workspace, trigger, reply.form, { errors });
  if (!opened.ok) return { reply, parts: [{ part: 'card', message: sentence(FORM_TOO_LATE) }] };
  desk.confirm(reply);
  return { reply, parts: [] };
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
  const respond = (message: Message): Promise<boolean> => respondPrivately(desk, to, message);
  await settle(desk, carryOut(desk, workspace, inbound, body.trigger_id), {
    inTime: async ({ reply, parts }) => {
      const [first] = parts;
      if (first === undefined) return acknowledge();
      return sayAnswer(desk, reply, parts, (message) =>
        message === first.message ? acknowledge(ephemeral(message)) : respond(message),
      );
    },
    late: () => acknowledge(ephemeral(sentence(WORKING))),
    afterwards: ({ reply, parts }) => sayAnswer(desk, reply, parts, respond),
  });
}

/** A shortcut (its callback id is the command): acknowledged empty; words go where only the person sees them. */
export async function answerShortcut(
  desk: Desk,
  { workspace, inbound }: { workspace: string; inbound: Inbound },
  body: Shortcut,
  acknowledge: Acknowledge,
): Promise<void> {
  const to = { workspace, user: body.user.id, url: body.response_url };
  const say = ({ reply, parts }: Carried): Promise<boolean> =>
    sayAnswer(desk, reply, parts, (message) => respondPrivately(desk, to, message));
  await settle(desk, carryOut(desk, workspace, inbound, body.trigger_id), {
    inTime: async (carried) => {
      await acknowledge();
      await say(carried);
    },
    late: () => acknowledge(),
    afterwards: say,
  });
}

const NO_FORM_HERE = 'That needs a form, and Slack opens none from a message. Please type /care and the same words.';

/** A line typed to the bot in its own conversation: answered there. Resolves to true when all of the answer has arrived. */
export async function answerMessage(
  desk: Desk,
  { workspace, inbound }: { workspace: string; inbound: Inbound },
  reply: Reply,
): Promise<boolean> {
  const isForm = reply.kind === 'form' || reply.kind === 'form-errors';
  const parts = isForm ? [{ part: 'card' as const, message: sentence(NO_FORM_HERE) }] : partsOf(reply);
  let index = 0;
  // Slack tells an event again when our acknowledgement was lost, and then the same answer follows.
  return sayAnswer(desk, reply, parts, async (message) => {
    const key = `${inbound.delivery}#${index++}`;
    return (await postTo(desk, workspace, inbound.place.id, message, key)).ok;
  });
}

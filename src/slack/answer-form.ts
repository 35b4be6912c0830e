import type { types } from '@slack/bolt';
import type { FoundOptions } from '../chat/form.ts';
import type { Inbound } from '../chat/inbound.ts';
import type { Reply } from '../chat/reply.ts';
import type { Acknowledge } from './answer-command.ts';
import { partsOf, postPrivately, receiveSafely, sayAnswer, sentence, settle, type Desk } from './desk.ts';
import type { Submission } from './payloads.ts';
import { placeErrors } from './read-submission.ts';
import { renderForm, renderNotice } from './render-form.ts';
import { limits } from './limits.ts';
import { shorten } from './clean-text.ts';

interface Turn {
  readonly workspace: string;
  readonly inbound: Inbound;
}

const inputsOf = (body: Submission): string[] =>
  body.view.blocks.flatMap(({ type, block_id }) => (type === 'input' && block_id !== undefined ? [block_id] : []));

/** Nothing was done with it: it stays as it is, with the sentence beside its first field. */
function toSendAgain(reply: Reply, inputs: readonly string[]): Record<string, string> | undefined {
  if (reply.kind !== 'answer' || reply.again !== true || reply.card === undefined) return undefined;
  return placeErrors({ '': reply.card.summary }, inputs);
}

/** What the view becomes: it closes, shows sentences beside its fields, or turns into the next form. */
function acknowledgement(reply: Reply, body: Submission): Record<string, unknown> {
  if (reply.kind === 'form') return { response_action: 'update', view: renderForm(reply.form) };
  const inputs = inputsOf(body);
  const again = toSendAgain(reply, inputs);
  if (again !== undefined) return { response_action: 'errors', errors: again };
  if (reply.kind !== 'form-errors') return { response_action: 'clear' };
  const errors = placeErrors(reply.errors, inputs.length > 0 ? inputs : reply.form.fields.map(({ name }) => name));
  if (errors !== undefined) return { response_action: 'errors', errors };
  return { response_action: 'update', view: renderForm(reply.form, Object.values(reply.errors)) };
}

/** The form itself is the answer, and no message says it too. */
const isForm = (reply: Reply): boolean => reply.kind === 'form' || reply.kind === 'form-errors';

/** What the "Saving…" view becomes once the answer is there. */
function result(reply: Reply): types.ModalView {
  if (reply.kind === 'form') return renderForm(reply.form);
  if (reply.kind === 'form-errors') return renderForm(reply.form, Object.values(reply.errors));
  return renderNotice('Answered', sentence('The answer is in your messages. You can close this.').blocks);
}

/**
 * A submitted form. It is acknowledged after the work is committed, so that what is wrong stands beside its field;
 * the confirmation then comes as a private message.
 */
export async function answerSubmission(
  desk: Desk,
  turn: Turn,
  body: Submission,
  acknowledge: Acknowledge,
): Promise<void> {
  const say = (reply: Reply): Promise<boolean> =>
    sayAnswer(
      desk,
      reply,
      partsOf(reply),
      async (message) => (await postPrivately(desk, turn.workspace, body.user.id, message)).ok,
    );
  await settle(desk, receiveSafely(desk, turn.inbound), {
    inTime: async (reply) => {
      const taken = await acknowledge(acknowledgement(reply, body));
      if (isForm(reply)) return taken ? desk.confirm(reply) : undefined;
      if (toSendAgain(reply, inputsOf(body)) === undefined) await say(reply);
    },
    late: () =>
      acknowledge({
        response_action: 'update',
        view: renderNotice('Saving…', sentence('Saving… The answer follows in your messages.').blocks),
      }),
    afterwards: async (reply) => {
      // The person may have closed it meanwhile; the message below tells them all the same.
      const values = { view_id: body.view.id, view: result(reply) };
      const updated = await desk.call(turn.workspace, 'outbox', 'views.update', values);
      if (!isForm(reply)) await say(reply);
      else if (updated.ok) desk.confirm(reply);
    },
  });
}

/** A closed form: nobody waits for words. */
export async function answerClosed(desk: Desk, turn: Turn, acknowledge: Acknowledge): Promise<void> {
  await settle(desk, receiveSafely(desk, turn.inbound), {
    inTime: () => acknowledge(),
    late: () => acknowledge(),
    afterwards: () => Promise.resolve(),
  });
}

const plain = (text: string): { type: 'plain_text'; text: string; emoji: boolean } => ({
  type: 'plain_text',
  text,
  emoji: false,
});

/** Type-ahead: the options, or none when they are not there in time. */
export async function answerSearch(desk: Desk, turn: Turn, acknowledge: Acknowledge): Promise<void> {
  await settle(desk, receiveSafely(desk, turn.inbound), {
    inTime: (reply) => {
      const found: FoundOptions = reply.kind === 'options' ? reply : { options: [] };
      const options = found.options.slice(0, limits.options).map(({ value, label }) => ({
        text: plain(label.trim() === '' ? value : shorten(label, limits.option.text)),
        value,
      }));
      if (found.more !== true || options.length === 0) return acknowledge({ options });
      const label = plain(`The first ${options.length}: keep typing for others`);
      return acknowledge({ option_groups: [{ label, options }] });
    },
    late: () => acknowledge({ options: [] }),
    afterwards: () => Promise.resolve(),
  });
}

import { z } from 'zod';
import { checkMessage, checkShape, modalView } from './check-blocks.ts';
import type { Delivered } from './deliver.ts';
import { redraw } from './methods-views.ts';
import { BOT, SLACKBOT, type OpenView, type Workspace } from './workspace.ts';

/** What Slack does with the body of an acknowledgement. */
const commandAnswer = z.object({
  response_type: z.enum(['ephemeral', 'in_channel']).optional(),
  text: z.string().optional(),
  blocks: z.unknown().optional(),
});

/** A slash command's: shown to the person, or to the channel; an error is Slack's own sentence. */
export function takeCommandAnswer(
  workspace: Workspace,
  { channel, user, command }: { channel: string; user: string; command: string },
  delivered: Delivered,
): void {
  const fail = (code: string): void => {
    workspace.post({
      channel,
      user: SLACKBOT,
      onlyFor: user,
      text: `${command} failed with the error "${code}"`,
      blocks: [],
    });
  };
  if (delivered.error !== undefined) return fail(delivered.error);
  if (delivered.body === '') return;
  const said = typeof delivered.body === 'string' ? { text: delivered.body } : delivered.body;
  const answer = commandAnswer.safeParse(said);
  if (!answer.success) return fail('invalid_command_response');
  const message = checkMessage(answer.data.text, answer.data.blocks);
  if (!message.ok) return fail(message.problem.error);
  const onlyFor = answer.data.response_type === 'in_channel' ? {} : { onlyFor: user };
  workspace.post({ channel, user: BOT, ...message.value, ...onlyFor });
}

const TROUBLE = 'We had some trouble connecting. Try again?';
const viewAnswer = z.discriminatedUnion('response_action', [
  z.object({ response_action: z.literal('clear') }),
  z.object({ response_action: z.literal('errors'), errors: z.record(z.string(), z.string().min(1)) }),
  z.object({ response_action: z.literal('update'), view: z.unknown() }),
  z.object({ response_action: z.literal('push'), view: z.unknown() }),
]);

/** A submitted view's: it closes, stays with sentences, or turns into another. */
export function takeViewAnswer(workspace: Workspace, open: OpenView, delivered: Delivered): void {
  const stack = workspace.modals.get(open.user) ?? [];
  const put = (view: OpenView): void => {
    workspace.modals.set(
      open.user,
      stack.map((each) => (each.id === open.id ? view : each)),
    );
  };
  const trouble = (): void => put({ ...open, trouble: TROUBLE });
  if (delivered.error !== undefined) return trouble();
  if (delivered.body === '') {
    workspace.modals.set(
      open.user,
      stack.filter((each) => each.id !== open.id),
    );
    return;
  }
  const answer = viewAnswer.safeParse(delivered.body);
  if (!answer.success) return trouble();
  switch (answer.data.response_action) {
    case 'clear':
      workspace.modals.delete(open.user);
      return;
    case 'errors': {
      const inputs = open.view.blocks.flatMap((block) => (block.type === 'input' ? [block.block_id] : []));
      const { errors } = answer.data;
      // Slack shows nothing for a block that is not there, and then the person is stuck.
      if (!Object.keys(errors).every((block) => inputs.includes(block))) return trouble();
      return put({ ...open, errors });
    }
    case 'update':
    case 'push': {
      const view = checkShape(modalView, answer.data.view, 'invalid_arguments');
      if (!view.ok) return trouble();
      if (answer.data.response_action === 'update') return void redraw(workspace, open.id, view.value);
      const next = { id: workspace.nextId('V'), user: open.user, hash: workspace.nextId('h'), view: view.value };
      workspace.modals.set(open.user, [...stack, next]);
    }
  }
}

const suggestion = z.object({
  text: z.object({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(75),
    emoji: z.boolean().optional(),
  }),
  value: z.string().min(1).max(75),
});
const label = z.object({
  type: z.literal('plain_text'),
  text: z.string().min(1).max(75),
  emoji: z.boolean().optional(),
});

/** A list of options, or of groups of them, never both; told as one list. */
export const suggestions = z
  .union([
    z.strictObject({ options: z.array(suggestion).max(100) }),
    z.strictObject({
      option_groups: z.array(z.strictObject({ label, options: z.array(suggestion).min(1).max(100) })).max(100),
    }),
  ])
  .transform((given) => ({
    options: 'options' in given ? given.options : given.option_groups.flatMap((group) => group.options),
  }));

import { z } from 'zod';
import { withoutNulls } from '../without-nulls.ts';
import { viewStateSchema } from './read-submission.ts';

/** What Slack sends, as far as we read it. Everything else in a payload is dropped here. */
const id = z.string().min(1).max(255);
const team = z.object({ id }).optional();
const user = z.object({ id, team_id: id.optional() });
const channel = z.object({ id, name: z.string().optional() }).optional();
const responseUrl = z
  .url({ protocol: /^https?$/ })
  .max(2_000)
  .optional();

const view = z.object({
  id,
  type: z.string().optional(),
  callback_id: z.string().max(255).default(''),
  private_metadata: z.string().max(3_000).default(''),
  hash: z.string().optional(),
  app_installed_team_id: id.optional(),
  blocks: z.array(z.object({ type: z.string(), block_id: z.string().optional() })).default([]),
});

export const commandSchema = z.object({
  command: id,
  text: z.string().max(45_000).default(''),
  team_id: id.optional(),
  enterprise_id: id.optional(),
  user_id: id,
  channel_id: id,
  channel_name: z.string().default(''),
  response_url: responseUrl,
  trigger_id: id.optional(),
});

const pressSchema = z.object({
  type: z.literal('block_actions'),
  team,
  user,
  channel,
  view: view.optional(),
  container: z
    .object({
      message_ts: id.optional().catch(undefined),
      thread_ts: id.optional().catch(undefined),
      is_ephemeral: z.boolean().optional(),
    })
    .optional(),
  actions: z.array(z.object({ action_id: id, value: z.string().max(2_000).optional() })).min(1),
  response_url: responseUrl,
  trigger_id: id.optional(),
});
const submissionSchema = z.object({
  type: z.literal('view_submission'),
  team,
  user,
  /** A form that has nothing to fill in may come without its values. */
  view: view.extend({ state: viewStateSchema.default({ values: {} }) }),
  trigger_id: id.optional(),
});
const closedSchema = z.object({ type: z.literal('view_closed'), team, user, view });
const searchSchema = z.object({
  type: z.literal('block_suggestion'),
  team,
  user,
  channel,
  view: view.optional(),
  action_id: id,
  value: z.string().max(3_000),
});
const shortcutSchema = z.object({
  type: z.enum(['shortcut', 'message_action']),
  callback_id: id,
  team,
  user,
  channel,
  trigger_id: id.optional(),
  response_url: responseUrl,
});
export const interactionSchema = z.discriminatedUnion('type', [
  pressSchema,
  submissionSchema,
  closedSchema,
  searchSchema,
  shortcutSchema,
]);

const eventSchema = z.looseObject({ type: id });
export const callbackSchema = z.object({
  type: z.literal('event_callback'),
  /** Absent where a whole Enterprise organisation installed the app: then one of those below tells. */
  team_id: id.optional(),
  context_team_id: id.optional(),
  enterprise_id: id.optional(),
  api_app_id: id.optional(),
  event_id: id,
  event_time: z.number().nonnegative(),
  /** Whose installation this event is for: its own user is the bot. */
  authorizations: z
    .array(z.object({ user_id: id, team_id: id.optional(), is_bot: z.boolean().default(false) }))
    .optional()
    .catch(undefined),
  event: eventSchema,
});

export const homeOpenedSchema = z.object({
  user: id,
  tab: z.string().optional(),
  view: z.object({ hash: z.string().optional() }).optional(),
});
export const messageSchema = z.object({
  user: id,
  channel: id,
  channel_type: z.string(),
  text: z.string().max(45_000).default(''),
  subtype: z.string().optional(),
  bot_id: z.string().optional(),
  team: id.optional(),
  user_team: id.optional(),
});
/** On a message; files and their comments are none of ours. `item_user` is who wrote the message, where Slack knows. */
export const reactionAddedSchema = z.object({
  user: id,
  item: z.object({ type: z.literal('message'), channel: id, ts: id }),
  item_user: id.optional(),
});
export const userChangeSchema = z.object({
  user: z.object({
    id,
    team_id: id.optional(),
    deleted: z.boolean().default(false),
    /** A multi-channel guest, a single-channel guest, somebody of another organisation. */
    is_restricted: z.boolean().default(false),
    is_ultra_restricted: z.boolean().default(false),
    is_stranger: z.boolean().default(false),
  }),
});
export const tokensRevokedSchema = z.object({ tokens: z.object({ bot: z.array(z.string()).default([]) }) });

export type Command = z.infer<typeof commandSchema>;
export type Press = z.infer<typeof pressSchema>;
export type Submission = z.infer<typeof submissionSchema>;
export type Closed = z.infer<typeof closedSchema>;
export type Search = z.infer<typeof searchSchema>;
export type Shortcut = z.infer<typeof shortcutSchema>;
export type Callback = z.infer<typeof callbackSchema>;
export type Payload = Command | Press | Submission | Closed | Search | Shortcut | Callback;

/** One of the kinds above, or undefined. Callbacks whose event we do not read are taken too: they are acknowledged. */
export function readPayload(sent: unknown): Payload | undefined {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) return undefined;
  const body: object = withoutNulls(sent);
  if ('command' in body) return commandSchema.safeParse(body).data;
  if (!('type' in body)) return undefined;
  const read = body.type === 'event_callback' ? callbackSchema.safeParse(body) : interactionSchema.safeParse(body);
  return read.data;
}

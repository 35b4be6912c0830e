import { z } from 'zod';
import { inboundSchema, type Happening, type Inbound } from '../chat/inbound.ts';
import {
  homeOpenedSchema,
  messageSchema,
  reactionAddedSchema,
  tokensRevokedSchema,
  userChangeSchema,
  type Callback,
  type Closed,
  type Command,
  type Payload,
  type Press,
  type Search,
  type Shortcut,
  type Submission,
} from './payloads.ts';
import { isGuest } from './inspect.ts';
import { readSubmission } from './read-submission.ts';
import { readText } from './read-text.ts';
import { readButton } from './write-button.ts';

/**
 * A Slack payload as an Inbound. `workspace` is the one that sent it, whose token answers; the inbound's tenant is
 * the *user's* team: someone of another organisation in a shared channel is then a stranger to the dispatcher.
 */
export type Reading =
  | { readonly is: 'inbound'; readonly workspace: string; readonly inbound: Inbound }
  /** Well formed, and nothing for us. */
  | { readonly is: 'nothing' }
  /** Carries what no button, form or command of ours can have written. */
  | { readonly is: 'malformed' };

interface Found {
  readonly workspace: string | undefined;
  readonly tenant: string | undefined;
  readonly user: string;
  readonly place: Inbound['place'];
  readonly what: Happening | undefined;
}
/** Sets a shortcut on a message apart from the global one of the same command. */
export const MESSAGE_SHORTCUT = 'message.';
/** The one who acts when Slack itself does: no person has this id. */
const SLACK = 'slack';

function placeOf(id: string, name = ''): Inbound['place'] {
  if (id === '' || id.startsWith('D') || name === 'directmessage') return { id, kind: 'direct' };
  return { id, kind: id.startsWith('G') || name.startsWith('mpdm-') ? 'group' : 'channel' };
}

function ofCommand(body: Command): Found {
  const workspace = body.team_id ?? body.enterprise_id;
  return {
    workspace,
    tenant: workspace,
    user: body.user_id,
    place: placeOf(body.channel_id, body.channel_name),
    what: { kind: 'command', text: readText(body.text) },
  };
}

const sessionSchema = z.object({ session: z.string().min(1).max(255) });

/** The session id, or undefined when the metadata is not ours (tampered with). */
function readSession(metadata: string): string | undefined {
  try {
    return sessionSchema.safeParse(JSON.parse(metadata)).data?.session;
  } catch {
    return undefined;
  }
}

function whatOf(body: Press | Submission | Closed | Search | Shortcut): Happening | undefined {
  switch (body.type) {
    case 'block_actions': {
      const [action] = body.actions;
      if (action === undefined) return undefined;
      const { message_ts: message, is_ephemeral: passing = false } = body.container ?? {};
      return { kind: 'button', ...readButton(action), ...(message === undefined || passing ? {} : { message }) };
    }
    case 'view_submission': {
      const { callback_id: form, private_metadata, state } = body.view;
      // An unreadable session travels on as one that nobody has, so that the person is told that the form is gone.
      return {
        kind: 'form-submitted',
        form,
        session: readSession(private_metadata) ?? 'unreadable',
        values: readSubmission(state),
      };
    }
    case 'view_closed': {
      const session = readSession(body.view.private_metadata);
      return session === undefined ? undefined : { kind: 'form-closed', form: body.view.callback_id, session };
    }
    case 'block_suggestion': {
      const search = z.enum(['clients', 'people']).safeParse(body.action_id.replace(/^search:/, ''));
      return search.success ? { kind: 'option-search', search: search.data, query: body.value } : undefined;
    }
    case 'shortcut':
      return { kind: 'command', text: body.callback_id };
    case 'message_action': {
      // What the message says is not read: a form opens, and a person writes in it what belongs there.
      const { callback_id } = body;
      return { kind: 'command', text: callback_id.replace(MESSAGE_SHORTCUT, '') };
    }
  }
}

function ofInteraction(body: Press | Submission | Closed | Search | Shortcut): Found {
  const view = 'view' in body ? body.view : undefined;
  const workspace = view?.app_installed_team_id ?? body.team?.id ?? body.user.team_id ?? undefined;
  const channel = 'channel' in body ? body.channel : undefined;
  return {
    workspace,
    tenant: body.user.team_id ?? workspace,
    user: body.user.id,
    place: placeOf(channel?.id ?? '', channel?.name),
    what: whatOf(body),
  };
}

/** When Slack says it happened. */
const momentOf = (body: Callback): string => new Date(body.event_time * 1_000).toISOString();

/** Whose installation an event is for. Of a whole Enterprise organisation's, the envelope may name no team. */
const workspaceOf = (body: Callback): string | undefined =>
  body.team_id ??
  body.context_team_id ??
  body.authorizations?.find(({ team_id }) => team_id !== undefined)?.team_id ??
  body.enterprise_id;

function ofEvent(body: Callback): Found | undefined {
  const nowhere = { id: '', kind: 'direct' } as const;
  const workspace = workspaceOf(body);
  if (workspace === undefined) return undefined;
  const base = { workspace, tenant: workspace, place: nowhere };
  switch (body.event.type) {
    case 'app_home_opened': {
      const event = homeOpenedSchema.safeParse(body.event).data;
      if (event === undefined || event.tab === 'messages') return undefined;
      return { ...base, user: event.user, what: { kind: 'home-opened' } };
    }
    case 'message': {
      const event = messageSchema.safeParse(body.event).data;
      if (event === undefined || event.subtype !== undefined || event.bot_id !== undefined) return undefined;
      if (event.channel_type !== 'im') return undefined;
      return {
        ...base,
        tenant: event.user_team ?? event.team ?? workspace,
        user: event.user,
        place: { id: event.channel, kind: 'direct' },
        what: { kind: 'command', text: readText(event.text) },
      };
    }
    case 'reaction_added': {
      const event = reactionAddedSchema.safeParse(body.event).data;
      if (event === undefined) return undefined;
      const bot = body.authorizations?.find((one) => one.is_bot)?.user_id;
      const onAnothers = bot !== undefined && event.item_user !== undefined && event.item_user !== bot;
      // Most emojis are put on what people say to each other, and the bot's own ask for nothing.
      if (onAnothers || event.user === bot) return undefined;
      const { channel, ts } = event.item;
      return { ...base, user: event.user, place: placeOf(channel), what: { kind: 'reacted', message: ts } };
    }
    case 'user_change': {
      const event = userChangeSchema.safeParse(body.event).data;
      if (event === undefined) return undefined;
      const { id, team_id, deleted } = event.user;
      const guest = isGuest(event.user);
      return {
        ...base,
        // Of a whole organisation's event only the person's own team tells where they stand.
        workspace: body.team_id ?? team_id ?? workspace,
        tenant: team_id ?? workspace,
        user: id,
        what: { kind: 'user-changed', active: !deleted, ...(guest ? { guest } : {}) },
      };
    }
    case 'tokens_revoked': {
      const revoked = tokensRevokedSchema.safeParse(body.event).data?.tokens.bot ?? [];
      return revoked.length === 0
        ? undefined
        : { ...base, user: SLACK, what: { kind: 'uninstalled', at: momentOf(body) } };
    }
    case 'app_uninstalled':
      return { ...base, user: SLACK, what: { kind: 'uninstalled', at: momentOf(body) } };
    default:
      return undefined;
  }
}

/** `delivery` is the id for what is not an event; an event brings its own, the same on every retry. */
export function readInbound(payload: Payload, delivery: string): Reading {
  const event = 'event' in payload;
  const found = event ? ofEvent(payload) : 'command' in payload ? ofCommand(payload) : ofInteraction(payload);
  if (found?.what === undefined) return { is: 'nothing' };
  const { workspace, tenant, user, place, what } = found;
  const inbound = inboundSchema.safeParse({
    platform: 'slack',
    tenant,
    ...(workspace === undefined || workspace === tenant ? {} : { via: workspace }),
    user,
    place,
    delivery: event ? payload.event_id : delivery,
    what,
  });
  if (!inbound.success || workspace === undefined) return { is: 'malformed' };
  return { is: 'inbound', workspace, inbound: inbound.data };
}

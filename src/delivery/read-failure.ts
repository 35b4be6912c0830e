import type { SendFailure } from '../feature/sender.ts';

/** What a platform's no means for a delivery, whatever the platform. */
export type Verdict =
  /** Not done now; the same thing again, later. */
  | 'retry'
  /** The platform asked to wait: this workspace, method and place only. */
  | 'hold'
  /** It may have happened. */
  | 'unknown'
  /** It will not be drawn there as a card: our mistake. */
  | 'plain'
  /** This place, or this way to the person, does not take it. */
  | 'refused'
  /** The person is no longer there. */
  | 'person-gone'
  /** Baton is no longer installed there. */
  | 'workspace-gone'
  /** The message to change is not there any more. */
  | 'message-gone';

/**
 * Slack's error codes, by the policy of the platform's own documentation: transient ones are repeated, an archived or
 * foreign place is rerouted, a person who left is reassigned, a revoked token stops everything, a refused card is a
 * mistake of ours. A code that is not here is a definite no that needs a human: refused.
 */
const slackCodes: Readonly<Record<string, Verdict>> = {
  // Said by Slack also after the work was done: the message may be there.
  internal_error: 'unknown',
  fatal_error: 'unknown',
  // The repetition was recognised, but the first message was not found: neither there nor not there.
  duplicate_message_not_found: 'unknown',
  service_unavailable: 'retry',
  request_timeout: 'retry',
  team_added_to_org: 'retry',
  no_connection: 'retry',
  // The adapter's own: the person's conversation could not be opened, so nothing was posted.
  not_opened: 'retry',
  // Ours: what the place is could not be asked, so nothing was posted.
  not_inspected: 'retry',
  ratelimited: 'hold',
  rate_limited: 'hold',
  message_limit_exceeded: 'hold',
  channel_not_found: 'refused',
  is_archived: 'refused',
  not_in_channel: 'refused',
  restricted_action: 'refused',
  no_channel: 'refused',
  missing_scope: 'refused',
  user_not_found: 'person-gone',
  users_not_found: 'person-gone',
  user_disabled: 'person-gone',
  cannot_dm_bot: 'person-gone',
  token_revoked: 'workspace-gone',
  token_expired: 'workspace-gone',
  invalid_auth: 'workspace-gone',
  not_authed: 'workspace-gone',
  app_uninstalled: 'workspace-gone',
  not_installed: 'workspace-gone',
  team_access_not_granted: 'workspace-gone',
  msg_too_long: 'plain',
  invalid_blocks: 'plain',
  invalid_blocks_format: 'plain',
  msg_blocks_too_long: 'plain',
  no_text: 'plain',
  message_not_found: 'message-gone',
  cant_update_message: 'message-gone',
  cant_delete_message: 'message-gone',
  edit_window_closed: 'message-gone',
};

/**
 * Codes of the Teams adapter itself, where no connector answered, and those of the connector that Microsoft documents
 * ("Status codes from bot conversational APIs"): a word says more than the status in front of it.
 */
const teamsCodes: Readonly<Record<string, Verdict>> = {
  'no-token': 'retry',
  'no-connection': 'retry',
  not_inspected: 'retry',
  'no-chat': 'refused',
  'no-service-url': 'refused',
  'service-host-not-allowed': 'refused',
  ActivityNotFound: 'message-gone',
  ActivityNotFoundInConversation: 'message-gone',
  // By the administrator, who may allow it again: like a workspace that Baton was taken out of.
  BotDisabledByAdmin: 'workspace-gone',
  BotNotRegistered: 'workspace-gone',
  BotNotInConversationRoster: 'refused',
  // By the person, or by a channel's moderation: somebody else is told, or the person elsewhere.
  ConversationBlockedByUser: 'refused',
  MessageWritesBlocked: 'refused',
  ConversationNotFound: 'refused',
  // Not installed for that person.
  ForbiddenOperationException: 'refused',
  // A government cloud's conversation, written to through the public one: the settings name the host.
  InvalidBotApiHost: 'refused',
  NotEnoughPermissions: 'refused',
  MessageSizeTooBig: 'refused',
  PreconditionFailed: 'retry',
  ServiceUnavailable: 'retry',
  Throttled: 'hold',
};

/**
 * The connector's statuses: Teams documents 412, 429, 502 and 504 as to be repeated; 403, 404 and 413 are final. An
 * expired token of ours (401) is fetched anew by the next try.
 */
const teamsStatuses: Readonly<Record<number, Verdict>> = {
  400: 'plain',
  401: 'retry',
  403: 'refused',
  404: 'refused',
  408: 'retry',
  412: 'retry',
  413: 'refused',
  429: 'hold',
  503: 'retry',
};

/** A platform's word may be `toString`: only the table's own words count. */
const look = (table: Readonly<Record<string, Verdict>>, code: string): Verdict | undefined =>
  Object.hasOwn(table, code) ? table[code] : undefined;

/** Which of two meanings `account_inactive` has, only the destination tells: a person's account, or our own. */
export function readFailure(
  platform: 'slack' | 'teams',
  audience: 'person' | 'team',
  failure: Omit<SendFailure, 'ok'>,
): Verdict {
  if (failure.unknown) return 'unknown';
  if (platform === 'teams') {
    return look(teamsCodes, failure.code) ?? teamsStatuses[failure.status ?? 0] ?? 'refused';
  }
  if (failure.code === 'account_inactive') return audience === 'person' ? 'person-gone' : 'workspace-gone';
  if (/^http_5\d\d$/.test(failure.code)) return 'unknown';
  return look(slackCodes, failure.code) ?? 'refused';
}

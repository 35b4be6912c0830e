import type { Sender, Verdict } from '../feature/sender.ts';

/**
 * Slack's error codes, by the policy of the platform's own documentation: transient ones are repeated, an archived or
 * foreign place is rerouted, a person who left is reassigned, a revoked token stops everything, a refused card is a
 * mistake of ours. A code that is not here is a definite no that needs a human: refused.
 */
const codes: Readonly<Record<string, Verdict>> = {
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

/** A platform's word may be `toString`: only the table's own words count. */
const look = (code: string): Verdict | undefined => (Object.hasOwn(codes, code) ? codes[code] : undefined);

/** Which of two meanings `account_inactive` has, only the destination tells: a person's account, or our own. */
export const readFailure: Sender['readFailure'] = (audience, failure) => {
  if (failure.unknown) return 'unknown';
  if (failure.code === 'account_inactive') return audience === 'person' ? 'person-gone' : 'workspace-gone';
  if (/^http_5\d\d$/.test(failure.code)) return 'unknown';
  return look(failure.code) ?? 'refused';
};

import { z } from 'zod';

/** Why a supervisor takes a message off the list instead of sending it again. */
export const dismissReasonSchema = z.enum(['told-otherwise', 'no-longer-needed', 'sent-in-error']);
export type DismissReason = z.infer<typeof dismissReasonSchema>;
export const dismissReasonLabels: Readonly<Record<DismissReason, string>> = {
  'told-otherwise': 'They were told another way',
  'no-longer-needed': 'It is no longer needed',
  'sent-in-error': 'It should not have been sent',
};

/** What happened, and what to do about it, in words. A code that is not here is shown as it is. */
const reasonWords: readonly (readonly [RegExp, string])[] = [
  [/^is_archived$/, 'The channel is archived. Give the team another place, then retry.'],
  [/^(channel_not_found|not_in_channel|no_channel)$/, 'Baton is not in that channel. Invite it there, then retry.'],
  [
    /^place_public$/,
    'Everybody of the workspace can read along there. Make it private and retry, or have your administrator accept it.',
  ],
  [
    /^place_shared$/,
    'People of another organisation can read along there. Name another place, or have your administrator accept it.',
  ],
  [/^place_guests$/, 'Guests can read along there. Name another place, or have your administrator accept it.'],
  [/^(restricted_action|MessageWritesBlocked)$/, 'Baton may not write there. Change who may post, then retry.'],
  [
    /^(workspace_gone|not_installed|not-configured|token_\w+|invalid_auth|not_authed|app_uninstalled|account_inactive|team_access_not_granted)$/,
    'Baton is not installed there any more. It goes out by itself once it is installed again.',
  ],
  [/^BotDisabledByAdmin$/, 'An administrator of Teams switched Baton off there. Ask them to allow it, then retry.'],
  [
    /^(BotNotRegistered|InvalidBotApiHost)$/,
    'Baton’s settings for Teams do not fit this tenant. Tell your administrator, then retry.',
  ],
  [/^ConversationBlockedByUser$/, 'They blocked Baton there. Tell them another way; retry once they allow it.'],
  [
    /^(BotNotInConversationRoster|ForbiddenOperationException|no-chat)$/,
    'Baton is not added there. Add it, then retry.',
  ],
  [/^(person_gone|user_\w+|cannot_dm_bot)$/, 'They cannot be reached any more, and no supervisor either.'],
  [/^no_place$/, 'The team has no place to write to. Add one, then retry.'],
  [
    /^(no_reply|wrong_reply|connection|no-id|http_5\d\d|http-5\d\d|internal_error|fatal_error|duplicate_message_not_found)$/,
    'It may have arrived: look there before you retry.',
  ],
  [
    /^(no_connection|not_opened|service_unavailable|ServiceUnavailable|PreconditionFailed|request_timeout|no-connection)$/,
    'The platform could not be reached for hours. Retry; if it happens again, tell your administrator.',
  ],
  [
    /^(missing_scope|no-token|NotEnoughPermissions|Unauthorized|http-401)$/,
    'Baton lacks a right there. Tell your administrator, then retry.',
  ],
  [/^ConversationNotFound$/, 'The conversation is gone. Give the team another place, then retry.'],
  [
    /^(cannot_draw|msg_\w+|invalid_blocks\w*|http-400|BadArgument)$/,
    'The message could not be shown. Tell your administrator.',
  ],
];

/** Why a page was given up, in words, and what to do about it. */
const pageWords: readonly (readonly [RegExp, string])[] = [
  [/^no_answer$/, 'The pager’s gateway did not answer in time. It may have rung: ask, then retry.'],
  [/^no_connection$/, 'The pager’s gateway could not be reached. Tell your administrator, then retry.'],
  [/^http_3\d\d$/, 'The pager’s gateway has moved. Tell your administrator: PAGER_URL names another place.'],
  [/^http_40[13]$/, 'The pager’s gateway did not accept the signature. Tell your administrator: PAGER_SECRET.'],
];

export const explainPage = (reason: string): string =>
  pageWords.find(([pattern]) => pattern.test(reason))?.[1] ??
  `The pager’s gateway refused it (${reason}). Retry, or tell your administrator.`;

export function explainReason(reason: string): string {
  const found = reasonWords.find(([pattern]) => pattern.test(reason));
  return found?.[1] ?? `The platform refused it (${reason}). Retry, or tell your administrator.`;
}

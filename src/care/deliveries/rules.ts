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
  [/^(restricted_action|MessageWritesBlocked)$/, 'Baton may not write there. Change who may post, then retry.'],
  [
    /^(workspace_gone|not_installed|not-configured|token_\w+|invalid_auth|not_authed|app_uninstalled|account_inactive|team_access_not_granted)$/,
    'Baton is not installed there any more. It goes out by itself once it is installed again.',
  ],
  [/^(BotNotInConversationRoster|no-chat)$/, 'Baton is not added there. Add it, then retry.'],
  [/^(person_gone|user_\w+|cannot_dm_bot)$/, 'They cannot be reached any more, and no supervisor either.'],
  [/^no_place$/, 'The team has no place to write to. Add one, then retry.'],
  [/^(no_reply|wrong_reply|connection|http_5\d\d|http-5\d\d)$/, 'It may have arrived: look there before you retry.'],
  [
    /^(cannot_draw|msg_\w+|invalid_blocks\w*|http-400|BadArgument)$/,
    'The message could not be shown. Tell your administrator.',
  ],
];

export function explainReason(reason: string): string {
  const found = reasonWords.find(([pattern]) => pattern.test(reason));
  return found?.[1] ?? `The platform refused it (${reason}). Retry, or tell your administrator.`;
}

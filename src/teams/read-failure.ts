import type { Sender, Verdict } from '../feature/sender.ts';

/**
 * Codes of the Teams adapter itself, where no connector answered, and those of the connector that Microsoft documents
 * ("Status codes from bot conversational APIs"): a word says more than the status in front of it.
 */
const codes: Readonly<Record<string, Verdict>> = {
  'no-token': 'retry',
  'no-connection': 'retry',
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
const statuses: Readonly<Record<number, Verdict>> = {
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
const look = (code: string): Verdict | undefined => (Object.hasOwn(codes, code) ? codes[code] : undefined);

export const readFailure: Sender['readFailure'] = (_audience, failure) =>
  failure.unknown ? 'unknown' : (look(failure.code) ?? statuses[failure.status ?? 0] ?? 'refused');

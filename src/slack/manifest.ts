import type { Command } from '../feature/feature.ts';
import { MESSAGE_SHORTCUT } from './read-inbound.ts';

/** What a manifest needs of a command: the same table that makes the parser and the help. */
export type SlackManifestCommand = Pick<Command, 'name' | 'summary' | 'prominence'>;

/** Where the service stands; the committed manifest holds a placeholder. */
export interface SlackManifestOptions {
  /** `https://` and a host, without a slash at the end. */
  readonly address?: string;
  /** Baton opens the connection itself: no address stands in it. */
  readonly socketMode?: boolean;
}

/** Every permission Baton asks of a workspace, and what would stop without it. Nothing is asked for in advance. */
export const slackScopes = {
  commands: 'The slash command /care and the shortcuts.',
  'chat:write': 'Private answers and messages to people.',
  'im:write': 'Opening the conversation between a person and Baton.',
  'reactions:read': 'An emoji on a card acknowledges nothing: whoever put it there is told so.',
  'files:write': 'The pictures of the weekly post: uploaded, shown in the message, shared with no channel.',
  'users:read': 'Whether somebody was deactivated or is a guest, so that their access ends at once.',
  'channels:read': 'What a public place is before anything is posted there: archived, shared, open to everybody.',
  'groups:read': 'The same for private places.',
} as const satisfies Readonly<Record<string, string>>;

/** The events Baton listens to, each with why. Everything else that Slack can send is not subscribed to. */
export const slackEvents = {
  app_home_opened: 'The home tab is drawn when a person opens it.',
  reaction_added: 'Seen is not taken: who reacts to an open escalation is told so privately, with the button.',
  app_uninstalled: 'Nothing more is sent, and the token is forgotten.',
  tokens_revoked: 'The same as an uninstallation.',
  user_change: 'Leavers are refused at once.',
} as const satisfies Readonly<Record<string, string>>;

/** Commands worth a place in Slack's shortcut menu, which shows 24 characters. Only those in the table are offered. */
const shortcutNames: Readonly<Record<string, string>> = {
  log: 'Log a contact',
  refer: 'Refer a client',
  escalate: 'Escalate a concern',
};

/** The same for the menu of a message. Its text is not copied: what belongs in the form, a person writes there. */
const messageShortcutNames: Readonly<Record<string, string>> = { escalate: 'Escalate in Baton' };

/** The address in the committed manifests, to be replaced by the service's own. */
export const placeholderAddress = 'https://baton.example.org';

/**
 * Slack's app manifest, made from the command table. Pure: the same table gives the same manifest. Slash command,
 * interactions, events and type-ahead share one address; in Socket Mode there is none.
 */
export function slackManifest(commands: readonly SlackManifestCommand[], options: SlackManifestOptions = {}) {
  const { address = placeholderAddress, socketMode = false } = options;
  const url = socketMode ? undefined : `${address}/slack/events`;
  return {
    display_information: {
      name: 'Baton',
      description: 'Care coordination for behavioural-health teams',
      long_description:
        'Baton keeps a care team’s follow-ups, contacts and caseloads where the team already talks. One line logs a ' +
        'contact and plans the next one; one command says what waits on you. Shared places show client codes, not ' +
        'names. The health record stays the system of record.',
      background_color: '#1f5f66',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: true },
      bot_user: { display_name: 'Baton', always_online: false },
      shortcuts: [
        // The callback id is the command itself: pressing a shortcut is typing its name.
        ...shortcuts(commands, 'global', shortcutNames, ''),
        ...shortcuts(commands, 'message', messageShortcutNames, MESSAGE_SHORTCUT),
      ],
      slash_commands: [
        {
          command: '/care',
          url,
          description: 'Your day, or one thing in one line',
          usage_hint: usageHint(commands),
          // Mentions then arrive as ids rather than as names that two people may share.
          should_escape: true,
        },
      ],
    },
    oauth_config: {
      redirect_urls: socketMode ? undefined : [`${address}/slack/oauth_redirect`],
      scopes: { bot: Object.keys(slackScopes) },
    },
    settings: {
      event_subscriptions: { request_url: url, bot_events: Object.keys(slackEvents) },
      interactivity: { is_enabled: true, request_url: url, message_menu_options_url: url },
      org_deploy_enabled: false,
      socket_mode_enabled: socketMode,
      token_rotation_enabled: false,
    },
  };
}

function shortcuts(
  commands: readonly SlackManifestCommand[],
  type: 'global' | 'message',
  names: Readonly<Record<string, string>>,
  prefix: string,
) {
  return commands.flatMap(({ name: command, summary }) => {
    const name = names[command];
    return name === undefined ? [] : [{ name, type, callback_id: `${prefix}${command}`, description: summary }];
  });
}

/** `[log | next | help]`: what Slack shows beside the command while it is typed. */
function usageHint(commands: readonly SlackManifestCommand[]): string {
  const first = commands.filter(({ prominence }) => prominence === 'first').map(({ name }) => name);
  return `[${first.join(' | ')}]`;
}

import type { Command } from '../feature/feature.ts';

/** What a manifest needs of a command: the same table that makes the parser and the help. */
export type TeamsManifestCommand = Pick<Command, 'name' | 'summary' | 'prominence' | 'aboutClient'>;

export interface TeamsManifestOptions {
  /** Version of the app package, `1.2.3`: Teams takes an update only with a higher one. */
  readonly version: string;
  /** The Microsoft app id, a GUID; the committed manifests hold a placeholder. */
  readonly appId?: string;
  /** `https://` and a host, without a slash at the end. */
  readonly address?: string;
}

/** Teams shows no more commands than this in a list. */
export const mostListedCommands = 10;
/**
 * Commands worth a place beside the box to write in, and for which of them a message's own menu is one. Only those in
 * the table are offered; the id is the command itself.
 */
const extensionCommands: Readonly<Record<string, { readonly title: string; readonly contexts: readonly string[] }>> = {
  escalate: { title: 'Escalate in Baton', contexts: ['compose', 'commandBox', 'message'] },
  log: { title: 'Log a contact', contexts: ['compose', 'commandBox'] },
  refer: { title: 'Refer a client', contexts: ['compose', 'commandBox'] },
};
const placeholderAppId = '00000000-0000-0000-0000-000000000000';
const placeholderAddress = 'https://baton.example.org';

const scopes = ['personal', 'team', 'groupChat'] as const;
type Scope = (typeof scopes)[number];

/** The manifest that every tenant takes: commands are offered in the chat with Baton and after a mention. */
export function teamsManifest(commands: readonly TeamsManifestCommand[], options: TeamsManifestOptions) {
  return {
    ...manifest('1.24', options),
    ...extension(commands, options),
    bots: [{ ...bot(options), commandLists: scopes.map((scope) => commandList(commands, scope)) }],
  };
}

/**
 * The manifest for tenants whose Teams knows slash commands (schema 1.29 and later): in channels and group chats the
 * commands stand behind `/` too, where only Baton sees what is sent. A 1:1 chat has no slash commands.
 */
export function teamsSlashManifest(commands: readonly TeamsManifestCommand[], options: TeamsManifestOptions) {
  const commandLists = scopes.map((scope) => ({
    triggers: scope === 'personal' ? ['mention'] : ['mention', 'slash'],
    ...commandList(commands, scope),
  }));
  return {
    ...manifest('1.29', options),
    ...extension(commands, options),
    bots: [{ ...bot(options), supportsTargetedMessages: true, commandLists }],
  };
}

function manifest(
  schema: string,
  { version, appId = placeholderAppId, address = placeholderAddress }: TeamsManifestOptions,
) {
  return {
    $schema: `https://developer.microsoft.com/json-schemas/teams/v${schema}/MicrosoftTeams.schema.json`,
    manifestVersion: schema,
    version,
    id: appId,
    developer: {
      name: 'Baton',
      // The organisation's own pages, to be put in by hand: Baton itself serves none.
      websiteUrl: 'https://www.example.org/baton',
      privacyUrl: 'https://www.example.org/baton/privacy',
      termsOfUseUrl: 'https://www.example.org/baton/terms',
    },
    name: { short: 'Baton', full: 'Baton: care coordination' },
    description: {
      short: 'Care coordination for behavioural-health teams',
      full:
        'Baton keeps a care team’s follow-ups, contacts and caseloads where the team already talks. One line logs a ' +
        'contact and plans the next one; one command says what waits on you. Channels show client codes, not names, ' +
        'and what is about a client is answered in your own chat. The health record stays the system of record.',
    },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: '#1F5F66',
    defaultInstallScope: 'personal',
    // No permission is asked for: Baton reads what is sent to it, and no other message.
    validDomains: [new URL(address).host],
  };
}

function bot({ appId = placeholderAppId }: TeamsManifestOptions) {
  return { botId: appId, scopes: [...scopes], isNotificationOnly: false, supportsFiles: false };
}

/** Forms from where people are: each opens a dialog that only this person sees. */
function extension(commands: readonly TeamsManifestCommand[], { appId = placeholderAppId }: TeamsManifestOptions) {
  const offered = commands.flatMap(({ name, summary }) => {
    const known = extensionCommands[name];
    if (known === undefined) return [];
    const { title, contexts } = known;
    return [{ id: name, type: 'action', title, description: summary, context: contexts, fetchTask: true }];
  });
  return offered.length === 0 ? {} : { composeExtensions: [{ botId: appId, commands: offered }] };
}

/** In a shared place no command is offered whose words point at a client: a mention there is read by all. */
function commandList(commands: readonly TeamsManifestCommand[], scope: Scope) {
  const offered = chooseCommands(scope === 'personal' ? commands : commands.filter((command) => !command.aboutClient));
  return { scopes: [scope], commands: offered.map(({ name, summary }) => ({ title: name, description: summary })) };
}

/** The first commands before the others, help always among them and last, as many as a list holds. */
function chooseCommands(commands: readonly TeamsManifestCommand[]): readonly TeamsManifestCommand[] {
  const help = commands.filter(({ name }) => name === 'help');
  const others = commands.filter(({ name }) => name !== 'help');
  const byProminence = [
    ...others.filter(({ prominence }) => prominence === 'first'),
    ...others.filter(({ prominence }) => prominence === 'more'),
  ];
  return [...byProminence.slice(0, mostListedCommands - help.length), ...help];
}

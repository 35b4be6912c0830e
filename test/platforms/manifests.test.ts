import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inflateSync } from 'node:zlib';
import AjvDraft04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { collectedFeatures } from '../../src/app.ts';
import { commandsPage } from '../../src/feature/commands-page.ts';
import { parseCommand } from '../../src/chat/parse-command.ts';
import { findCommand } from '../../src/chat/parse-command-name.ts';
import { tokeniseCommand } from '../../src/chat/tokenise-command.ts';
import { readPayload } from '../../src/slack/payloads.ts';
import { readInbound } from '../../src/slack/read-inbound.ts';
import { slackEvents, slackManifest, slackScopes } from '../../src/slack/manifest.ts';
import { mostListedCommands, teamsManifest, teamsSlashManifest } from '../../src/teams/manifest.ts';

const checkout = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(checkout, file), 'utf8');
const asWritten = (manifest: unknown): string => `${JSON.stringify(manifest, undefined, 2)}\n`;

const { commands } = collectedFeatures;
const { version } = JSON.parse(read('package.json')) as { version: string };

describe('the committed files', () => {
  it.each([
    ['manifests/slack.json', asWritten(slackManifest(commands))],
    ['manifests/slack-socket.json', asWritten(slackManifest(commands, { socketMode: true }))],
    ['manifests/teams/manifest.json', asWritten(teamsManifest(commands, { version }))],
    ['manifests/teams/manifest-slash.json', asWritten(teamsSlashManifest(commands, { version }))],
    ['docs/commands.md', commandsPage(commands)],
  ])('are what the command table says: %s', (file, made) => {
    expect(read(file) === made, `${file} is older than the command table: run npm run manifests`).toBe(true);
  });
});

describe('the Slack manifest', () => {
  const manifest = slackManifest(commands);
  const { display_information, features, oauth_config, settings } = manifest;

  it('keeps Slack’s limits', () => {
    expect(display_information.name.length).toBeLessThanOrEqual(35);
    expect(display_information.description.length).toBeLessThanOrEqual(140);
    expect(display_information.long_description.length).toBeGreaterThanOrEqual(175);
    expect(display_information.long_description.length).toBeLessThanOrEqual(4_000);
    expect(display_information.background_color).toMatch(/^#[0-9a-f]{6}$/);
    expect(features.slash_commands.map(({ command }) => command)).toEqual(['/care']);
    expect(features.slash_commands[0]?.usage_hint.length).toBeLessThanOrEqual(100);
    expect(features.shortcuts.length).toBeGreaterThan(0);
    expect(features.shortcuts.length).toBeLessThanOrEqual(10);
    for (const { name, description } of features.shortcuts) {
      expect(name.length).toBeLessThanOrEqual(24);
      expect(description.length).toBeLessThanOrEqual(150);
    }
  });

  it('offers the first commands while one types', () => {
    const first = commands.filter(({ prominence }) => prominence === 'first');
    for (const { name } of first) expect(features.slash_commands[0]?.usage_hint).toContain(name);
  });

  it('has shortcuts whose id is a command', () => {
    const shortcut = (kind: string, callback_id: string): unknown => {
      const type = kind === 'message' ? 'message_action' : 'shortcut';
      const body = { type, callback_id, team: { id: 'T1' }, user: { id: 'U1' }, trigger_id: 't' };
      const payload = readPayload(body);
      return payload === undefined ? undefined : readInbound(payload, 'd1');
    };
    for (const { type, callback_id } of features.shortcuts) {
      const name = callback_id.replace(/^message\./, '');
      expect(shortcut(type, callback_id)).toMatchObject({ inbound: { what: { kind: 'command', text: name } } });
      expect(findCommand([name], commands)).toMatchObject({ is: 'command' });
    }
    const ids = features.shortcuts.map(({ callback_id }) => callback_id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('offers log, refer and escalate everywhere, and escalate in a message’s own menu', () => {
    const table = ['log', 'refer', 'escalate'].map((name) => ({ name, summary: 'Does', prominence: 'first' as const }));
    const named = slackManifest(table).features.shortcuts.map(({ type, name, callback_id }) => [
      type,
      name,
      callback_id,
    ]);
    expect(named).toEqual([
      ['global', 'Log a contact', 'log'],
      ['global', 'Refer a client', 'refer'],
      ['global', 'Escalate a concern', 'escalate'],
      ['message', 'Escalate in Baton', 'message.escalate'],
    ]);
  });

  it('sends everything to the one address the service listens at', () => {
    const { address, url } = { address: 'https://care.example', url: 'https://care.example/slack/events' };
    const made = slackManifest(commands, { address });
    expect(made.features.slash_commands[0]?.url).toBe(url);
    expect(made.settings.event_subscriptions.request_url).toBe(url);
    expect(made.settings.interactivity).toEqual({ is_enabled: true, request_url: url, message_menu_options_url: url });
    expect(made.oauth_config.redirect_urls).toEqual([`${address}/slack/oauth_redirect`]);
    expect(JSON.stringify(made)).not.toContain('baton.example.org');
  });

  it('of Socket Mode is the same without any address', () => {
    const made = slackManifest(commands, { socketMode: true });
    expect(JSON.stringify(made)).not.toMatch(/https?:/);
    expect(made.settings.socket_mode_enabled).toBe(true);
    expect(manifest.settings.socket_mode_enabled).toBe(false);
    expect(made.settings.event_subscriptions.bot_events).toEqual(settings.event_subscriptions.bot_events);
    expect(made.oauth_config.scopes).toEqual(oauth_config.scopes);
    expect(made.features.shortcuts).toEqual(features.shortcuts);
  });

  it('subscribes to no event that the adapter does not read', () => {
    const details: Record<keyof typeof slackEvents, object> = {
      app_home_opened: { type: 'app_home_opened', user: 'U1', tab: 'home' },
      reaction_added: { type: 'reaction_added', user: 'U1', item: { type: 'message', channel: 'C1', ts: '1.2' } },
      app_uninstalled: { type: 'app_uninstalled' },
      tokens_revoked: { type: 'tokens_revoked', tokens: { bot: ['U2'] } },
      user_change: { type: 'user_change', user: { id: 'U1', deleted: true } },
    };
    expect(settings.event_subscriptions.bot_events).toEqual(Object.keys(slackEvents));
    for (const event of Object.values(details)) {
      const body = { type: 'event_callback', team_id: 'T1', event_id: 'Ev1', event_time: 1, event };
      const payload = readPayload(body);
      expect(payload === undefined ? undefined : readInbound(payload, 'd1')).toMatchObject({ is: 'inbound' });
    }
  });

  it('asks for no permission without saying what for, and reads no channel', () => {
    const { bot } = oauth_config.scopes;
    expect(bot).toEqual(Object.keys(slackScopes));
    const operations = read('docs/operations.md');
    for (const scope of bot) expect(operations).toContain(`\`${scope}\``);
    // What a place is may be asked, what is said there never.
    expect(bot.filter((scope) => /:history$|^(mpim|search|admin)/.test(scope))).toEqual([]);
  });
});

const schemas = 'node_modules/@microsoft/app-manifest/build/json-schemas/teams';
function schemaErrors(schemaVersion: string, manifest: unknown): unknown {
  const ajv = new AjvDraft04.default({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(read(`${schemas}/v${schemaVersion}/MicrosoftTeams.schema.json`)));
  return validate(manifest) ? [] : validate.errors;
}

describe.each([
  ['1.24', teamsManifest],
  ['1.29', teamsSlashManifest],
])('the Teams manifest of %s', (schemaVersion, write) => {
  const manifest = write(commands, { version });

  it('follows Microsoft’s schema', () => {
    expect(manifest.manifestVersion).toBe(schemaVersion);
    expect(manifest.$schema).toContain(`/v${schemaVersion}/`);
    expect(schemaErrors(schemaVersion, manifest)).toEqual([]);
  });

  it('would be refused by that schema with something made up in it', () => {
    expect(schemaErrors(schemaVersion, { ...manifest, id: 'baton' })).not.toEqual([]);
    const [bot] = manifest.bots;
    expect(schemaErrors(schemaVersion, { ...manifest, bots: [{ ...bot, reads: 'all' }] })).not.toEqual([]);
  });

  it('asks for no permission, and for nobody’s messages', () => {
    expect(Object.keys(manifest)).not.toContain('permissions');
    expect(Object.keys(manifest)).not.toContain('authorization');
    expect(Object.keys(manifest)).not.toContain('webApplicationInfo');
  });

  it('offers every scope one list of commands, help last', () => {
    const lists = manifest.bots.flatMap(({ commandLists }) => commandLists);
    expect(lists.map(({ scopes }) => scopes)).toEqual([['personal'], ['team'], ['groupChat']]);
    for (const list of lists) expect(list.commands.at(-1)?.title).toBe('help');
  });

  it('offers no command about a client where others read', () => {
    const aboutClients = commands.filter(({ aboutClient }) => aboutClient).map(({ name }) => name);
    expect(aboutClients.length).toBeGreaterThan(0);
    const [personal, ...shared] = manifest.bots.flatMap(({ commandLists }) => commandLists);
    expect(personal?.commands.map(({ title }) => title)).toEqual(expect.arrayContaining(aboutClients));
    const titles = shared.flatMap((list) => list.commands.map(({ title }) => title));
    expect(titles.filter((title) => aboutClients.includes(title))).toEqual([]);
  });

  it('lists no more commands than Teams shows, the first ones before the others', () => {
    const many = Array.from({ length: 30 }, (_, index) => ({
      name: index === 3 ? 'help' : `command-${index}`,
      summary: 'Does one thing',
      prominence: index % 2 === 0 ? ('more' as const) : ('first' as const),
      aboutClient: false,
    }));
    for (const { commands: listed } of write(many, { version }).bots.flatMap(({ commandLists }) => commandLists)) {
      expect(listed).toHaveLength(mostListedCommands);
      const odd = listed.slice(0, -1).map(({ title }) => Number(title.slice('command-'.length)) % 2);
      expect(odd).toEqual(odd.map(() => 1));
      expect(listed.at(-1)?.title).toBe('help');
    }
  });

  it('shows each title and description whole in Teams’ list', () => {
    for (const { title, description } of manifest.bots.flatMap((bot) =>
      bot.commandLists.flatMap((list) => list.commands),
    )) {
      expect(title.length).toBeLessThanOrEqual(32);
      expect(description.length).toBeLessThanOrEqual(128);
    }
  });

  it('takes the app id and the address of an installation', () => {
    const appId = '11111111-2222-4333-8444-555555555555';
    const made = write(commands, { version, appId, address: 'https://care.example' });
    expect(made).toMatchObject({ id: appId, bots: [{ botId: appId }], validDomains: ['care.example'] });
    expect(schemaErrors(schemaVersion, made)).toEqual([]);
  });
});

describe.each([teamsManifest, teamsSlashManifest])('the message extension', (write) => {
  const table = ['log', 'escalate', 'next'].map((name) => ({
    name,
    summary: 'Does one thing',
    prominence: 'first' as const,
    aboutClient: true,
  }));

  it('offers commands that open a form, and escalate on a message', () => {
    const [extension] = write(table, { version }).composeExtensions ?? [];
    expect(extension?.commands.map(({ id, context }) => [id, context])).toEqual([
      ['log', ['compose', 'commandBox']],
      ['escalate', ['compose', 'commandBox', 'message']],
    ]);
  });

  it('keeps Teams’ limits, and is the bot’s own', () => {
    const appId = '11111111-2222-4333-8444-555555555555';
    const made = write(commands, { version, appId });
    expect(schemaErrors(made.manifestVersion, made)).toEqual([]);
    expect(made.composeExtensions).toMatchObject([{ botId: appId }]);
  });
});

describe('slash commands in Teams', () => {
  it('stand behind / in channels and group chats, and after a mention everywhere', () => {
    const [bot] = teamsSlashManifest(commands, { version }).bots;
    expect(bot?.supportsTargetedMessages).toBe(true);
    expect(bot?.commandLists.map(({ scopes, triggers }) => [scopes[0], triggers])).toEqual([
      ['personal', ['mention']],
      ['team', ['mention', 'slash']],
      ['groupChat', ['mention', 'slash']],
    ]);
  });
});

/** Width, height and RGBA rows of a PNG as scripts/draw-icons.mjs writes it: one IDAT, no filter. */
function readPicture(file: string): { width: number; height: number; pixel: (x: number, y: number) => number[] } {
  const bytes = readFileSync(path.join(checkout, file));
  expect(bytes.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  const at = bytes.indexOf('IDAT');
  const rows = inflateSync(bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at - 4)));
  const pixel = (x: number, y: number): number[] => {
    const from = y * (width * 4 + 1) + 1 + x * 4;
    return [...rows.subarray(from, from + 4)];
  };
  return { width, height, pixel };
}

describe('the icons of the Teams app', () => {
  it('are 192 pixels wide in colour, without a hole', () => {
    const { width, height, pixel } = readPicture('manifests/teams/color.png');
    expect([width, height]).toEqual([192, 192]);
    for (let at = 0; at < width; at += 1) expect(pixel(at, at)[3]).toBe(255);
    expect(pixel(96, 96)).not.toEqual(pixel(2, 2));
  });

  it('are 32 pixels wide as a white outline on nothing', () => {
    const { width, height, pixel } = readPicture('manifests/teams/outline.png');
    expect([width, height]).toEqual([32, 32]);
    const all = Array.from({ length: width * height }, (_, index) => pixel(index % width, Math.floor(index / width)));
    expect(all.filter(([r, g, b]) => r !== 255 || g !== 255 || b !== 255)).toEqual([]);
    expect(pixel(0, 0)[3]).toBe(0);
    expect(all.some(([, , , alpha]) => alpha === 255)).toBe(true);
  });
});

describe('the page of commands', () => {
  const page = commandsPage(commands);
  const reading = { today: '2026-11-24', isWorkingDay: () => true };

  it.each(commands.map((command) => [command.name, command] as const))('explains %s', (name, command) => {
    const [, section = ''] = page.split(`\n## ${name}\n`);
    const own = section.split('\n## ')[0] ?? '';
    expect(own).toContain(command.summary);
    for (const word of [...command.examples, ...(command.aliases ?? [])]) expect(own).toContain(word);
    for (const { hint, kind, after } of Object.values(command.arguments)) {
      expect(own).toContain(after === undefined ? (kind.words?.[0] ?? hint) : hint);
    }
  });

  it.each(commands.flatMap(({ examples }) => examples))(
    'has an example that is understood as it stands: %s',
    (line) => {
      const found = findCommand(tokeniseCommand(line), commands);
      if (found.is !== 'command') throw new Error('no command of that name');
      // Help takes the name of a command as its topic: no argument of the table.
      const words = found.command.name === 'help' ? [] : found.words;
      expect(parseCommand(words, found.command.arguments, reading)).toMatchObject({ problems: [], leftover: 0 });
    },
  );

  it('keeps a table a table, whatever a command says of itself', () => {
    const odd = { name: 'odd', summary: 'This | that', arguments: {}, examples: [], prominence: 'more' } as const;
    expect(commandsPage([{ ...odd, roles: ['billing'], aboutClient: false }])).toContain(
      '| [odd](#odd) | This \\| that | billing |',
    );
  });

  it('says who, in as few words as are true', () => {
    const roles = (name: string): unknown =>
      new RegExp(`\\| \\[${name}\\]\\(#${name}\\) \\|[^|]+\\| (.+) \\|`).exec(page)?.[1];
    expect(roles('help')).toBe('everyone');
    expect(roles('log')).toBe('care team');
  });
});

import { careRoles, everyRole, type Role } from '../access/roles.ts';
import type { Argument } from '../chat/command.ts';
import { capabilities, type Support } from '../chat/capabilities.ts';
import type { Command } from './feature.ts';
import { describeArgument, describeUsage } from '../chat/help-usage.ts';

export type DocumentedCommand = Pick<
  Command,
  'name' | 'aliases' | 'summary' | 'arguments' | 'examples' | 'roles' | 'prominence' | 'aboutClient'
>;

/** docs/commands.md as Markdown, made from the command table and the table of what each platform can do. Pure. */
export function commandsPage(commands: readonly DocumentedCommand[]): string {
  const ordered = [...commands.filter(isFirst), ...commands.filter((command) => !isFirst(command))];
  return [
    '# Commands',
    '<!-- Written by `npm run manifests` from the command table. Edits made here are lost. -->',
    'In Slack, begin with `/care`, or write the same words to Baton in its own conversation. In Teams, write them in the ' +
      'chat with Baton, after mentioning it, or choose them from its command list. Nothing but `/care` (or an empty ' +
      'message) opens your day.',
    'Words may stand in any order. What a command needs and does not find, it asks for in a form with the rest filled ' +
      'in. A client is written by code, `K7T2-9`: capitals and the dash do not matter, and a mistyped code never reaches ' +
      'another client. What stands in [brackets] may be left out for good. Names and notes belong in forms, not in a command: what you type in a chat stays in its history.',
    `In the tables below, *care team* means the roles ${careRoles.join(', ')}. A role opens the command; which clients it ` +
      'reaches is decided for each client (docs/privacy.md).',
    table(
      ['Command', 'What it does', 'Who'],
      ordered.map(({ name, summary, roles }) => [`[${name}](#${name})`, summary, describeRoles(roles)]),
    ),
    ...ordered.flatMap(describeCommand),
    '## Slack and Teams side by side',
    'Where a platform has no way of its own, this is what stands in for it.',
    table(
      ['What Baton needs', 'Slack', 'Teams'],
      Object.values(capabilities).map(({ need, slack, teams }) => [need, describe(slack), describe(teams)]),
    ),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}

const isFirst = ({ prominence }: DocumentedCommand): boolean => prominence === 'first';

function describeCommand(command: DocumentedCommand): string[] {
  const { name, aliases = [], summary, examples, roles, aboutClient } = command;
  const rows = Object.entries(command.arguments).map(([key, argument]) => describeWords(key, argument));
  return [
    `## ${name}`,
    `${summary}.`,
    fenced(describeUsage(command)),
    ...(rows.length === 0 ? [] : [table(['Word', 'What to write'], rows)]),
    ...(examples.length === 0 ? [] : ['For example:', fenced(examples.join('\n'))]),
    [
      ...(aliases.length === 0 ? [] : [`- Also: ${aliases.map((alias) => `\`${alias}\``).join(', ')}`]),
      `- Who: ${describeRoles(roles)}`,
      ...(aboutClient ? ['- About a client: in a Teams channel it is answered in your own chat with Baton only'] : []),
    ].join('\n'),
  ];
}

function describeWords(name: string, argument: Argument): string[] {
  const { words } = argument.kind;
  // The fixed words say more than a hint that lists them once again.
  const listed = words !== undefined && words.length > 0 && argument.after === undefined;
  const what = listed ? words.map((word) => `\`${word}\``).join(', ') : argument.hint;
  const keywords = (argument.after ?? []).slice(1).map((word) => `\`${word}\``);
  const also = keywords.length === 0 ? '' : ` (${keywords.join(' or ')} in place of \`${argument.after?.[0]}\` too)`;
  return [`\`${describeArgument(name, argument)}\``, `${what}${also}`];
}

function describeRoles(roles: readonly Role[]): string {
  if (sameRoles(roles, everyRole)) return 'everyone';
  return sameRoles(roles, careRoles) ? 'care team' : roles.join(', ');
}

const sameRoles = (some: readonly Role[], others: readonly Role[]): boolean =>
  some.length === others.length && others.every((role) => some.includes(role));

function describe(support: Support): string {
  if (!support.native) return support.fallback;
  return support.note === undefined ? 'Yes.' : `Yes. ${support.note}`;
}

const fenced = (text: string): string => `\`\`\`text\n${text}\n\`\`\``;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

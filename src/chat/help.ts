import type { Card, Node, Row } from './card.ts';
import type { CommandWords } from './command.ts';
import { describeArgument, describeUsage } from './help-usage.ts';
import { findCommand } from './parse-command-name.ts';
import { tokeniseCommand } from './tokenise-command.ts';

export { describeUsage } from './help-usage.ts';

export const HELP_CARD = 'help';
/** `help more` lists what is not among the first. */
export const MORE_TOPIC = 'more';

type HelpedCommand = Omit<CommandWords, 'aboutClient'>;

/**
 * Help for a person of these roles: the first commands, `more` for the others, or one command by its name or alias.
 * Commands of other roles are not shown. Holds nothing of clients: examples come from the command table.
 */
export function helpCard(commands: readonly HelpedCommand[], roles: readonly string[], topic?: string): Card {
  const mine = commands.filter((command) => command.roles.some((role) => roles.includes(role)));
  const words = tokeniseCommand(topic ?? '');
  if (words[0]?.toLowerCase() === MORE_TOPIC) return listCard(mine, 'more', []);
  const found = findCommand(words, mine);
  if (found.is === 'command') return commandCard(found.command);
  if (found.is === 'home') return listCard(mine, 'first', []);
  const sentence =
    found.suggestion === undefined
      ? 'There is no command of that name for you. These are the first ones.'
      : `There is no command of that name for you. Did you mean “${found.suggestion}”?`;
  return listCard(mine, 'first', [{ kind: 'text', text: sentence }]);
}

function listCard(
  commands: readonly HelpedCommand[],
  prominence: CommandWords['prominence'],
  before: readonly Node[],
): Card {
  const shown = commands.filter((command) => command.prominence === prominence);
  const others = commands.length - shown.length;
  const after: string[] =
    prominence === 'more'
      ? ['Type help for the first commands, or help and a name for one of these.']
      : [
          ...(others > 0 ? [`Type help more for ${others} more ${others === 1 ? 'command' : 'commands'}.`] : []),
          'Type help and a name to see one, for example help log. In Slack, begin with /care.',
        ];
  return {
    kind: HELP_CARD,
    ...(prominence === 'more' ? { subject: MORE_TOPIC } : {}),
    summary: 'What you can type to Baton.',
    nodes: [
      { kind: 'heading', text: prominence === 'more' ? 'More commands' : 'What you can type' },
      ...before,
      { kind: 'rows', rows: shown.map(commandRow) },
      ...after.map((text): Node => ({ kind: 'text', text: [{ subtle: text }] })),
    ],
  };
}

const commandRow = (command: HelpedCommand): Row => ({
  id: command.name,
  text: [{ bold: command.name }, ` · ${command.summary}`],
  detail: describeUsage(command),
});

function commandCard(command: HelpedCommand): Card {
  const rows = Object.entries(command.arguments).map(([name, argument]): Row => {
    const { words } = argument.kind;
    return {
      id: name,
      text: [{ bold: describeArgument(name, argument) }, ` · ${argument.hint}`],
      ...(words === undefined ? {} : { detail: words.join(', ') }),
    };
  });
  const aliases = command.aliases ?? [];
  return {
    kind: HELP_CARD,
    subject: command.name,
    summary: `How to type ${command.name}.`,
    nodes: [
      { kind: 'heading', text: command.name },
      { kind: 'text', text: command.summary },
      { kind: 'copyable', text: describeUsage(command) },
      ...(rows.length === 0 ? [] : [{ kind: 'rows', rows } satisfies Node]),
      ...(command.examples.length === 0
        ? []
        : [
            { kind: 'text', text: [{ bold: 'For example' }] } satisfies Node,
            { kind: 'copyable', text: command.examples.join('\n') } satisfies Node,
          ]),
      {
        kind: 'text',
        text: [
          {
            subtle: [
              ...(aliases.length === 0 ? [] : [`Also: ${aliases.join(', ')}.`]),
              ...(rows.length === 0
                ? []
                : ['Words may come in any order; what is missing is asked in a form. In [brackets]: may be left out.']),
              'In Slack, begin with /care.',
            ].join(' '),
          },
        ],
      },
    ],
  };
}

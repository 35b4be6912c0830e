import type { Argument, CommandWords } from './command.ts';

/** The line that shows how a command is typed: `log CLIENT MODE OUTCOME [MINUTES] [fu DATE]`. */
export function describeUsage(command: Pick<CommandWords, 'name' | 'arguments'>): string {
  const parts = Object.entries(command.arguments).map(([name, argument]) => describeArgument(name, argument));
  return [command.name, ...parts].join(' ');
}

/** One argument as the usage line writes it: `CLIENT`, `[MINUTES]`, `to PERSON …`. */
export function describeArgument(name: string, argument: Argument): string {
  const keyword = argument.after?.[0];
  // After a keyword the keyword says what for, so the label says what kind; alone, the name says it best.
  const word = keyword === undefined ? placeholder(name) : `${keyword} ${placeholder(argument.kind.label)}`;
  const written = argument.many === true ? `${word} …` : word;
  return argument.optional === true ? `[${written}]` : written;
}

const placeholder = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/\s+/g, '-')
    .toUpperCase();

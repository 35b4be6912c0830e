import type { CommandWords } from './command.ts';
import { suggestWord } from './suggest-word.ts';

/** Which command a line asks for. `words` is what stands after its name. */
export type FoundCommand<C> =
  | { readonly is: 'home' }
  | { readonly is: 'command'; readonly command: C; readonly words: readonly string[] }
  | { readonly is: 'unknown'; readonly suggestion?: string };

/**
 * Finds the command by its name or alias; case and a leading slash do not matter, nor does a leading `/care`.
 * Nothing typed is home. An unknown name comes with the command name it is nearest to, if there is one.
 */
export function findCommand<C extends Pick<CommandWords, 'name' | 'aliases'>>(
  words: readonly string[],
  commands: readonly C[],
): FoundCommand<C> {
  const [first, ...rest] = words;
  if (first === undefined) return { is: 'home' };
  const typed = first.toLowerCase().replace(/^\//, '');
  const command =
    commands.find(({ name }) => name === typed) ?? commands.find(({ aliases }) => aliases?.includes(typed) === true);
  if (command !== undefined) return { is: 'command', command, words: rest };
  if (typed === 'care') return findCommand(rest, commands);
  const suggestion = suggestWord(
    typed,
    commands.map(({ name }) => name),
  );
  return suggestion === undefined ? { is: 'unknown' } : { is: 'unknown', suggestion };
}

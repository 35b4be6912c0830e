import type { Argument, Arguments } from './command.ts';
import { CLIENT_CODE_LABEL } from './argument-kinds-client.ts';

/** One argument of a table, with its name. */
export interface Slot {
  readonly name: string;
  readonly argument: Argument;
}

/** A table of arguments, turned round for reading: which words lead where. */
export interface Grammar {
  /** Arguments that stand alone, in the order they are tried: those with fixed words first, so these beat codes. */
  readonly free: readonly Slot[];
  /** Arguments by the word that stands before them. */
  readonly byKeyword: ReadonlyMap<string, readonly Slot[]>;
  readonly keyed: readonly Slot[];
  /** What an unknown word may have meant. Words after a keyword are not in it: "ted" is no Wednesday by itself. */
  readonly vocabulary: readonly string[];
  readonly expectsClient: boolean;
}

export function makeGrammar(table: Arguments): Grammar {
  const slots: Slot[] = Object.entries(table).map(([name, argument]) => ({ name, argument }));
  const alone = slots.filter(({ argument }) => argument.after === undefined);
  const keyed = slots.filter(({ argument }) => argument.after !== undefined);
  const byKeyword = new Map<string, Slot[]>();
  for (const slot of keyed) {
    for (const keyword of slot.argument.after ?? []) {
      const key = keyword.toLowerCase();
      byKeyword.set(key, [...(byKeyword.get(key) ?? []), slot]);
    }
  }
  const free = [
    ...alone.filter(({ argument }) => argument.kind.words !== undefined),
    ...alone.filter(({ argument }) => argument.kind.words === undefined),
  ];
  return {
    free,
    keyed,
    byKeyword,
    vocabulary: [...free.flatMap(({ argument }) => argument.kind.words ?? []), ...byKeyword.keys()],
    expectsClient: slots.some(isClientSlot),
  };
}

export const isClientSlot = ({ argument }: Slot): boolean => argument.kind.label === CLIENT_CODE_LABEL;

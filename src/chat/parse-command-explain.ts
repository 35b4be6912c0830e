import type { Reading } from './command.ts';
import { CLIENT_CODE_LABEL } from './argument-kinds-client.ts';
import type { Problem } from './parse-command-filling.ts';
import type { Grammar, Slot } from './parse-command-grammar.ts';
import { countSlips, suggestWord } from './suggest-word.ts';

/** A word nobody took; `suggestion` is a word of our own grammar. */
export interface UnknownWord {
  readonly suggestion?: string;
  readonly sentence: string;
}

export const UNKNOWN_WORD_SENTENCE = 'I did not understand one word. Help shows what this command takes.';

/** What to say of a word nobody took, in our words only. */
export function explainUnknown(
  word: string,
  grammar: Grammar,
  reading: Reading,
): UnknownWord & { readonly explained: boolean } {
  const misplaced = grammar.keyed.find(({ argument }) => argument.kind.read(word, reading).is !== 'no');
  if (misplaced !== undefined) {
    const { label } = misplaced.argument.kind;
    const keywords = grammar.keyed
      .filter(({ argument }) => argument.kind.label === label)
      .flatMap(({ argument }) => argument.after ?? [])
      .map((keyword) => `“${keyword}”`);
    return { sentence: `The ${label} needs a word before it: ${keywords.join(' or ')}.`, explained: true };
  }
  const suggestion = suggestWord(word, grammar.vocabulary);
  if (suggestion === undefined) return { sentence: UNKNOWN_WORD_SENTENCE, explained: false };
  // "peter" is two slips from "letter": asked about, but still more likely a name.
  const near = suggestion.startsWith(word.toLowerCase()) || isOneSlip(word, suggestion);
  return { suggestion, sentence: `I did not understand one word. Did you mean “${suggestion}”?`, explained: near };
}

const isOneSlip = (word: string, other: string): boolean =>
  Math.abs(word.length - other.length) <= 1 && countSlips(word.toLowerCase(), other.toLowerCase()) <= 1;

const codes: Readonly<Record<string, Problem['code']>> = {
  date: 'invalid-date',
  minutes: 'invalid-minutes',
  [CLIENT_CODE_LABEL]: 'bad-check-character',
};

/** What to say when the word after a keyword is missing or is nothing its argument takes. */
export function explainAfterKeyword(
  keyword: string,
  slot: Slot,
  next: string | undefined,
): { readonly problem: Problem; readonly explained: boolean } {
  const { kind, hint } = slot.argument;
  const suggestion = next === undefined ? undefined : suggestWord(next, kind.words ?? []);
  const what =
    next === undefined ? `Something is missing after “${keyword}”` : `I could not read what follows “${keyword}”`;
  const help = suggestion === undefined ? `It takes: ${kind.label} (${hint}).` : `Did you mean “${suggestion}”?`;
  return {
    problem: { argument: slot.name, code: codes[kind.label] ?? 'invalid-value', sentence: `${what}. ${help}` },
    explained: suggestion !== undefined,
  };
}

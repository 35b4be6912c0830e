import type { Arguments, Parsed, Reading, Values } from './command.ts';
import { explainAfterKeyword, explainUnknown } from './parse-command-explain.ts';
import type { UnknownWord } from './parse-command-explain.ts';
import { Filling, takeWord } from './parse-command-filling.ts';
import type { Problem } from './parse-command-filling.ts';
import { isClientSlot, makeGrammar } from './parse-command-grammar.ts';
import type { Grammar } from './parse-command-grammar.ts';
import { guessName } from './parse-command-guess-name.ts';
import type { LeftWord } from './parse-command-guess-name.ts';

export type { UnknownWord } from './parse-command-explain.ts';
export type { Problem } from './parse-command-filling.ts';

export interface ParsedCommand<A extends Arguments> extends Parsed<A> {
  readonly problems: readonly Problem[];
  /** How many words no argument took. Act only when it is 0 and there are no problems. */
  readonly leftover: number;
  /** The first few of those words. */
  readonly unknown: readonly UnknownWord[];
  /** A person was probably named in clear text: save nothing, echo nothing, open the picker. */
  readonly looksLikeName: boolean;
}

/** After so many words nobody took, the line is prose: the rest is only counted, so that work stays bounded. */
const MOST_UNKNOWN = 8;

/** More words than any command has arguments for; beyond it they are only counted. */
const MOST_WORDS = 40;

/** One line being read. */
interface Line {
  readonly words: readonly string[];
  readonly reading: Reading;
  readonly grammar: Grammar;
  readonly filling: Filling;
  readonly left: LeftWord[];
  readonly unknown: UnknownWord[];
}

/**
 * Reads the words after a command's name by its table of arguments, in any order. Each argument is filled once;
 * two different answers for one cancel each other. Fixed words beat everything else, a full reading beats a refusal.
 * Two words that make one (`no show`, `15 min`, `5 dec`) are taken together. Never throws; linear in the words.
 */
export function parseCommand<const A extends Arguments>(
  words: readonly string[],
  table: A,
  reading: Reading,
): ParsedCommand<A> {
  const line: Line = { words, reading, grammar: makeGrammar(table), filling: new Filling(), left: [], unknown: [] };
  const { grammar, filling, left, unknown } = line;
  let at = 0;
  while (at < Math.min(words.length, MOST_WORDS) && unknown.length < MOST_UNKNOWN) {
    at += readKeyword(line, at) || takeWord(words, at, grammar.free, filling, reading).count || leaveWord(line, at);
  }
  const given = [...grammar.free, ...grammar.keyed].some((slot) => isClientSlot(slot) && filling.has(slot));
  return {
    // The table decides each value's type: only `read` of that very argument put the value there.
    values: filling.values() as Values<A>,
    problems: filling.problems,
    leftover: unknown.length + Math.max(0, words.length - at),
    unknown,
    looksLikeName: guessName(left, { expected: grammar.expectsClient, given }),
  };
}

/** A keyword and what it leads: how many words that was, 0 when the word is no keyword here. */
function readKeyword(line: Line, at: number): number {
  const { words, grammar, filling, reading } = line;
  const keyword = words[at]?.toLowerCase() ?? '';
  const slots = grammar.byKeyword.get(keyword);
  const slot = slots?.[0];
  if (slots === undefined || slot === undefined) return 0;
  const taken = takeWord(words, at + 1, slots, filling, reading);
  if (taken.count > 0) return 1 + taken.count + takeMore(line, at + 1 + taken.count, taken.slot);

  const standsAlone = (word: string) =>
    grammar.free.some(({ argument }) => argument.kind.read(word, reading).is === 'yes');
  // A mode may be spelt like a keyword.
  if (standsAlone(keyword)) return 0;
  const next = words[at + 1];
  const { problem, explained } = explainAfterKeyword(keyword, slot, next);
  filling.refuse(problem);
  if (next === undefined || grammar.byKeyword.has(next.toLowerCase())) return 1;
  // `fu phone`: the day was forgotten, the mode was not. `fu 5`: five minutes were never meant.
  if (/^\p{L}/u.test(next) && standsAlone(next)) return 1;
  line.left.push({ word: next, at: at + 1, explained });
  return 2;
}

/** Further words for an argument that takes many: `to @jon @dana`. */
function takeMore({ words, filling, reading }: Line, from: number, slot: ReturnType<typeof takeWord>['slot']): number {
  if (slot?.argument.many !== true) return 0;
  let count = 0;
  for (; ; count += 1) {
    const word = words[from + count];
    const result = word === undefined ? undefined : slot.argument.kind.read(word, reading);
    if (result?.is !== 'yes') return count;
    filling.fill(slot, result.value);
  }
}

/** Sets a word aside that nobody took. */
function leaveWord({ words, grammar, reading, left, unknown }: Line, at: number): number {
  const word = words[at] ?? '';
  const { explained, ...about } = explainUnknown(word, grammar, reading);
  left.push({ word, at, explained });
  unknown.push(about);
  return 1;
}

import { isDeepStrictEqual } from 'node:util';
import type { Reading, WordReading } from './command.ts';
import { isClientSlot } from './parse-command-grammar.ts';
import type { Slot } from './parse-command-grammar.ts';

/** Something that was meant for an argument and cannot be taken. Sentences never repeat what was typed. */
export interface Problem {
  /** Name of the argument in the table; it stays unfilled. */
  readonly argument: string;
  readonly code: Extract<WordReading<unknown>, { is: 'wrong' }>['code'];
  readonly sentence: string;
}

/** The arguments filled so far. One line's worth; not shared. */
export class Filling {
  readonly problems: Problem[] = [];
  readonly #values = new Map<string, unknown>();
  readonly #contested = new Set<string>();

  has({ name }: Slot): boolean {
    return this.#values.has(name);
  }

  /** Whether an answer for this argument is still wanted. */
  isOpen(slot: Slot): boolean {
    return !this.#contested.has(slot.name) && (slot.argument.many === true || !this.has(slot));
  }

  values(): Readonly<Record<string, unknown>> {
    return Object.fromEntries(this.#values);
  }

  fill(slot: Slot, value: unknown): void {
    const { name, argument } = slot;
    if (this.#contested.has(name)) return;
    if (argument.many === true) {
      const earlier = this.#values.get(name);
      const list: readonly unknown[] = Array.isArray(earlier) ? earlier : [];
      if (!list.some((one) => isDeepStrictEqual(one, value))) this.#values.set(name, [...list, value]);
      return;
    }
    if (!this.#values.has(name)) {
      this.#values.set(name, value);
      return;
    }
    if (isDeepStrictEqual(this.#values.get(name), value)) return;
    this.refuse({
      argument: name,
      code: 'invalid-value',
      sentence: `Two different answers for one place (${argument.kind.label}). Please keep one.`,
    });
  }

  /** What was refused stays empty: a form filled with another answer would hide that this one was meant too. */
  refuse(problem: Problem): void {
    this.#values.delete(problem.argument);
    this.#contested.add(problem.argument);
    this.problems.push(problem);
  }
}

/**
 * Offers the words at `at` to these arguments and fills the one that takes them. Two words that are one
 * (`no show`, `15 min`) come first, then a full reading, then a refusal. `count` is 0 when nobody took anything.
 */
export function takeWord(
  words: readonly string[],
  at: number,
  slots: readonly Slot[],
  filling: Filling,
  reading: Reading,
): { readonly count: number; readonly slot?: Slot } {
  const word = words[at];
  if (word === undefined) return { count: 0 };
  const next = words[at + 1];
  if (next !== undefined && /^[a-z]/i.test(next)) {
    const taken = fillFrom(
      slots.filter((slot) => mayJoin(slot, word)),
      word + next,
      filling,
      reading,
    );
    if (taken !== undefined) return { count: 2, slot: taken };
  }
  const taken = fillFrom(slots, word, filling, reading);
  if (taken !== undefined) return { count: 1, slot: taken };
  for (const { name, argument } of slots) {
    const result = argument.kind.read(word, reading);
    if (result.is !== 'wrong') continue;
    filling.refuse({ argument: name, code: result.code, sentence: result.sentence });
    return { count: 1 };
  }
  return { count: 0 };
}

/** Numbers join their unit, letters join only into fixed words; a code is never put together from two words. */
const mayJoin = (slot: Slot, word: string): boolean =>
  !isClientSlot(slot) &&
  (/^[0-9]{1,3}$/.test(word) || (slot.argument.kind.words !== undefined && /^[a-z]/i.test(word)));

/** Fills the first argument that reads the word fully, an open one before one that has its answer. */
function fillFrom(slots: readonly Slot[], word: string, filling: Filling, reading: Reading): Slot | undefined {
  let filled: { slot: Slot; value: unknown } | undefined;
  for (const slot of slots) {
    const result = slot.argument.kind.read(word, reading);
    if (result.is !== 'yes') continue;
    if (filling.isOpen(slot)) {
      filling.fill(slot, result.value);
      return slot;
    }
    filled ??= { slot, value: result.value };
  }
  if (filled !== undefined) filling.fill(filled.slot, filled.value);
  return filled?.slot;
}

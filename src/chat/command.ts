/**
 * The shape of a command: one table of these makes the parser, the help, both manifests and docs/commands.md.
 *
 * A command line is words in any order. Each argument knows which words it takes, so
 * `log K7T2-9 phone reached 15m fu fri` and `log phone 15m K7T2-9 reached fu fri` are the same.
 */

/** What reading words depends on. */
export interface Reading {
  /** The person's local date today, `YYYY-MM-DD`. */
  readonly today: string;
  /** Slash dates without a year: which comes first, by the organisation's habit; `undefined` = unknown, so ask back. */
  readonly dateOrder?: 'dmy' | 'mdy';
  readonly isWorkingDay: (isoDate: string) => boolean;
}

/** What one word means to one kind of argument. `no` = not mine, let others try; `wrong` = mine, but refused in words. */
export type WordReading<T> =
  | { readonly is: 'yes'; readonly value: T }
  | { readonly is: 'no' }
  | {
      readonly is: 'wrong';
      readonly code: 'invalid-minutes' | 'invalid-date' | 'ambiguous-date' | 'bad-check-character' | 'invalid-value';
      readonly sentence: string;
    };

export interface ArgumentKind<T> {
  /** For help: `client code`, `minutes` … */
  readonly label: string;
  /** For "did you mean": the fixed words this kind takes, if it has some. */
  readonly words?: readonly string[];
  read(word: string, reading: Reading): WordReading<T>;
}

export interface Argument<T = unknown> {
  readonly kind: ArgumentKind<T>;
  /** A word that must stand before it: `fu fri`, `to @jon`. */
  readonly after?: readonly string[];
  /** Takes as many words as match (default: one). */
  readonly many?: boolean;
  /** The command acts without it; help shows it in brackets. Others, when missing, open the form. */
  readonly optional?: boolean;
  readonly hint: string;
}

export type Arguments = Readonly<Record<string, Argument>>;

/** The values of a table of arguments; each may be missing, which opens the form. */
export type Values<A extends Arguments> = {
  readonly [K in keyof A]?: A[K] extends Argument<infer T>
    ? A[K] extends { readonly many: true }
      ? readonly T[]
      : T
    : never;
};

export interface Parsed<A extends Arguments> {
  readonly values: Values<A>;
}

/** What the conversation knows of a command: how it is typed, and for whom. The table of a noun has the rest. */
export interface CommandWords<A extends Arguments = Arguments> {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** One line of help. */
  readonly summary: string;
  readonly arguments: A;
  /** Without `/care`. */
  readonly examples: readonly string[];
  readonly roles: readonly string[];
  /** Shown first in help (six of them), or under "more". */
  readonly prominence: 'first' | 'more';
  /** Its words can point at a client: in a Teams channel it is answered only in the 1:1 chat. */
  readonly aboutClient: boolean;
}

/**
 * What a picture shows, as a plain value: the cards of nouns carry it, and this room turns it into SVG and PNG. No
 * picture holds anything of a client: names of colleagues, counts and codes of partners only.
 */

/** One bar a row against a limit, with where it came from. */
export interface Bars {
  readonly kind: 'bars';
  readonly title: string;
  /** What a number counts, for screen readers: `points`. */
  readonly unit: string;
  readonly rows: readonly {
    readonly label: string;
    readonly value: number;
    /** What the bar should stay under. */
    readonly limit: number;
    /** Earlier values, oldest first; the last is now. */
    readonly trend: readonly number[];
  }[];
}

/** One bar a row, divided in the same parts: how old, how many. */
export interface Stacks {
  readonly kind: 'stacks';
  readonly title: string;
  /** From the least to the most pressing. */
  readonly rows: readonly {
    readonly label: string;
    readonly parts: readonly { readonly label: string; readonly value: number }[];
  }[];
}

/** Columns in the order of time, each with a part of it filled: attempts and how many of them reached somebody. */
export interface Timeline {
  readonly kind: 'timeline';
  readonly title: string;
  /** What the whole and its filled part count: `attempts`, `reached`. */
  readonly whole: string;
  readonly part: string;
  readonly points: readonly { readonly label: string; readonly whole: number; readonly part: number }[];
}

export type Picture = Bars | Stacks | Timeline;

/** Most rows or columns of one picture: more cannot be read on a phone. */
export const mostRows = 12;

/** One that waits for a person, and may share a message with others. */
export interface Waiting {
  readonly id: string;
  /** What orders it: one subject at one destination. */
  readonly line: string;
  /** It was asked to wait before, by quiet hours, the throttle or a burst. */
  readonly held: boolean;
}

export type Bundling =
  | { readonly is: 'alone' }
  /** These go with it, as one message with a list. */
  | { readonly is: 'bundle'; readonly with: readonly string[] }
  /** More is coming: it is shown with the rest when the burst is over. */
  | { readonly is: 'wait'; readonly until: Date };

/** More than this many things within this long are a burst. */
export const burst = { things: 3, milliseconds: 30_000 } as const;
/** More than anybody reads at once: the rest makes another message. */
const mostInOne = 50;

const countThings = (lines: readonly string[]): number => new Set(lines).size;

/**
 * Whether what waits for a person goes as one. `first` is due now and stands first; `others` are due too, in order;
 * `told` is what they were told lately. News of one and the same thing are one thing. What had to wait is folded as
 * soon as there are two of it.
 */
export function bundleWith(
  first: Waiting,
  others: readonly Waiting[],
  told: readonly { readonly line: string; readonly at: Date }[],
  now: Date,
): Bundling {
  const waiting = [first, ...others];
  const things = countThings(waiting.map(({ line }) => line));
  const folds = first.held && things > 1;
  if (things > burst.things || folds) {
    return { is: 'bundle', with: others.slice(0, mostInOne - 1).map(({ id }) => id) };
  }
  const lately = told.filter(({ at }) => at.getTime() > now.getTime() - burst.milliseconds);
  const all = countThings([...waiting, ...lately].map(({ line }) => line));
  if (all <= burst.things || first.held) return { is: 'alone' };
  const oldest = Math.min(...lately.map(({ at }) => at.getTime()));
  return { is: 'wait', until: new Date(oldest + burst.milliseconds) };
}

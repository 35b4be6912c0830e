/** Longer words than this are nobody's typing mistake; it also bounds the work. */
const LONGEST_WORD = 32;

/**
 * The one word of `candidates` that was probably meant, or `undefined` when none is near or two are equally near.
 * At most 2 slips (missing, extra, wrong or swapped letters), 1 in a word of up to 4 letters; else the only
 * candidate that begins with what was typed (3 letters or more). A suggestion is asked, never acted on.
 */
export function suggestWord(typed: string, candidates: readonly string[]): string | undefined {
  const word = typed.slice(0, LONGEST_WORD).toLowerCase();
  const allowed = word.length <= 4 ? 1 : 2;
  let nearest: string[] = [];
  let least = allowed;
  for (const candidate of new Set(candidates)) {
    // Words of one or two letters are near to everything.
    if (candidate.length < 3 || Math.abs(candidate.length - word.length) > allowed) continue;
    const slips = countSlips(word, candidate.toLowerCase());
    if (slips > least) continue;
    nearest = slips < least ? [candidate] : [...nearest, candidate];
    least = slips;
  }
  if (nearest.length === 1) return nearest[0];
  if (word.length < 3) return undefined;
  const begun = (nearest.length > 0 ? nearest : [...new Set(candidates)]).filter((candidate) =>
    candidate.toLowerCase().startsWith(word),
  );
  return begun.length === 1 ? begun[0] : undefined;
}

/** Damerau-Levenshtein distance in its restricted form: a swap of neighbours counts once. */
export function countSlips(left: string, right: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1];
      let slips = Math.min(
        cell(last, column) + 1,
        cell(current, column - 1) + 1,
        cell(last, column - 1) + (same ? 0 : 1),
      );
      const swapped =
        row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (swapped) slips = Math.min(slips, cell(beforeLast, column - 2) + 1);
      current.push(slips);
    }
    beforeLast = last;
    last = current;
  }
  return cell(last, right.length);
}

const cell = (row: readonly number[], column: number): number => row[column] ?? Number.POSITIVE_INFINITY;

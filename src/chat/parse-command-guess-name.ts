/** A word no argument took. `at` is its place in the line. */
export interface LeftWord {
  readonly word: string;
  readonly at: number;
  /** True when it is near to a word of the grammar, or would have been understood in another place. */
  readonly explained: boolean;
}

const beginsLikeName = /^\p{L}/u;
// Scripts without capitals count as capital: there is no telling, so the careful side.
const beginsWithCapital = /^[\p{Lu}\p{Lt}\p{Lo}]/u;
const digit = /\p{N}/u;

/**
 * Whether a person was probably named in clear text where a code belongs. One unexplained word is enough when a
 * client is expected and no code was given; else it takes two neighbours with capitals, like a first and last name.
 * It may be wrong: the worst that follows is that the client picker opens.
 */
export function guessName(
  left: readonly LeftWord[],
  client: { readonly expected: boolean; readonly given: boolean },
): boolean {
  const names = left.filter(({ word }) => beginsLikeName.test(word) && !digit.test(word));
  if (client.expected && !client.given && names.some(({ explained }) => !explained)) return true;
  const capitals = names.filter(({ word }) => beginsWithCapital.test(word));
  return capitals.some((one, index) => {
    const other = capitals[index + 1];
    return other !== undefined && other.at === one.at + 1 && !(one.explained && other.explained);
  });
}

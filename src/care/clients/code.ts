/**
 * Client codes: four characters and a check character, Crockford base 32 (no I L O U), e.g. `K7T2-9`.
 *
 * The check is a weighted sum over GF(32) with five different non-zero weights. In a field, changing one character,
 * or swapping any two different ones, always changes the sum: so neither can ever turn one valid code into another.
 * A code always holds a digit, so that no word or name typed by mistake (`frank`) can ever be one.
 */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const weights = [2, 25, 21, 7] as const;
/** x^5 + x^2 + 1, irreducible over GF(2). */
const polynomial = 0b100101;

function multiply(a: number, b: number): number {
  let product = 0;
  for (let left = a, right = b; right > 0; right >>= 1) {
    if (right & 1) product ^= left;
    left <<= 1;
    if (left & 32) left ^= polynomial;
  }
  return product;
}

function checkCharacter(body: string): string {
  let sum = 0;
  weights.forEach((weight, index) => {
    sum ^= multiply(weight, alphabet.indexOf(body.charAt(index)));
  });
  return alphabet.charAt(sum);
}

/** `K7T29`, `k7t2-9` → `K7T2-9`; undefined for anything whose check character does not fit. Ambiguous letters are never read as digits. */
export function readCode(text: string): string | undefined {
  const plain = text.toUpperCase().replace('-', '');
  if (plain.length !== 5 || [...plain].some((character) => !alphabet.includes(character))) return undefined;
  if (text.includes('-') && text.indexOf('-') !== 4) return undefined;
  if (!/\d/.test(plain)) return undefined;
  const body = plain.slice(0, 4);
  return checkCharacter(body) === plain.charAt(4) ? `${body}-${plain.charAt(4)}` : undefined;
}

/** Makes a code from four numbers 0–31; undefined when it would hold no digit. */
export function makeCode(numbers: readonly [number, number, number, number]): string | undefined {
  const body = numbers.map((number) => alphabet.charAt(number & 31)).join('');
  return readCode(`${body}${checkCharacter(body)}`);
}

import type { ArgumentKind, WordReading } from './command.ts';
import { readMinutes } from './read-minutes.ts';

/** The label of every client code argument: the parser asks by it whether a client was expected. */
export const CLIENT_CODE_LABEL = 'client code';
export const BAD_CODE_SENTENCE = 'That code has a wrong character. Search for the client instead.';
export const FOREIGN_LETTER_SENTENCE =
  'That code has a letter of another alphabet in it. Type it again, or search for the client.';

const dashed = /^[0-9a-z]{4}-[0-9a-z]$/i;
const undashed = /^[0-9a-z]{5}$/i;
const base32 = /^[0-9a-hjkmnp-tv-z]+$/i;
// One character too few or too many, or the dash in the wrong place: still plainly meant as a code.
const nearlyDashed = /^(?=.{5,7}$)(?=.*[0-9])(?=.*[a-z])[0-9a-z]{2,5}-[0-9a-z]{1,3}$/i;
const codeShapedInAnyAlphabet = /^[\p{L}\p{N}]{4}-?[\p{L}\p{N}]$/u;
const notAscii = /[^\p{ASCII}]/u;
const hasDigit = /\p{N}/u;

const badCode: WordReading<string> = { is: 'wrong', code: 'bad-check-character', sentence: BAD_CODE_SENTENCE };
const foreignLetter: WordReading<string> = {
  is: 'wrong',
  code: 'bad-check-character',
  sentence: FOREIGN_LETTER_SENTENCE,
};

/**
 * A client's code. `isValid` does the check-character arithmetic on the written form (`K7T2-9`), which is also the
 * value. Nothing is repaired: a code with I, L, O, U, a wrong check character or a letter of another alphabet is
 * `wrong`, never somebody else's. Without its dash a word is doubtful: one that reads as minutes is minutes, and one
 * without a digit ("peter", "phone") is a code only when its check character is right, and is left to others if not.
 */
export function makeClientCodeKind(isValid: (code: string) => boolean): ArgumentKind<string> {
  const readShaped = (word: string): WordReading<string> => {
    const bare = word.replace('-', '').toUpperCase();
    const code = `${bare.slice(0, 4)}-${bare.slice(4)}`;
    return base32.test(bare) && isValid(code) ? { is: 'yes', value: code } : badCode;
  };
  return {
    label: CLIENT_CODE_LABEL,
    read(word) {
      if (word.length > 20) return { is: 'no' };
      if (notAscii.test(word)) {
        const meantAsCode = codeShapedInAnyAlphabet.test(word) && (word.includes('-') || hasDigit.test(word));
        return meantAsCode ? foreignLetter : { is: 'no' };
      }
      if (dashed.test(word)) return readShaped(word);
      if (undashed.test(word)) {
        // What is meant as minutes is theirs to refuse: 1441m is no code.
        const minutes = readMinutes(word).is;
        if (minutes === 'yes' || (minutes === 'wrong' && /[a-z]/i.test(word))) return { is: 'no' };
        const reading = readShaped(word);
        return reading.is === 'wrong' && !hasDigit.test(word) ? { is: 'no' } : reading;
      }
      return nearlyDashed.test(word) ? badCode : { is: 'no' };
    },
  };
}

import type { WordReading } from './command.ts';

export const LEAST_MINUTES = 1;
export const MOST_MINUTES = 1440;
export const MINUTES_SENTENCE = 'Minutes are whole, from 1 to 1,440: for example 15m or 1h15.';

const wrong: WordReading<number> = { is: 'wrong', code: 'invalid-minutes', sentence: MINUTES_SENTENCE };

const plain = /^([0-9]{1,6})(?:m|min|mins|minute|minutes)?$/;
const hours = /^([0-9]{1,4})(?:h|hr|hrs|hour|hours)(?:([0-9]{1,2})(?:m|min|mins)?)?$/;
// A number in somebody's mind, but not one we count with: signed, broken, huge, or in other digits than ASCII.
const numberish =
  /^[+-]?\p{Nd}{1,40}(?:[.,:]\p{Nd}{0,40})?(?:e[+-]?\p{Nd}{1,40})?(?:m|min|mins|minutes?|h|hrs?|hours?|h\p{Nd}{1,40}m?)?$/u;
const notANumber = /^(?:NaN|[+-]?[Ii]nfinity)$/;

/**
 * Minutes as people write them: `15`, `15m`, `90min`, `1h`, `1h15`, `1h15m`. Whole, ASCII digits, 1 to 1,440.
 * A word that is no number at all is `no`.
 */
export function readMinutes(typed: string): WordReading<number> {
  if (typed.length > 80) return { is: 'no' };
  const word = typed.toLowerCase();
  const minutes = countMinutes(word);
  if (minutes !== undefined) {
    return minutes >= LEAST_MINUTES && minutes <= MOST_MINUTES ? { is: 'yes', value: minutes } : wrong;
  }
  return numberish.test(word) || notANumber.test(typed) ? wrong : { is: 'no' };
}

function countMinutes(word: string): number | undefined {
  const alone = plain.exec(word);
  if (alone) return Number(alone[1]);
  const withHours = hours.exec(word);
  if (!withHours) return undefined;
  const minutes = Number(withHours[2] ?? 0);
  // `1h75` is a slip of the finger, not 135 minutes.
  return minutes < 60 ? Number(withHours[1]) * 60 + minutes : undefined;
}

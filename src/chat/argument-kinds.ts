import type { ArgumentKind, Reading, WordReading } from './command.ts';
import { dateWords, readDate } from './read-date.ts';
import { readMinutes } from './read-minutes.ts';

export { CLIENT_CODE_LABEL, makeClientCodeKind } from './argument-kinds-client.ts';

export const PASSED_SENTENCE = 'That day has passed. Choose today or a later day.';
export const NOT_YET_SENTENCE = 'That day has not come yet. Choose today or an earlier day.';
export const PERSON_SENTENCE = 'I could not read that person. Type @ and choose one name from the list.';

/** Whole minutes, 1 to 1,440. */
export const minutesKind: ArgumentKind<number> = { label: 'minutes', read: readMinutes };

/** Any local date within five years; weekdays are the next such day. */
export const dateKind: ArgumentKind<string> = {
  label: 'date',
  words: dateWords,
  read: (word, reading) => readDate(word, reading),
};

/** Today or later: when something is to be done. */
export const futureDateKind: ArgumentKind<string> = {
  label: 'date',
  words: dateWords,
  read: (word, reading) => keepWhen(readDate(word, reading, 'future'), (day) => day >= reading.today, PASSED_SENTENCE),
};

/** Today or earlier: when something happened. Weekdays are the last such day. */
export const pastDateKind: ArgumentKind<string> = {
  label: 'date',
  words: dateWords,
  read: (word, reading) => keepWhen(readDate(word, reading, 'past'), (day) => day <= reading.today, NOT_YET_SENTENCE),
};

function keepWhen(read: WordReading<string>, right: (day: string) => boolean, sentence: string): WordReading<string> {
  return read.is === 'yes' && !right(read.value) ? { is: 'wrong', code: 'invalid-date', sentence } : read;
}

/**
 * One of a few fixed words. Case, dashes, underscores and spaces do not matter: `left_message` is `left-message`.
 * `aliases` maps other words people use to a fixed one: `{ vm: 'left-message' }`.
 */
export function oneOfKind<const W extends string>(
  label: string,
  words: readonly W[],
  aliases: Readonly<Record<string, NoInfer<W>>> = {},
): ArgumentKind<W> {
  const meanings = new Map<string, W>();
  for (const [alias, word] of Object.entries(aliases)) meanings.set(plainWord(alias), word);
  for (const word of words) meanings.set(plainWord(word), word);
  return {
    label,
    words,
    read(word) {
      const value = meanings.get(plainWord(word));
      return value === undefined ? { is: 'no' } : { is: 'yes', value };
    },
  };
}

const plainWord = (word: string): string => word.toLowerCase().replace(/[-_ ]/g, '');

const person = /^@[\p{L}\p{N}][\p{L}\p{N}._-]{0,79}$/u;
const everyone = /^@(?:here|channel|everyone|all)$/i;

/**
 * A person, as the adapters write a mention: `@U0JON` in Slack, `@<Entra object id>` in Teams. The value is what
 * follows the `@`; whether it is somebody of the organisation is decided from the database.
 */
export const userKind: ArgumentKind<string> = {
  label: 'person',
  read(word) {
    if (person.test(word) && !everyone.test(word)) return { is: 'yes', value: word.slice(1) };
    // Broadcasts and broken mentions are refused by name: they were meant to be a person.
    return /^(?:@|<[@!])/.test(word) ? { is: 'wrong', code: 'invalid-value', sentence: PERSON_SENTENCE } : { is: 'no' };
  },
};

/** `team:west`, `partner:home-start`: the value is the id after the colon, lower case. */
export function prefixedKind(prefix: string, label: string): ArgumentKind<string> {
  const start = `${prefix}:`;
  return {
    label,
    read(word: string, _reading: Reading) {
      const lower = word.toLowerCase();
      if (!lower.startsWith(start)) return { is: 'no' };
      const value = lower.slice(start.length);
      if (/^[a-z0-9][a-z0-9._-]{0,79}$/.test(value)) return { is: 'yes', value };
      const sentence = `Write the ${label} as ${start} and its short name, without spaces.`;
      return { is: 'wrong', code: 'invalid-value', sentence };
    },
  };
}

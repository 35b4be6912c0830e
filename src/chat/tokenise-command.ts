/** Only this many characters of a command are read; nobody types more, and work stays bounded. */
export const LONGEST_COMMAND = 4000;

/** What to answer when `isTooLong`. */
export const TOO_LONG_SENTENCE =
  'That is longer than a command can be. Send the command alone; notes have a place in the form.';

/** True when the text goes past what `tokeniseCommand` reads: refuse it, for half a command must not act. */
export function isTooLong(text: string): boolean {
  return text.length > LONGEST_COMMAND;
}

// Zero-width and bidi controls, variation selectors, NUL and other controls, halves of surrogate pairs: a person
// cannot see them, so they must neither split a word nor make two equal-looking words differ.
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\p{Cs}]/gu;
// Controls that people and clipboards use as white space, before controls are dropped.
const spaceControl = /[\t\n\v\f\r\u0085]/g;
const singleQuote = /[\u2018\u2019\u201A\u201B\u2032\u02BC]/g;
const doubleQuote = /[\u201C\u201D\u201E\u201F\u2033\u00AB\u00BB]/g;
// Phones turn a typed hyphen into these.
const dash = /[\u2010-\u2015\u2212]/g;

const wrapping = new Set(['"', "'", '`']);
const trailing = new Set([...wrapping, ',', ';', '.']);

/** Takes quotes around a word and list punctuation after it; by index, so that it stays linear. */
function bareWord(word: string): string {
  let from = 0;
  let to = word.length;
  while (from < to && wrapping.has(word.charAt(from))) from += 1;
  while (to > from && trailing.has(word.charAt(to - 1))) to -= 1;
  return word.slice(from, to);
}

/**
 * The words of a command line, in order and as typed (case is kept: each argument kind decides).
 * NFC, without invisible characters, with plain quotes and dashes. Any white space separates. Never throws.
 */
export function tokeniseCommand(text: string): string[] {
  return text
    .slice(0, LONGEST_COMMAND)
    .normalize('NFC')
    .replace(spaceControl, ' ')
    .replace(invisible, '')
    .replace(singleQuote, "'")
    .replace(doubleQuote, '"')
    .replace(dash, '-')
    .split(/\s+/)
    .map(bareWord)
    .filter((word) => word !== '');
}

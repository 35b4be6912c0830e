import type { Sealed } from '../store/seal.ts';

/** What stands where a sealed value cannot be read: in a row beside the code, and in place of what was written. */
export const cannotBeRead = 'cannot be read';

/** The same in a sentence of its own, with what to do next. Whoever reads it can act all the same. */
export const askToRestore = 'Your Baton administrator can restore it from a backup.';

/** Written words, or what stands in their place. */
export const sayWords = (words: Sealed<string>): string => (words.readable ? words.value : `(${cannotBeRead})`);

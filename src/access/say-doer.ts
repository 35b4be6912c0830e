import { readRecorded } from './recorded-doer.ts';
import type { Recorded } from '../doer.ts';

/** What people read where no person did it: as the one who did, and as the end of a sentence. */
const words: Readonly<Record<Exclude<Recorded['kind'], 'person'>, { readonly name: string; readonly by: string }>> = {
  schedule: { name: 'The schedule', by: 'by the schedule' },
  import: { name: 'An import', by: 'imported' },
  'command-line': { name: 'The command line', by: 'from the command line' },
  system: { name: 'Baton', by: 'by Baton' },
  account: { name: 'Another account', by: 'by another account' },
};

/** `Baton`, `The schedule`; a person is named as given. */
export const nameDoer = (doer: Recorded, person: string): string =>
  doer.kind === 'person' ? person : words[doer.kind].name;

/** `by Baton`, `by the schedule`, `imported`, `from the command line`; a person is named as given. */
export const sayDoer = (doer: Recorded, person: string): string =>
  doer.kind === 'person' ? `by ${person}` : words[doer.kind].by;

/** The same of a row: see `nameRecorded`. */
export const sayRecorded = (text: string, name: string | null): string => sayDoer(readRecorded(text), name ?? text);

/** The one who did it, from a row's text, its facts and the name of the person who has that id, if anybody does. */
export function nameRecorded(text: string, name: string | null, facts: Readonly<Record<string, unknown>> = {}): string {
  return nameDoer(readRecorded(text, facts), name ?? text);
}

import type { RefusalCode } from '../../src/chat/refusal.ts';
import type { ForgedValue } from './bad-input-forgery.ts';
import type { scene } from './bad-input-scene.ts';
import { unknownClient } from './bad-input-commands.ts';

/** One value of a right submission made wrong, with the sentence that must stand at the form. */
export interface BadValue {
  readonly id: string;
  readonly field: string;
  /** Empty = the field came back without a value. */
  readonly value: ForgedValue;
  readonly expects: string;
  readonly denied?: RefusalCode;
}

const minutes = 'Minutes are whole, from 1 to 1,440: for example 15m or 1h15.';
const calendar = 'Please choose a day of the calendar.';
const ahead = 'Please choose a day from today to a year ahead.';
const offered = 'Please choose one of the answers offered.';
const missing = 'Please fill this in.';

export const badValues: readonly BadValue[] = [
  ...[
    '-5',
    '0',
    '1441',
    '1441m',
    '1e3',
    'NaN',
    'Infinity',
    '1.5',
    '1,5',
    '١٥',
    'a while',
    '15; drop table contact',
  ].map((value) => ({ id: `B43–B45 minutes ${value}`, field: 'minutes', value, expects: minutes })),
  ...['2026-02-30', '12/3', 'friday', '2026-11-23T09:00', '٢٠٢٦-١١-٢٣'].map((value) => ({
    id: `B46 day of the contact ${value}`,
    field: 'on',
    value,
    expects: calendar,
  })),
  { id: 'B46 a contact of tomorrow', field: 'on', value: '2026-11-24', expects: 'This day has not come yet.' },
  { id: 'B46 a contact of year 9999', field: 'on', value: '9999-12-31', expects: 'This day has not come yet.' },
  { id: 'B46 a contact of long ago', field: 'on', value: '2024-01-01', expects: 'This is more than a year ago.' },
  { id: 'B46 a next contact in the past', field: 'next', value: '2026-11-20', expects: ahead },
  { id: 'B46 a next contact in year 9999', field: 'next', value: '9999-12-31', expects: ahead },
  { id: 'B46 a next contact on 30 February', field: 'next', value: '2027-02-30', expects: calendar },
  ...['client', 'outcome', 'mode', 'on'].map((field) => ({
    id: `B61 without ${field}`,
    field,
    value: '',
    expects: missing,
  })),
  {
    id: 'B61 with a field the form does not have',
    field: 'colour',
    value: 'blue',
    expects: 'This form came back with a field it does not have. Please open it again.',
  },
  { id: 'B63 a way that was not offered', field: 'mode', value: 'telepathy', expects: offered },
  { id: 'B63 an outcome that was not offered', field: 'outcome', value: 'constructor', expects: offered },
  { id: 'B63 two outcomes where one fits', field: 'outcome', value: 'reached,no-show', expects: offered },
  { id: 'B63 words for a client', field: 'client', value: 'Dan Dee', expects: 'Please choose a client from the list.' },
  { id: 'B63 a code for a client', field: 'client', value: 'K7T2-9', expects: 'Please choose a client from the list.' },
  {
    id: 'B64 a note of 3,001 characters',
    field: 'note',
    value: 'n'.repeat(3_001),
    expects: 'Please keep this to 3000 characters.',
  },
];

/** Clients that were never offered to Maya; each id is one that exists somewhere, but for the last. */
export const badChoices: readonly {
  readonly id: string;
  readonly client: keyof typeof scene;
  readonly expects: string;
  readonly denied?: RefusalCode;
}[] = [
  { id: 'B50/B63 a client of another team', client: 'west', expects: unknownClient, denied: 'unknown-client' },
  { id: 'B57 a client of another organisation', client: 'foreign', expects: unknownClient, denied: 'unknown-client' },
  { id: 'B56 an id of nobody', client: 'nobody', expects: unknownClient, denied: 'unknown-client' },
  {
    id: 'B51 a discharged client',
    client: 'discharged',
    expects: 'D1SC-S is discharged here, so nothing was logged. Your supervisor can enrol them again.',
  },
];

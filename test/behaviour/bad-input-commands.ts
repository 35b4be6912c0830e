import type { RefusalCode } from '../../src/chat/refusal.ts';
import type { Platform } from './bad-input-scene.ts';

/** Typed texts that must change nothing, each with the exact answer. Inventory numbers are those of docs (B27–B75). */
export interface BadCommand {
  readonly id: string;
  /** One text a platform where the platforms' own people-picker writes names differently. */
  readonly says: string | Readonly<Record<Platform, string>>;
  /** Default: Maya, a coordinator of the east team. */
  readonly by?: string;
  /** The whole answer, without its buttons. Absent where a form opens instead. */
  readonly expects?: string;
  readonly offers?: readonly string[];
  readonly form?: {
    readonly title: string;
    readonly intro?: string;
    /** What stands in the fields; a client by code. */
    readonly initial: Readonly<Record<string, string>>;
  };
  /** The denial that must be on record. */
  readonly denied?: RefusalCode;
}

const unknownCommand = 'I do not know that command. Type help to see what I can do.';
const unknownWord = 'I did not understand one word. Help shows what this command takes. Nothing was saved.';
const tooLong = 'That is longer than a command can be. Send the command alone; notes have a place in the form.';
const minutes = 'Minutes are whole, from 1 to 1,440: for example 15m or 1h15.';
const noSuchDay = 'That day is not in the calendar. Write it like 2026-12-03, fri or +3d.';
const tooFar = 'That date is more than five years away. Please check the year.';
const passed = 'That day has passed. Choose today or a later day.';
const notYet = 'That day has not come yet. Choose today or an earlier day.';
const noDate = 'I could not read what follows “fu”. It takes: date (fri, +3d, +2bd, 2026-12-03).';
const dateAlone = 'The date needs a word before it: “fu” or “next” or “followup” or “on”. Nothing was saved.';
const wrongCode = 'That code has a wrong character. Search for the client instead.';
const foreignLetter = 'That code has a letter of another alphabet in it. Type it again, or search for the client.';
export const unknownClient =
  'I do not know a client with that code among those you work with. Search for them instead.';
const today = '2026-11-23';

const log = 'Log a contact';
export const codesOnly = 'Codes only in a command, please.';
/** The picker opens, with what else was understood, and without what was named. */
const picker = (initial: Readonly<Record<string, string>>): Pick<BadCommand, 'form'> => ({
  form: { title: log, intro: codesOnly, initial: { mode: 'phone', on: today, ...initial } },
});
const search = { offers: ['Search'] } as const;

const commandNames: readonly BadCommand[] = [
  { id: 'B28 an unknown verb', says: 'frobnicate', expects: unknownCommand },
  {
    id: 'B28 a verb with two letters swapped',
    says: 'lgo K7T2-9 phone reached',
    expects: 'I do not know that command. Did you mean log? Type help to see what I can do.',
  },
  { id: 'B29 40,000 characters behind a verb', says: `log ${'x'.repeat(39_990)}`, expects: tooLong },
  { id: 'B29 40,000 characters without one', says: 'x'.repeat(40_000), expects: tooLong },
  {
    id: 'B29 too long, though all of it is a right command',
    says: `log K7T2-9 reached ${'phone '.repeat(670)}`,
    expects: tooLong,
  },
  {
    id: 'B29 500 words that all are one right code',
    says: `log ${'K7T2-9 '.repeat(500)}`,
    expects: 'I did not understand that. Nothing was saved.',
  },
  { id: 'B30 only emoji', says: '🎉🎉🎉', expects: unknownCommand },
  { id: 'B30 emoji behind a verb', says: 'log 🎉', expects: unknownWord },
  { id: 'B32 the order of reading reversed', says: '\u202eK7T2-9 log', expects: unknownCommand },
  { id: 'names of JavaScript’s own: constructor', says: 'constructor', expects: unknownCommand },
  { id: 'names of JavaScript’s own: __proto__', says: '__proto__', expects: unknownCommand },
  { id: 'names of JavaScript’s own, as an argument', says: 'log K7T2-9 toString reached', expects: unknownWord },
  { id: 'a client named where the verb belongs', says: 'Maria Lopez', expects: unknownCommand },
  { id: 'words behind a command that takes none', says: 'next Maria Lopez', expects: unknownWord },
];

const words: readonly BadCommand[] = [
  { id: 'B38 a cry to the channel', says: 'log K7T2-9 phone reached <!channel>', expects: unknownWord },
  { id: 'B38 a cry to the channel for a client', says: 'log @channel phone reached', expects: unknownWord },
  {
    id: 'B39 a mention for a client',
    says: { slack: 'log @jon phone reached', teams: 'log @Jon Reyes phone reached' },
    expects: unknownWord,
  },
  { id: 'B39 a mention in Slack’s own signs', says: 'log <@U0JON> phone reached', expects: unknownWord },
  { id: 'B40 a link that shows a code', says: 'log <https://evil.example|K7T2-9> phone reached', expects: unknownWord },
  {
    id: 'B41 the signs of SQL',
    says: "log K7T2-9 phone reached '; delete/**/from/**/contact; --",
    expects: unknownWord,
  },
  {
    id: 'B41 the words of SQL, which read like a name',
    says: "log '; DROP TABLE contact; -- phone reached",
    ...picker({ outcome: 'reached' }),
  },
  { id: 'B42 a template', says: 'log ${process.env} phone reached', expects: unknownWord },
  { id: 'B42 another template', says: 'log {{7*7}} phone reached', expects: unknownWord },
  { id: 'B42 a format string', says: 'log K7T2-9 phone %s%n', expects: unknownWord },
  { id: 'a path', says: 'log ../../etc/passwd phone reached', expects: unknownWord },
  {
    id: 'a slip of the finger is asked about, never acted on',
    says: 'log K7T2-9 phone reachd',
    expects: 'I did not understand one word. Did you mean “reached”? Nothing was saved.',
  },
  {
    id: 'two clients at once',
    says: 'log K7T2-9 M4XR-1 phone reached',
    expects: 'Two different answers for one place (client code). Please keep one.',
  },
  {
    id: 'two outcomes at once',
    says: 'log K7T2-9 phone reached no-show',
    expects: 'Two different answers for one place (outcome). Please keep one.',
  },
  {
    id: 'two durations at once',
    says: 'log K7T2-9 phone reached 15m 20m',
    expects: 'Two different answers for one place (minutes). Please keep one.',
  },
];

const badMinutes: readonly BadCommand[] = [
  ...['-15m', '-15', '0', '0m', '1441', '24h1', '25h', '1h75', '15,000', '+15', '99999999999999999999'],
  ...['1e3', 'NaN', 'Infinity', '-Infinity', '1.5', '1,5', '1.5h', '١٥', '١٥m', '１５'],
  // Five letters and digits are a code's length: still plainly minutes.
  ...['1441m', '9999m'],
].map((word) => ({ id: `B43–B45 minutes ${word}`, says: `log K7T2-9 phone reached ${word}`, expects: minutes }));

const badDays: readonly BadCommand[] = [
  ...['2/30', '2026-02-30', '31/11', '0000-00-00', '13/13', '2027-02-29', '32dec', '+999999999d'].map(
    (day) => [`fu ${day}`, noSuchDay] as const,
  ),
  ...['9999-12-31', '2031-12-01'].map((day) => [`fu ${day}`, tooFar] as const),
  ...['yesterday', '2026-11-20', '-3d'].map((day) => [`fu ${day}`, passed] as const),
  ...['12/3', '3/12'].map(
    (day) => [`fu ${day}`, 'That could be Thu 3 Dec or Fri 12 Mar 2027. Write 2026-12-03 or 2027-03-12.'] as const,
  ),
  ...['mon', 'Monday'].map(
    (day) => [`fu ${day}`, 'Today is Monday. Write today, or +7d for Monday next week.'] as const,
  ),
  ...['soon', '5', '1.5', '12-3', '5/5/5'].map((day) => [`fu ${day}`, noDate] as const),
  ['fu frday', 'I could not read what follows “fu”. Did you mean “friday”?'] as const,
  ['fu', 'Something is missing after “fu”. It takes: date (fri, +3d, +2bd, 2026-12-03).'] as const,
  ['fu +200bd', 'Working days are counted up to 130. Write the date instead, like 2026-12-03.'] as const,
  ['fu tue fu wed', 'Two different answers for one place (date). Please keep one.'] as const,
  ['fri', dateAlone] as const,
  ['fu 2027-11-24', 'The next contact needs a day from today to a year ahead. Nothing was logged.'] as const,
  ...['tomorrow', '2026-12-01'].map((day) => [`on ${day}`, notYet] as const),
  ['on 2/30', noSuchDay] as const,
  ['on mon', 'Today is Monday. Write today, or -7d for Monday last week.'] as const,
  ['on 12/3', 'That could be Wed 3 Dec 2025 or Thu 12 Mar. Write 2025-12-03 or 2026-03-12.'] as const,
  [
    'on 2025-11-20',
    'That is more than a year ago, so nothing was logged. Older contacts belong in the chart.',
  ] as const,
].map(([day, expects]) => ({ id: `B46/B48 day ${day}`, says: `log K7T2-9 phone reached ${day}`, expects }));

const badClients: readonly BadCommand[] = [
  { id: 'B34 a Cyrillic К in a code', says: 'log \u041a7T2-9 phone reached', expects: foreignLetter, ...search },
  {
    id: 'B34 a Cyrillic Т, no dash',
    says: 'log K7\u0422\u0032\u0039 phone reached',
    expects: foreignLetter,
    ...search,
  },
  ...['K7T2-8', 'K7T28', 'KT72-9', 'K7T2-9X', 'K7TI-9', 'K7T-9'].map((code) => ({
    id: `a mistyped code ${code}`,
    says: `log ${code} phone reached`,
    expects: wrongCode,
    ...search,
  })),
  { id: 'a mistyped code to look at', says: 'client K7T2-8', expects: wrongCode, ...search },
  { id: 'a right code of nobody', says: 'log ZZ00-1 phone reached', expects: unknownClient, ...search },
  { id: 'a client of another organisation', says: 'log FR33-J phone reached', expects: unknownClient, ...search },
  ...['log W3ST-4 phone reached', 'log W3ST-4', 'client W3ST-4'].map((says) => ({
    id: `B50 a client of another team: ${says}`,
    says,
    expects: unknownClient,
    denied: 'unknown-client' as const,
    ...search,
  })),
  // Refused before anybody writes a note into a form that could never be sent.
  ...['log D1SC-S phone reached', 'log D1SC-S'].map((says) => ({
    id: `B51 a discharged client: ${says}`,
    says,
    expects: 'D1SC-S is discharged here, so nothing was logged. Your supervisor can enrol them again.',
  })),
  {
    id: 'B51 an inactive client',
    says: 'log 1NAC-E phone reached',
    expects: '1NAC-E is inactive here, so nothing was logged. Your supervisor can enrol them again.',
  },
  {
    // Nobody can be enrolled again who has died.
    id: 'B51 a client who has died',
    says: 'log DEC3-Y phone reached',
    expects:
      'DEC3-Y is recorded here as deceased, so nothing was logged. If that is wrong, please tell your supervisor.',
  },
];

const namesInTheClear: readonly BadCommand[] = [
  {
    id: 'B49/B73 a client named, of whom there are two',
    says: 'log Maria Lopez phone reached 15m',
    ...picker({ outcome: 'reached', minutes: '15' }),
  },
  {
    id: 'B73 a first name alone, in small letters',
    says: 'log maria phone reached',
    ...picker({ outcome: 'reached' }),
  },
  { id: 'B73 a name that is near a word of ours', says: 'log peter phone reached', ...picker({ outcome: 'reached' }) },
  {
    id: 'B35 a name in composed letters',
    says: 'log Jos\u00e9 Garc\u00eda phone reached',
    ...picker({ outcome: 'reached' }),
  },
  {
    id: 'B35 a name in combining letters',
    says: 'log Jose\u0301 Garci\u0301a phone reached',
    ...picker({ outcome: 'reached' }),
  },
  {
    id: 'B73 a name beside a right code',
    says: 'log K7T2-9 Dan Dee phone reached',
    ...picker({ client: 'K7T2-9', outcome: 'reached' }),
  },
  { id: 'B73 a first name beside a right code', says: 'log K7T2-9 Dan phone reached', expects: unknownWord },
  {
    id: 'B73 a client looked up by name',
    says: 'client Dan Dee',
    form: { title: 'Find a client', intro: codesOnly, initial: {} },
  },
  { id: 'a phone number for a client', says: 'client 555-0101', expects: unknownWord },
  { id: 'a record number for a client', says: 'log MRN12345 phone reached', expects: unknownWord },
  { id: 'a birth date for a client', says: 'log 1974-03-01 phone reached', expects: dateAlone },
  { id: 'a social security number is no date', says: 'log 123-45-6789 phone reached', expects: unknownWord },
  {
    id: 'an e-mail address for a client',
    says: 'log dan@dee.example phone reached',
    ...picker({ outcome: 'reached' }),
  },
];

const notTheirs: readonly BadCommand[] = [
  {
    id: 'a command that is not of one’s role',
    by: 'bea',
    says: 'log K7T2-9 phone reached',
    expects: 'Your role does not include log. Your administrator can change that.',
    denied: 'not-allowed',
  },
  {
    id: 'a stranger',
    by: 'stranger',
    says: 'log K7T2-9 phone reached',
    expects: 'I do not know you here yet, so I did nothing. Please ask your Baton administrator to link your account.',
    denied: 'stranger',
  },
  {
    id: 'a stranger who only asks for help',
    by: 'stranger',
    says: 'help',
    expects: 'I do not know you here yet, so I did nothing. Please ask your Baton administrator to link your account.',
    // Their row of the day stands already.
  },
  {
    id: 'a colleague of the other team',
    by: 'keisha',
    says: 'log K7T2-9 phone reached',
    expects: unknownClient,
    denied: 'unknown-client',
    ...search,
  },
];

export const badCommands: readonly BadCommand[] = [
  ...commandNames,
  ...words,
  ...badMinutes,
  ...badDays,
  ...badClients,
  ...namesInTheClear,
  ...notTheirs,
];

/** Odd only in signs that nobody sees or every phone changes: understood as meant. */
export const oddButClear: readonly { readonly id: string; readonly says: string }[] = [
  { id: 'B31 a NUL in it', says: 'log K7T2-9\u0000 phone\u0000 reached 15m fu tue' },
  { id: 'B32 overrides of the reading direction', says: 'log \u202eK7T2-9\u202c phone reached 15m fu tue' },
  { id: 'B33 zero-width signs inside the code', says: 'log K7\u200bT2\u2060-9 phone reached 15m fu tue' },
  { id: 'B36 a phone’s quotes and dash', says: 'log “K7T2–9” phone reached 15m fu tue' },
  { id: 'B37 line breaks', says: 'log K7T2-9\nphone\r\nreached\t15m\nfu tue' },
  { id: 'B46 a day that can be read one way only', says: 'log k7t29 PHONE Reached 15 fu 24/11' },
  { id: 'B46 the same, the month first', says: 'log K7T2-9 phone reached 15m fu 11/24' },
];

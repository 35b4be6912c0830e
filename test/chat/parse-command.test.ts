import { describe, expect, expectTypeOf, test } from 'vitest';
import { makeClientCodeKind } from '../../src/chat/argument-kinds.ts';
import { parseCommand } from '../../src/chat/parse-command.ts';
import { aReading, logArguments, parseLog } from './log-arguments.ts';

const clean = { problems: [], leftover: 0, unknown: [], looksLikeName: false };
const noHelp = { sentence: 'I did not understand one word. Help shows what this command takes.' };

describe('a contact in one line', () => {
  const whole = {
    ...clean,
    values: { client: 'K7T2-9', mode: 'phone', outcome: 'reached', minutes: 15, followUp: '2026-11-27' },
  };
  test.each([
    'K7T2-9 phone reached 15m fu fri',
    'phone 15m K7T2-9 reached fu fri',
    'fu fri REACHED k7t29 15 Phone',
    'K7T2-9 phone reached 15 min fu friday',
    '“K7T2–9” phone,\nreached,\u00A015m fu 2026-11-27',
    'K7T2-9 phone phone reached 15m fu fri',
  ])('%s', (text) => {
    expect(parseLog(text)).toEqual(whole);
  });

  test('words written apart are one word', () => {
    expect(parseLog('K7T2-9 visit no show').values).toEqual({ client: 'K7T2-9', mode: 'visit', outcome: 'no-show' });
    expect(parseLog('left message 1 h fu 5 dec').values).toEqual({
      outcome: 'left-message',
      minutes: 60,
      followUp: '2026-12-05',
    });
    expect(parseLog('K7T2-9 vm')).toEqual({ ...clean, values: { client: 'K7T2-9', outcome: 'left-message' } });
  });

  test('a code is never put together from two words', () => {
    const client = { kind: makeClientCodeKind(() => true), hint: '' };
    expect(parseCommand(['123', 'ab'], { client }, aReading()).values).toEqual({});
  });

  test('a word that leads to another argument may also stand alone', () => {
    const table = { ...logArguments, to: { kind: logArguments.with.kind, after: ['text'], hint: 'whom' } };
    expect(parseCommand(['text', 'reached'], table, aReading()).values).toEqual({ mode: 'text', outcome: 'reached' });
    expect(parseCommand(['text', '@U0JON'], table, aReading()).values).toEqual({ to: 'U0JON' });
  });

  test('an argument that takes many takes every word that matches', () => {
    expect(parseLog('phone with @U0JON @U0SARA @U0JON reached').values).toEqual({
      mode: 'phone',
      with: ['U0JON', 'U0SARA'],
      outcome: 'reached',
    });
  });

  test('nothing typed is nothing filled, and nothing wrong', () => {
    expect(parseLog('')).toEqual({ ...clean, values: {} });
  });

  test('the values have the types of the table', () => {
    const { values } = parseCommand([], logArguments, aReading());
    expectTypeOf(values.minutes).toEqualTypeOf<number | undefined>();
    expectTypeOf(values.outcome).toEqualTypeOf<
      'reached' | 'left-message' | 'no-answer' | 'no-show' | 'cancelled' | 'refused' | 'wrong-number' | undefined
    >();
    expectTypeOf(values.with).toEqualTypeOf<readonly string[] | undefined>();
  });
});

describe('what cannot be taken is said in one sentence and fills nothing', () => {
  test.each([
    [
      'K7T2-8 phone',
      'client',
      'bad-check-character',
      'That code has a wrong character. Search for the client instead.',
    ],
    [
      'К7Т2-9 phone',
      'client',
      'bad-check-character',
      'That code has a letter of another alphabet in it. Type it again, or search for the client.',
    ],
    ['phone -5', 'minutes', 'invalid-minutes', 'Minutes are whole, from 1 to 1,440: for example 15m or 1h15.'],
    ['phone 1441', 'minutes', 'invalid-minutes', 'Minutes are whole, from 1 to 1,440: for example 15m or 1h15.'],
    ['phone 1e3', 'minutes', 'invalid-minutes', 'Minutes are whole, from 1 to 1,440: for example 15m or 1h15.'],
    [
      'phone fu 2/30',
      'followUp',
      'invalid-date',
      'That day is not in the calendar. Write it like 2026-12-03, fri or +3d.',
    ],
    ['phone fu yesterday', 'followUp', 'invalid-date', 'That day has passed. Choose today or a later day.'],
    [
      'phone fu 12/3',
      'followUp',
      'ambiguous-date',
      'That could be Thu 3 Dec or Fri 12 Mar 2027. Write 2026-12-03 or 2027-03-12.',
    ],
    ['phone fu wed', 'followUp', 'ambiguous-date', 'Today is Wednesday. Write today, or +7d for Wednesday next week.'],
    [
      'phone fu',
      'followUp',
      'invalid-date',
      'Something is missing after “fu”. It takes: date (fri, +3d or 2026-12-03).',
    ],
    [
      'phone fu 5',
      'followUp',
      'invalid-date',
      'I could not read what follows “fu”. It takes: date (fri, +3d or 2026-12-03).',
    ],
    [
      'fu phone',
      'followUp',
      'invalid-date',
      'I could not read what follows “fu”. It takes: date (fri, +3d or 2026-12-03).',
    ],
    ['phone fu tomorow', 'followUp', 'invalid-date', 'I could not read what follows “fu”. Did you mean “tomorrow”?'],
    [
      'phone with @here',
      'with',
      'invalid-value',
      'I could not read that person. Type @ and choose one name from the list.',
    ],
    ['phone text video', 'mode', 'invalid-value', 'Two different answers for one place (mode). Please keep one.'],
  ])('%s', (text, argument, code, sentence) => {
    const parsed = parseLog(text);
    expect(parsed.problems).toEqual([{ argument, code, sentence }]);
    expect(parsed.values).not.toHaveProperty(argument);
    expect(parsed.unknown).toEqual([]);
    expect(parsed.looksLikeName).toBe(false);
  });

  test('of two clients neither is kept', () => {
    const parsed = parseLog('K7T2-9 M4XR-1 phone');
    expect(parsed.values).toEqual({ mode: 'phone' });
    expect(parsed.problems).toEqual([
      {
        argument: 'client',
        code: 'invalid-value',
        sentence: 'Two different answers for one place (client code). Please keep one.',
      },
    ]);
    expect(parseLog('K7T2-9 M4XR-1 K7T2-9').values).toEqual({});
  });

  test('a refused code is not replaced by another code in the same line', () => {
    expect(parseLog('K7T2-8 M4XR-1 phone').values).toEqual({ mode: 'phone' });
    expect(parseLog('M4XR-1 K7T2-8 phone').values).toEqual({ mode: 'phone' });
  });

  test('a number after “fu” is not taken for minutes', () => {
    expect(parseLog('phone fu 5').values).toEqual({ mode: 'phone' });
  });
});

describe('a word nobody takes', () => {
  test('is answered with a word of ours that is near', () => {
    expect(parseLog('K7T2-9 phne reached').unknown).toEqual([
      { suggestion: 'phone', sentence: 'I did not understand one word. Did you mean “phone”?' },
    ]);
  });
  test('is told where it belongs when it would be understood there', () => {
    expect(parseLog('K7T2-9 phone fri').unknown).toEqual([
      { sentence: 'The date needs a word before it: “fu” or “next” or “on”.' },
    ]);
    expect(parseLog('K7T2-9 phone @U0JON').unknown).toEqual([
      { sentence: 'The person needs a word before it: “with”.' },
    ]);
  });
  test.each([
    '🙂',
    '<!channel>',
    "';--",
    '${x}',
    '<https://example.org|K7T2-9>',
    '../../etc',
    '__proto__',
    '{{7*7}}',
    '--',
    '%s',
  ])('%s is left without a guess', (word) => {
    const parsed = parseLog(`K7T2-9 phone reached ${word}`);
    expect(parsed.leftover).toBe(1);
    expect(parsed.looksLikeName).toBe(false);
    expect(parsed.problems).toEqual([]);
  });
  test('in prose only the first eight are explained and all are counted', () => {
    const parsed = parseLog(`K7T2-9 ${'zzz '.repeat(500)}`);
    expect(parsed.unknown).toHaveLength(8);
    expect(parsed.leftover).toBe(500);
  });
  test('after forty words the rest is counted, so a line of known words is never taken in part', () => {
    const parsed = parseLog('phone '.repeat(50));
    expect(parsed.leftover).toBe(10);
  });
  test('no sentence repeats what was typed', () => {
    const typed = 'Marigold Fotheringay zq9x7 fu Wibble with Grimble 12345678';
    const parsed = parseLog(typed);
    const said = JSON.stringify([parsed.problems, parsed.unknown]).toLowerCase();
    for (const word of ['marigold', 'fotheringay', 'zq9x7', 'wibble', 'grimble', '12345678']) {
      expect(said).not.toContain(word);
    }
    expect(parsed.values).toEqual({});
  });
});

describe('a name in clear text', () => {
  test.each([
    'Maria Lopez phone reached',
    'maria phone reached',
    'dexter phone',
    'O’Neill visit',
    'Zoe\u0301 phone',
    'Мария visit',
    '李伟 phone',
    'López, María phone',
    'K7T2-8 Maria phone',
    'K7T2-9 phone reached Maria Lopez',
    'K7T2-9 phone reached MARIA LOPEZ',
    'phone fu Maria',
    'Frank visit',
  ])('%s looks like one', (text) => {
    expect(parseLog(text).looksLikeName).toBe(true);
  });
  test.each([
    'K7T2-9 phone reached maria',
    'K7T2-9 phone reached about housing',
    'K7T2-9 Phne Reachd',
    'phne reached',
    'K7T2-9 phone zq9xx77',
    '12345 🙂',
  ])('%s does not', (text) => {
    expect(parseLog(text).looksLikeName).toBe(false);
  });
  test('that is by chance a right code without its dash is read as that code', () => {
    expect(parseLog('peter phone')).toEqual({ ...clean, values: { client: 'PETE-R', mode: 'phone' } });
  });
  test('words with digits are no names, and capitals apart from each other no first and last name', () => {
    expect(parseLog('phone zq9xx77').looksLikeName).toBe(false);
    expect(parseLog('K7T2-9 Housing phone reached Benefits').looksLikeName).toBe(false);
  });
  test('a command about no client expects no name', () => {
    const { client, ...others } = logArguments;
    expect(client.kind.label).toBe('client code');
    expect(parseCommand(['maria'], others, aReading()).looksLikeName).toBe(false);
    expect(parseCommand(['Maria', 'Lopez'], others, aReading()).looksLikeName).toBe(true);
  });
  test('an ordinary word beside a code is only unknown', () => {
    expect(parseLog('K7T2-9 phone housing').unknown).toEqual([noHelp]);
  });
});

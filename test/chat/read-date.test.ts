import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dateKind, futureDateKind, pastDateKind } from '../../src/chat/argument-kinds.ts';
import { addDaysToDate, weekdayOf } from '../../src/calendar/local-dates.ts';
import { addWorkingDays } from '../../src/calendar/working-time.ts';
import { readDate } from '../../src/chat/read-date.ts';
import { aReading } from './log-arguments.ts';
import { propertyRuns } from '../helpers/property-runs.ts';

const yes = (value: string) => ({ is: 'yes', value });
const invalid = (sentence: string) => ({ is: 'wrong', code: 'invalid-date', sentence });
const ambiguous = (sentence: string) => ({ is: 'wrong', code: 'ambiguous-date', sentence });
const noSuchDay = 'That day is not in the calendar. Write it like 2026-12-03, fri or +3d.';
const tooFar = 'That date is more than five years away. Please check the year.';

describe('on Wednesday 25 November 2026', () => {
  test.each([
    ['today', '2026-11-25'],
    ['Tomorrow', '2026-11-26'],
    ['yesterday', '2026-11-24'],
    ['fri', '2026-11-27'],
    ['FRIDAY', '2026-11-27'],
    ['mon', '2026-11-30'],
    ['tues', '2026-12-01'],
    ['thurs', '2026-11-26'],
    ['+3d', '2026-11-28'],
    ['3d', '2026-11-28'],
    ['+0d', '2026-11-25'],
    ['-2d', '2026-11-23'],
    ['+2w', '2026-12-09'],
    ['+2bd', '2026-11-27'],
    ['+3bd', '2026-11-30'],
    ['+0bd', '2026-11-25'],
    ['-3bd', '2026-11-20'],
    ['12/13', '2026-12-13'],
    ['13/12', '2026-12-13'],
    ['31/12', '2026-12-31'],
    ['12/31', '2026-12-31'],
    ['12/12', '2026-12-12'],
    ['1/31', '2027-01-31'],
    ['12/13/2026', '2026-12-13'],
    ['13/12/26', '2026-12-13'],
    ['13.12.2026', '2026-12-13'],
    ['2026-12-03', '2026-12-03'],
    ['2026-12-3', '2026-12-03'],
    ['2026/12/03', '2026-12-03'],
    ['5dec', '2026-12-05'],
    ['dec5', '2026-12-05'],
    ['5-december', '2026-12-05'],
    ['5dec2027', '2027-12-05'],
    ['2028-02-29', '2028-02-29'],
  ])('%s is %s', (word, day) => {
    expect(readDate(word, aReading())).toEqual(yes(day));
  });

  test.each([
    '2/30',
    '30/2',
    '31/31',
    '31/4',
    '4/31',
    '0/5',
    '13/13',
    '2026-02-30',
    '2026-13-01',
    '2026-00-10',
    '2027-02-29',
    '2/29',
    '30feb',
    '+3x',
    '+3',
  ])('%s is not in the calendar', (word) => {
    expect(readDate(word, aReading())).toEqual(invalid(noSuchDay));
  });

  test.each([
    '9999-12-31',
    '12/31/9999',
    '12/3/9999',
    '0001-01-01',
    '2031-11-26',
    '2021-11-24',
    '+1827d',
    '+261w',
    '+999999d',
  ])('%s is too far away', (word) => {
    expect(readDate(word, aReading())).toEqual(invalid(tooFar));
  });

  test('five years ahead and behind are still near enough', () => {
    expect(readDate('2031-11-25', aReading())).toEqual(yes('2031-11-25'));
    expect(readDate('2021-11-25', aReading())).toEqual(yes('2021-11-25'));
  });

  test.each(['', 'phone', 'K7T2-9', '15m', '5', '1.5', '12-3', 'mar', 'may', 'decade5', '2,1,0', 'x'.repeat(500)])(
    '%s is no date and left to others',
    (word) => {
      expect(readDate(word, aReading())).toEqual({ is: 'no' });
    },
  );

  test('a slash date with two meanings is asked back with both named', () => {
    expect(readDate('12/3', aReading())).toEqual(
      ambiguous('That could be Thu 3 Dec or Fri 12 Mar 2027. Write 2026-12-03 or 2027-03-12.'),
    );
    expect(readDate('12/3/2026', aReading())).toEqual(
      ambiguous('That could be Thu 12 Mar or Thu 3 Dec. Write 2026-03-12 or 2026-12-03.'),
    );
    expect(readDate('12/3/2031', aReading())).toEqual(
      ambiguous('That could be Wed 12 Mar 2031 or Wed 3 Dec 2031. Write 2031-03-12 or 2031-12-03.'),
    );
    expect(readDate('3.12.2026', aReading())).toMatchObject({ code: 'ambiguous-date' });
  });

  test('the organisation’s habit decides a slash date', () => {
    expect(readDate('12/3', aReading({ dateOrder: 'mdy' }))).toEqual(yes('2026-12-03'));
    expect(readDate('12/3', aReading({ dateOrder: 'dmy' }))).toEqual(yes('2027-03-12'));
  });

  test('the weekday of today is asked back', () => {
    expect(readDate('wed', aReading())).toEqual(
      ambiguous('Today is Wednesday. Write today, or +7d for Wednesday next week.'),
    );
    expect(readDate('Wednesday', aReading(), 'past')).toEqual(
      ambiguous('Today is Wednesday. Write today, or -7d for Wednesday last week.'),
    );
  });

  test('a day that just went by is not moved a whole year without asking', () => {
    expect(readDate('11/20', aReading())).toEqual(ambiguous('Please write the year too, for example 2027-11-20.'));
    expect(readDate('12/20', aReading(), 'past')).toEqual(
      ambiguous('Please write the year too, for example 2025-12-20.'),
    );
  });

  test('a contact’s weekday and day lie behind', () => {
    expect(readDate('mon', aReading(), 'past')).toEqual(yes('2026-11-23'));
    expect(readDate('thu', aReading(), 'past')).toEqual(yes('2026-11-19'));
    expect(readDate('11/20', aReading(), 'past')).toEqual(yes('2026-11-20'));
  });

  test('today written with slashes is today, whichever way one looks', () => {
    expect(readDate('11/25', aReading())).toEqual(yes('2026-11-25'));
    expect(readDate('11/25', aReading(), 'past')).toEqual(yes('2026-11-25'));
  });

  test('a follow-up cannot lie behind, a contact not ahead', () => {
    const passed = invalid('That day has passed. Choose today or a later day.');
    expect(futureDateKind.read('yesterday', aReading())).toEqual(passed);
    expect(futureDateKind.read('2026-11-24', aReading())).toEqual(passed);
    expect(futureDateKind.read('today', aReading())).toEqual(yes('2026-11-25'));
    const notYet = invalid('That day has not come yet. Choose today or an earlier day.');
    expect(pastDateKind.read('tomorrow', aReading())).toEqual(notYet);
    expect(pastDateKind.read('today', aReading())).toEqual(yes('2026-11-25'));
    expect(dateKind.read('yesterday', aReading())).toEqual(yes('2026-11-24'));
  });

  test('closures are no working days', () => {
    const reading = aReading({ isWorkingDay: (day) => !['2026-11-26', '2026-11-27'].includes(day) && weekday(day) });
    expect(readDate('+1bd', reading)).toEqual(yes('2026-11-30'));
  });

  test('a team without working days is told so, at once', () => {
    expect(readDate('+2bd', aReading({ isWorkingDay: () => false }))).toEqual(
      invalid('No working days are set for your team. Write the date instead, like 2026-12-03.'),
    );
  });

  test('working days are not counted further than 130', () => {
    expect(readDate('+130bd', aReading()).is).toBe('yes');
    expect(readDate('+131bd', aReading())).toEqual(
      invalid('Working days are counted up to 130. Write the date instead, like 2026-12-03.'),
    );
  });
});

const weekday = (day: string): boolean => !['sat', 'sun'].includes(weekdayOf(day));
const anyDay = fc.integer({ min: 0, max: 36_000 }).map((days) => addDaysToDate('1980-01-01', days));

test('every reading of an ISO date near today is that date', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: -1800, max: 1800 }), (today, away) => {
      const day = addDaysToDate(today, away);
      expect(readDate(day, aReading({ today }))).toEqual(yes(day));
    }),
  );
});

test('a weekday is within the next seven days and is that weekday, or today and asked', () => {
  fc.assert(
    fc.property(anyDay, fc.constantFrom('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'), (today, word) => {
      const read = readDate(word, aReading({ today }));
      if (read.is === 'yes') {
        expect(weekdayOf(read.value)).toBe(word);
        expect(read.value > today && read.value <= addDaysToDate(today, 6)).toBe(true);
      } else expect(weekdayOf(today)).toBe(word);
    }),
  );
});

test('+Nbd lands on a working day with exactly N working days on the way', () => {
  const pattern = fc.subarray(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], { minLength: 1 });
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 1, max: 60 }), pattern, (today, count, days) => {
      const isWorkingDay = (day: string) => days.includes(weekdayOf(day));
      const landed = addWorkingDays(today, count, isWorkingDay);
      expect(isWorkingDay(landed)).toBe(true);
      let worked = 0;
      for (let day = today; day < landed;) {
        day = addDaysToDate(day, 1);
        worked += isWorkingDay(day) ? 1 : 0;
      }
      expect(worked).toBe(count);
      expect(addWorkingDays(landed, -count, (day) => day === today || isWorkingDay(day)) >= today).toBe(true);
    }),
    { numRuns: propertyRuns.usual },
  );
});

test('a slash date is never guessed: read, asked back or refused, and read only when one order is possible', () => {
  const part = fc.integer({ min: 1, max: 31 });
  fc.assert(
    fc.property(part, part, anyDay, (first, second, today) => {
      const read = readDate(`${first}/${second}`, aReading({ today }));
      if (read.is === 'yes') {
        const [month, day] = [Number(read.value.slice(5, 7)), Number(read.value.slice(8))];
        expect(first > 12 || second > 12 || first === second).toBe(true);
        expect([`${month}/${day}`, `${day}/${month}`]).toContain(`${first}/${second}`);
      } else expect(read.is).toBe('wrong');
    }),
  );
});

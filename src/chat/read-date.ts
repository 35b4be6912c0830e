import type { Reading, WordReading } from './command.ts';
import { addDaysToDate, weekdayNames, weekdayOf, weekdays } from '../calendar/local-dates.ts';
import { findWorkingDay } from '../calendar/working-time.ts';
import type { Weekday } from '../calendar/local-dates.ts';
import { noSuchDay, readCalendarDay, refuseDate, TOO_FAR_SENTENCE, withinReach } from './read-date-calendar.ts';
import type { Direction } from './read-date-calendar.ts';

export type { Direction } from './read-date-calendar.ts';

/** Words a date may be, for "did you mean". */
export const dateWords: readonly string[] = ['today', 'tomorrow', 'yesterday', ...Object.values(weekdayNames)].map(
  (word) => word.toLowerCase(),
);

const no: WordReading<string> = { is: 'no' };
const longestDate = 24;
const step = /^([+-])?([0-9]{1,6})(d|w|bd)$/;
const stepLike = /^[+-][0-9]{1,12}[a-z]{0,12}$/;
/** More days than five years hold. */
const MOST_STEPS = 1830;
/** Working days are walked one by one; half a year of them is further than anybody counts. */
const MOST_WORKING_DAYS = 130;
export const WORKING_DAYS_SENTENCE = 'Working days are counted up to 130. Write the date instead, like 2026-12-03.';
export const NO_WORKING_DAYS_SENTENCE =
  'No working days are set for your team. Write the date instead, like 2026-12-03.';

/**
 * A local date as people write one, as `YYYY-MM-DD`: `today`, `tomorrow`, `yesterday`, a weekday (the next one, or
 * the last one when reading the past), `+3d`, `+2w`, `+2bd` (working days), `12/3`, `12/3/2026`, `5dec`, `2026-12-03`.
 * What has two meanings is asked back (`ambiguous-date`), what is no day or over five years away is `invalid-date`.
 */
export function readDate(typed: string, reading: Reading, direction: Direction = 'future'): WordReading<string> {
  if (typed.length > longestDate) return no;
  const word = typed.toLowerCase();
  for (const read of [readNearDay, readWeekday, readStep, readCalendarDay]) {
    const result = read(word, reading, direction);
    if (result.is !== 'no') return result;
  }
  return no;
}

function readNearDay(word: string, reading: Reading): WordReading<string> {
  const steps = { today: 0, tomorrow: 1, yesterday: -1 };
  if (word !== 'today' && word !== 'tomorrow' && word !== 'yesterday') return no;
  return { is: 'yes', value: addDaysToDate(reading.today, steps[word]) };
}

/** Beside `thu` and `thursday`, the forms people write. */
const otherWeekdays: ReadonlyMap<string, Weekday> = new Map([
  ['tues', 'tue'],
  ['weds', 'wed'],
  ['thur', 'thu'],
  ['thurs', 'thu'],
]);

function readWeekday(word: string, reading: Reading, direction: Direction): WordReading<string> {
  const asked =
    otherWeekdays.get(word) ??
    weekdays.find((weekday) => weekday === word || weekdayNames[weekday].toLowerCase() === word);
  if (asked === undefined) return no;
  const today = weekdayOf(reading.today);
  const name = weekdayNames[asked];
  if (asked === today) {
    const sentence =
      direction === 'future'
        ? `Today is ${name}. Write today, or +7d for ${name} next week.`
        : `Today is ${name}. Write today, or -7d for ${name} last week.`;
    return { is: 'wrong', code: 'ambiguous-date', sentence };
  }
  const ahead = (weekdays.indexOf(asked) - weekdays.indexOf(today) + 7) % 7;
  return { is: 'yes', value: addDaysToDate(reading.today, direction === 'future' ? ahead : ahead - 7) };
}

function readStep(word: string, reading: Reading): WordReading<string> {
  const found = step.exec(word);
  if (!found) return stepLike.test(word) ? noSuchDay : no;
  const count = Number(found[2]) * (found[1] === '-' ? -1 : 1);
  const unit = found[3];
  if (unit === 'bd') {
    if (Math.abs(count) > MOST_WORKING_DAYS) return refuseDate(WORKING_DAYS_SENTENCE);
    const day = findWorkingDay(reading.today, count, reading.isWorkingDay);
    return day === undefined ? refuseDate(NO_WORKING_DAYS_SENTENCE) : { is: 'yes', value: day };
  }
  if (Math.abs(count) > MOST_STEPS) return refuseDate(TOO_FAR_SENTENCE);
  return withinReach(addDaysToDate(reading.today, count * (unit === 'w' ? 7 : 1)), reading.today);
}

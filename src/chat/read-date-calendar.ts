import type { Reading, WordReading } from './command.ts';
import { addYearsToDate, daysBetween, makeIsoDate, formatDay } from '../calendar/local-dates.ts';

/** Which way a day without a year lies: follow-ups ahead, contacts behind. */
export type Direction = 'future' | 'past';

export const NO_SUCH_DAY_SENTENCE = 'That day is not in the calendar. Write it like 2026-12-03, fri or +3d.';
export const TOO_FAR_SENTENCE = 'That date is more than five years away. Please check the year.';
const FAR_YEARS = 5;
/** A day without a year that already went by is taken into the next year only this near; else the year is asked. */
const ROLLS_OVER_DAYS = 183;

const iso = /^([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})$/;
const slashed = /^([0-9]{1,3})\/([0-9]{1,3})(?:\/([0-9]{4}|[0-9]{2}))?$/;
// Dotted or dashed dates need their year: `1.5` is half of something and `12-3` a range.
const dotted = /^([0-9]{1,2})([.-])([0-9]{1,2})\2([0-9]{4})$/;
const dayMonth = /^([0-9]{1,2})-?([a-z]{3,9})(?:-?([0-9]{4}))?$/;
const monthDay = /^([a-z]{3,9})-?([0-9]{1,2})$/;
const monthNames = 'january february march april may june july august september october november december'.split(' ');

/** A date refused in words. */
export const refuseDate = (sentence: string): WordReading<string> => ({ is: 'wrong', code: 'invalid-date', sentence });
const ask = (sentence: string): WordReading<string> => ({ is: 'wrong', code: 'ambiguous-date', sentence });
export const noSuchDay = refuseDate(NO_SUCH_DAY_SENTENCE);

/** `yes` unless the day is further than five years from today. */
export function withinReach(day: string, today: string): WordReading<string> {
  const near = day >= addYearsToDate(today, -FAR_YEARS) && day <= addYearsToDate(today, FAR_YEARS);
  return near ? { is: 'yes', value: day } : refuseDate(TOO_FAR_SENTENCE);
}

/** Days written with numbers or month names: `2026-12-03`, `12/3`, `12/3/2026`, `3.12.2026`, `5dec`, `dec-5`. Lower case. */
export function readCalendarDay(word: string, reading: Reading, direction: Direction): WordReading<string> {
  const year4 = iso.exec(word);
  if (year4) return readParts(Number(year4[2]), Number(year4[3]), Number(year4[1]), reading, direction);

  const numbers = slashed.exec(word);
  if (numbers) return readNumbers(Number(numbers[1]), Number(numbers[2]), numbers[3], reading, direction);
  const withYear = dotted.exec(word);
  if (withYear) return readNumbers(Number(withYear[1]), Number(withYear[3]), withYear[4], reading, direction);

  const named = dayMonth.exec(word) ?? monthDay.exec(word);
  if (named) {
    const [, first = '', second = '', year] = named;
    const dayFirst = /^[0-9]/.test(first);
    const month = findMonth(dayFirst ? second : first);
    if (month === undefined) return { is: 'no' };
    return readParts(month, Number(dayFirst ? first : second), expandYear(year), reading, direction);
  }
  return { is: 'no' };
}

/** Two numbers of which nobody said which is the month: decided by the organisation's habit or by the calendar, else asked. */
function readNumbers(
  first: number,
  second: number,
  typedYear: string | undefined,
  reading: Reading,
  direction: Direction,
): WordReading<string> {
  const year = expandYear(typedYear);
  const monthFirst = () => readParts(first, second, year, reading, direction);
  const dayFirst = () => readParts(second, first, year, reading, direction);
  if (first > 12 || first === second) return dayFirst();
  if (second > 12) return monthFirst();
  if (reading.dateOrder === 'mdy') return monthFirst();
  if (reading.dateOrder === 'dmy') return dayFirst();

  const one = placeInYear(first, second, year, reading.today, direction);
  const other = placeInYear(second, first, year, reading.today, direction);
  if (one === undefined || other === undefined) return noSuchDay;
  const inReach = [one, other].some((day) => withinReach(day, reading.today).is === 'yes');
  if (!inReach) return refuseDate(TOO_FAR_SENTENCE);
  const [sooner, later] = one < other ? [one, other] : [other, one];
  const name = (day: string) => formatDay(day, reading.today);
  return ask(`That could be ${name(sooner)} or ${name(later)}. Write ${sooner} or ${later}.`);
}

function readParts(
  month: number,
  day: number,
  year: number | undefined,
  reading: Reading,
  direction: Direction,
): WordReading<string> {
  const date = placeInYear(month, day, year, reading.today, direction);
  if (date === undefined) return noSuchDay;
  if (year === undefined && date.slice(0, 4) !== reading.today.slice(0, 4)) {
    const away = Math.abs(daysBetween(reading.today, date));
    if (away > ROLLS_OVER_DAYS) return ask(`Please write the year too, for example ${date}.`);
  }
  return withinReach(date, reading.today);
}

/** Without a year: the next such day from today on, or the last one up to today. */
function placeInYear(
  month: number,
  day: number,
  year: number | undefined,
  today: string,
  direction: Direction,
): string | undefined {
  if (year !== undefined) return makeIsoDate(year, month, day);
  const thisYear = Number(today.slice(0, 4));
  const here = makeIsoDate(thisYear, month, day);
  if (here !== undefined && (direction === 'future' ? here >= today : here <= today)) return here;
  // 29 February of a year without one is refused rather than moved.
  const inFront = `-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}` > today.slice(4);
  if (here === undefined && inFront === (direction === 'future')) return undefined;
  return makeIsoDate(thisYear + (direction === 'future' ? 1 : -1), month, day);
}

/** `26` is 2026: nothing here is about another century. */
function expandYear(typed: string | undefined): number | undefined {
  if (typed === undefined) return undefined;
  return typed.length === 2 ? 2000 + Number(typed) : Number(typed);
}

/** Three letters or the whole name. */
function findMonth(name: string): number | undefined {
  const index = monthNames.findIndex((month) => month === name || month.slice(0, 3) === name);
  return index === -1 ? undefined : index + 1;
}

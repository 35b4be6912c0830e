/** Which part of a date like 3/4/1980 is the month. */
export type DateOrder = 'mdy' | 'dmy';

/** How one file writes its dates, as far as it shows. */
export interface FileDateOrder {
  /** The order of most of the dates that can be read in one way only; `undefined` = none, or as many of each. */
  readonly order: DateOrder | undefined;
  /** Whether a date that can be read both ways may be read in that order. */
  readonly settled: boolean;
}

/** Birth dates lie in the past, so that two digits of a year name the latest one that has been. */
export type DateUse = 'birth' | 'other';

interface Readings {
  readonly mdy?: string;
  readonly dmy?: string;
}

const months = 'january february march april may june july august september october november december'.split(' ');
const monthOf = (word: string): number => months.findIndex((name) => name.startsWith(word.toLowerCase())) + 1;
/** What a spreadsheet adds to a date it keeps as an instant. */
const midnight = /[ T]0?0:00(:00)?(\.0+)?(Z| ?AM)?$/i;

const longMonths = new Set([1, 3, 5, 7, 8, 10, 12]);
const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
const daysIn = (year: number, month: number): number => {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return longMonths.has(month) ? 31 : 30;
};
const two = (part: number): string => (part < 10 ? `0${part}` : `${part}`);

/** A day that exists, as `YYYY-MM-DD`. Years outside 1900 to 2099 are slips of the finger. */
function isoDay(year: number, month: number, day: number): string | undefined {
  if (year < 1900 || year > 2099 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  return `${year}-${two(month)}-${two(day)}`;
}

function dayOfYear(year: string, month: number, day: number, use: DateUse, today: string): string | undefined {
  if (year.length === 4) return isoDay(Number(year), month, day);
  const late = isoDay(2000 + Number(year), month, day);
  if (use === 'other' || (late !== undefined && late <= today)) return late;
  return isoDay(1900 + Number(year), month, day);
}

const sameInBothOrders = (day: string | undefined): Readings => (day === undefined ? {} : { mdy: day, dmy: day });

/** Every day a cell can mean. ISO dates and month names mean the same in both orders. */
function readings(cell: string, use: DateUse, today: string): Readings {
  const text = cell.includes(':') ? cell.replace(midnight, '') : cell;
  const numbers = /^([0-9]{1,4})([-/.])([0-9]{1,2})\2([0-9]{1,4})$/.exec(text);
  if (!numbers) return namedMonthReadings(text, use, today);
  const [, first = '', , second = '', last = ''] = numbers;
  if (first.length === 4) {
    return last.length > 2 ? {} : sameInBothOrders(isoDay(Number(first), Number(second), Number(last)));
  }
  if (first.length === 3 || (last.length !== 4 && last.length !== 2)) return {};
  const mdy = dayOfYear(last, Number(first), Number(second), use, today);
  const dmy = dayOfYear(last, Number(second), Number(first), use, today);
  return { ...(mdy !== undefined && { mdy }), ...(dmy !== undefined && { dmy }) };
}

/** `3-Dec-2026`, `3 December 26`, `Dec 3, 2026`. */
function namedMonthReadings(text: string, use: DateUse, today: string): Readings {
  const { day, month, year } =
    /^(?<day>[0-9]{1,2})[- ](?<month>[a-z]{3,9})\.?,?[- ](?<year>[0-9]{4}|[0-9]{2})$/i.exec(text)?.groups ??
    /^(?<month>[a-z]{3,9})\.? (?<day>[0-9]{1,2}),? (?<year>[0-9]{4})$/i.exec(text)?.groups ??
    {};
  if (day === undefined || month === undefined || year === undefined) return {};
  return sameInBothOrders(dayOfYear(year, monthOf(month), Number(day), use, today));
}

/**
 * Finds the order of a file's dates from those that exist in one order only (a part over 12). The side with more
 * of them wins and dates of the other side are refused; dates that can be read both ways follow the winner only when
 * nine in ten agree. `habit` is used when the file shows nothing either way.
 */
export function findDateOrder(
  cells: Iterable<{ readonly cell: string; readonly use: DateUse }>,
  today: string,
  habit?: DateOrder,
): FileDateOrder {
  const seen = { mdy: 0, dmy: 0 };
  for (const { cell, use } of cells) {
    const { mdy, dmy } = readings(cell, use, today);
    if (mdy !== undefined && dmy === undefined) seen.mdy += 1;
    if (dmy !== undefined && mdy === undefined) seen.dmy += 1;
  }
  if (seen.mdy === 0 && seen.dmy === 0) return { order: habit, settled: habit !== undefined };
  if (seen.mdy === seen.dmy) return { order: undefined, settled: false };
  const order = seen.mdy > seen.dmy ? 'mdy' : 'dmy';
  return { order, settled: seen[order] >= 9 * Math.min(seen.mdy, seen.dmy) };
}

/** Reads one date of a file whose order is known as far as it is; never guesses. */
export function readImportDate(
  cell: string,
  use: DateUse,
  today: string,
  file: FileDateOrder,
): { readonly date: string } | { readonly code: 'invalid-date' | 'ambiguous-date' } {
  const { mdy, dmy } = readings(cell, use, today);
  if (mdy === dmy) return mdy === undefined ? { code: 'invalid-date' } : { date: mdy };
  const read = file.order === undefined ? undefined : file.order === 'mdy' ? mdy : dmy;
  if (mdy !== undefined && dmy !== undefined) {
    return file.settled && read !== undefined ? { date: read } : { code: 'ambiguous-date' };
  }
  if (file.order === undefined) return { code: 'ambiguous-date' };
  return read === undefined ? { code: 'invalid-date' } : { date: read };
}

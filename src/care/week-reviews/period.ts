import { localDate, startOfLocalDay } from '../../calendar/zones.ts';
import { addDaysToDate, daysBetween, mondayOf } from '../../calendar/local-dates.ts';
import { trendWeeks } from './rules.ts';

/** Local days of a team, and the instants they begin and end at. */
export interface Period {
  /** Local dates, inclusive. */
  readonly from: string;
  readonly to: string;
  readonly zone: string;
  readonly start: Date;
  /** Exclusive; the moment itself for a period that is not over. */
  readonly end: Date;
  /** Local date of the end: what was due before it is overdue. */
  readonly closes: string;
  /** The end of each of the last weeks, oldest first; the last is the end. */
  readonly weekEnds: readonly Date[];
}

/** The week a post shows: the last that was over on the date it is made for. */
export function weekBefore(date: string): string {
  return addDaysToDate(mondayOf(date), -7);
}

/** The first and last day, as instants and dates of the team. What has not happened yet is not counted. */
export function makePeriod(days: { readonly from: string; readonly to: string }, zone: string, now: Date): Period {
  const { from, to } = days;
  const over = startOfLocalDay(addDaysToDate(to, 1), zone);
  const end = over < now ? over : now;
  const closes = localDate(end, zone);
  const weekEnds = Array.from({ length: trendWeeks }, (_, index) =>
    index === trendWeeks - 1 ? end : startOfLocalDay(addDaysToDate(closes, -7 * (trendWeeks - 1 - index)), zone),
  );
  return { from, to, zone, start: startOfLocalDay(from, zone), end, closes, weekEnds };
}

/** As many days, just before it. */
export function periodBefore({ from, to, zone }: Period, now: Date): Period {
  const days = daysBetween(from, to) + 1;
  return makePeriod({ from: addDaysToDate(from, -days), to: addDaysToDate(from, -1) }, zone, now);
}

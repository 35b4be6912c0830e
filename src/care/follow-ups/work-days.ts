import type { Ask, DueItem } from '../../chat/feature.ts';
import { formatDay } from '../../chat/local-date.ts';
import { findWorkingDay, weekdayOf } from '../../chat/local-date-arithmetic.ts';
import { listWorkCalendars, type WorkCalendar } from './calendar-records.ts';
import { describeDue } from './rules.ts';

/** When these people work, by their id. */
export const findWorkCalendars = (ask: Ask, people: readonly string[]): Promise<ReadonlyMap<string, WorkCalendar>> =>
  listWorkCalendars(ask.tx, people);

/** A due thing on a day on which its owner works. */
export type OnWorkDay<T> = T & {
  /** The day it was due on, when that is a day off for its owner. */
  readonly movedFrom?: string;
};

/**
 * What is due on somebody's day off is due on their next working day: nothing is asked of them while they are off, and
 * nothing is late that could not be done. A clinical clock does not stop for that, nor does what waits for others,
 * whose days these are not.
 */
export function moveToWorkDay<T extends Pick<DueItem, 'dueOn' | 'clinical' | 'waitingOnOthers'>>(
  item: T,
  calendar: WorkCalendar | undefined,
): OnWorkDay<T> {
  if (item.clinical === true || item.waitingOnOthers || calendar === undefined) return item;
  const works = (day: string): boolean => calendar.workingDays.has(weekdayOf(day)) && !calendar.closures.has(day);
  const { dueOn } = item;
  const day = findWorkingDay(dueOn, 0, works) ?? dueOn;
  return day === dueOn ? item : { ...item, dueOn: day, movedFrom: dueOn };
}

/** For each person, the day to which something plain of a day moves; asked again and again, each is looked for once. */
export function rememberDays(calendars: ReadonlyMap<string, WorkCalendar>): (owner: string, dueOn: string) => string {
  const known = new Map<string, string>();
  return (owner, dueOn) => {
    const key = `${dueOn} ${owner}`;
    const day = known.get(key) ?? moveToWorkDay({ dueOn, waitingOnOthers: false }, calendars.get(owner)).dueOn;
    known.set(key, day);
    return day;
  };
}

/** `due today`, or `due today, moved from Thu 26 Nov`. */
export function describeWhen(item: { readonly dueOn: string; readonly movedFrom?: string }, today: string): string {
  const { dueOn, movedFrom } = item;
  return `${describeDue(dueOn, today)}${movedFrom === undefined ? '' : `, moved from ${formatDay(movedFrom, today)}`}`;
}

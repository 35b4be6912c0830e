import type { DueItem } from '../../feature/due.ts';
import { formatDay } from '../../calendar/local-dates.ts';
import { findWorkingDay, worksOn, type WorkingDays } from '../../calendar/working-time.ts';
import { describeDue } from './rules.ts';

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
  time: WorkingDays | undefined,
): OnWorkDay<T> {
  if (item.clinical === true || item.waitingOnOthers || time === undefined) return item;
  const { dueOn } = item;
  const day = findWorkingDay(dueOn, 0, worksOn(time)) ?? dueOn;
  return day === dueOn ? item : { ...item, dueOn: day, movedFrom: dueOn };
}

/** For each person, the day to which something plain of a day moves; asked again and again, each is looked for once. */
export function rememberDays(times: ReadonlyMap<string, WorkingDays>): (owner: string, dueOn: string) => string {
  const known = new Map<string, string>();
  return (owner, dueOn) => {
    const key = `${dueOn} ${owner}`;
    const day = known.get(key) ?? moveToWorkDay({ dueOn, waitingOnOthers: false }, times.get(owner)).dueOn;
    known.set(key, day);
    return day;
  };
}

/** `due today`, or `due today, moved from Thu 26 Nov`. */
export function describeWhen(item: { readonly dueOn: string; readonly movedFrom?: string }, today: string): string {
  const { dueOn, movedFrom } = item;
  return `${describeDue(dueOn, today)}${movedFrom === undefined ? '' : `, moved from ${formatDay(movedFrom, today)}`}`;
}

import type { Span } from '../../chat/card.ts';
import type { ClientMark } from '../../feature/feature.ts';
import type { DueItem } from '../../feature/due.ts';
import { describeWhen, type OnWorkDay } from './work-days.ts';

/** What follows whom a row is about: what is open, called by its name, with its age; else the tier and the day. */
export function describePlace(item: OnWorkDay<DueItem>, today: string): readonly Span[] {
  return item.open === undefined
    ? [` · ${item.tier}, ${describeWhen(item, today)}`]
    : [' · ', item.severity === 'concern' ? item.open : { bold: item.open }];
}

/** What is open about the client of a row that is about something else. */
export function sayMark(
  { client, open }: Pick<DueItem, 'client' | 'open'>,
  marks: ReadonlyMap<string, ClientMark>,
): readonly string[] {
  const mark = open === undefined ? marks.get(client) : undefined;
  return mark === undefined ? [] : [mark.open];
}

const escalations = (count: number): string => (count === 1 ? '1 escalation' : `${count} escalations`);

/** The heading of today's list, which says what it counts. */
export const sayToday = (needing: number, watching: number): string =>
  `Today: ${needing}${watching === 0 ? '' : ` · ${escalations(watching)} to watch`}`;

/** In place of `nothing is waiting`, while something is open with others. */
export const sayWatching = (watching: number, rest: string): string => `${escalations(watching)} to watch. ${rest}`;

import { localDate, localTime } from '../../calendar/zones.ts';
import { formatDay } from '../../calendar/local-dates.ts';
import { describeReason, notListed, sectionLabels } from './huddle-words.ts';
import type { Item } from './records.ts';
import type { Reason } from './arrange-agenda.ts';
import type { AgendaReasons, AgendaSection } from '../../feature/agenda.ts';

/** A code, a colleague's name, or somebody who is in no list: what may stand anywhere. */
export function nameItem(item: Pick<Item, 'client' | 'person'>): string {
  return item.client?.code ?? item.person?.name ?? notListed;
}

/** `no contact within the limit of the tier, since Tue 17 Nov` */
export function describeWhy(
  { reason, since }: Pick<Reason, 'reason' | 'since'>,
  { reasons, today }: { readonly reasons: AgendaReasons; readonly today: string },
): string {
  return `${describeReason(reason, reasons)}, since ${formatDay(since, today)}`;
}

/** `No contact: no contact yet; Open loops: a referral without an answer` */
export function describeOthers(others: readonly Reason[], reasons: AgendaReasons): string {
  return others
    .map(({ section, reason }) => `${sectionLabels[section]}: ${describeReason(reason, reasons)}`)
    .join('; ');
}

/** `2 safety · 1 new · 4 no contact`, in the order of the agenda. */
export function countSections(lines: readonly { readonly section: AgendaSection }[]): string {
  const counts = new Map<AgendaSection, number>();
  for (const { section } of lines) counts.set(section, (counts.get(section) ?? 0) + 1);
  return [...counts].map(([section, count]) => `${count} ${sectionLabels[section].toLowerCase()}`).join(' · ');
}

/** `Tue 24 Nov 09:00`, where the team is: a meeting has one wall clock for everybody. */
export function formatMoment(moment: Date, { now, zone }: { readonly now: Date; readonly zone: string }): string {
  return `${formatDay(localDate(moment, zone), localDate(now, zone))} ${localTime(moment, zone)}`;
}

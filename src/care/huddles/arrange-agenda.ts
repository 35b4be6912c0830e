import { agendaSections, type AgendaItem, type AgendaSection } from '../../feature/agenda.ts';
import { compareAttention, type Attention } from '../../feature/attention-order.ts';

/** A further reason why somebody stands on the agenda. */
export interface Reason {
  readonly section: AgendaSection;
  readonly reason: string;
  readonly since: string;
}

/** One line of an agenda: a client once, in the first section there is a reason for, with the other reasons. */
export interface AgendaLine extends AgendaItem {
  readonly others: readonly Reason[];
}

const rankSection = (section: AgendaSection): number => agendaSections.indexOf(section);

const attentionOf = ({ id, severity, tier, since, openSince, client }: AgendaItem): Attention => ({
  ...{ id, severity, tier, since: openSince, dueOn: since },
  // What is open runs on a clinical clock.
  clinical: severity !== undefined,
  code: client?.code ?? '',
});

/** Section by section; in each in the one order of all that waits. */
function compareItems(a: AgendaItem, b: AgendaItem): number {
  return rankSection(a.section) - rankSection(b.section) || compareAttention(attentionOf(a), attentionOf(b));
}

/** Whom or what an item is about: the same twice is one line. */
const subjectOf = ({ id, client, person }: AgendaItem): string =>
  client !== undefined ? `client:${client.id}` : person !== undefined ? `person:${person}` : id;

/** What all nouns contributed, as one agenda. The order of what comes in does not matter. */
export function arrangeAgenda(items: readonly AgendaItem[]): readonly AgendaLine[] {
  const about = new Map<string, AgendaItem[]>();
  for (const item of [...items].sort(compareItems)) {
    const subject = subjectOf(item);
    about.set(subject, [...(about.get(subject) ?? []), item]);
  }
  return [...about.values()]
    .flatMap(([first, ...rest]) => (first === undefined ? [] : [{ ...first, others: othersOf(first, rest) }]))
    .sort(compareItems);
}

/** The same reason of the same section is said once, with the day it counts from longest. */
function othersOf(first: AgendaItem, rest: readonly AgendaItem[]): readonly Reason[] {
  const keyOf = ({ section, reason }: Reason): string => `${section} ${reason}`;
  const said = new Map<string, Reason>([[keyOf(first), first]]);
  const others: Reason[] = [];
  for (const { section, reason, since } of rest) {
    const other = { section, reason, since };
    if (said.has(keyOf(other))) continue;
    said.set(keyOf(other), other);
    others.push(other);
  }
  return others;
}

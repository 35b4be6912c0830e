import { sentenceCard } from '../../chat/sentence-card.ts';
import type { OrganisationPrivacy } from '../../access/records.ts';
import type { Button, Card } from '../../chat/card.ts';
import { clientSpans } from '../clients/cards.ts';
import type { Client } from '../clients/find-allowed-client.ts';
import { describeDay, type Day } from './rules.ts';

/** The line at the end of a working day. Its subject is the person and the local date. */
export const endCardKind = 'days.end';

const count = (number: number, one: string): string => `${number} ${one}${number === 1 ? '' : 's'}`;

/** One line; in the morning after, nobody is wished a good evening. */
export function endCard(subject: string, date: string, day: Day, isToday: boolean): Card {
  const said = describeDay(day);
  const copy: Button = { action: 'days.copy-all', label: 'Copy all', subject: date };
  return {
    kind: endCardKind,
    subject,
    summary: said,
    nodes: [
      { kind: 'text', text: isToday ? `${said} Have a good evening.` : said },
      ...(day.uncharted === 0 ? [] : [{ kind: 'buttons' as const, buttons: [copy] }]),
    ],
  };
}

/** All notes of a day to copy, with one mark for all of them. `mark` says which were shown. */
export function notesCard(
  notes: readonly { readonly client: Client; readonly text: string }[],
  mark: string,
  privacy: OrganisationPrivacy,
): Card {
  const said =
    notes.length === 0 ? 'Every note of the day is in the chart.' : `${count(notes.length, 'note')} to copy.`;
  const button: Button = { action: 'days.mark-charted', label: 'Mark charted', subject: mark, style: 'primary' };
  return {
    kind: 'days.notes',
    subject: mark,
    summary: said,
    nodes: [
      { kind: 'text', text: [{ bold: said }] },
      ...notes.flatMap(({ client, text }) => [
        { kind: 'text' as const, text: ['For the chart of ', ...clientSpans(client, privacy)] },
        { kind: 'copyable' as const, text },
      ]),
      ...(notes.length === 0 ? [] : [{ kind: 'buttons' as const, buttons: [button] }]),
    ],
  };
}

export function chartedCard(marked: number): Card {
  const said = marked === 0 ? 'They were marked already.' : `Marked: ${count(marked, 'note')} in the chart.`;
  return sentenceCard(said);
}

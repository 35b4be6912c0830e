import type { OrganisationPrivacy } from '../../access/records.ts';
import type { Button, Card, Node, Row, Span } from '../../chat/card.ts';
import type { Contribution } from '../../chat/feature.ts';
import { formatDay } from '../../chat/local-date.ts';
import { clientSpans, describePreferences } from '../clients/cards.ts';
import type { Client } from '../clients/find-allowed-client.ts';
import { isFollowUp, type NextEntry, type NextList, type NextOther, type NextRow } from './list-next.ts';
import type { FollowUp } from './records.ts';
import { describeDue, describeTask, isCallable, isContact } from './rules.ts';
import { taskButtons } from './task-buttons.ts';
import { describeWhen } from './work-days.ts';

export const nextCardKind = 'follow-ups.next';
export const homeCardKind = 'home';
/** How many rows home shows before "Show all" (day: at most five "start here"). */
const startHere = 5;

const onFollowUp = (
  row: { readonly followUp: FollowUp },
  action: string,
  label: string,
  more: Partial<Button> = {},
): Button => ({
  action,
  label,
  subject: row.followUp.id,
  version: row.followUp.version,
  ...more,
});

/** One client to act on, with the answers that are one tap away. */
function nextRow(row: NextEntry, today: string, privacy: OrganisationPrivacy): Row {
  if (!isFollowUp(row)) return otherRow(row, today, privacy);
  const { client, followUp } = row;
  if (!isContact(followUp)) return taskRow(row, today, privacy);
  const text: Span[] = [...clientSpans(client, privacy), ` · ${client.tier}, ${describeWhen(row, today)}`];
  const hours = isCallable(client.preferences, row.clientTime)
    ? []
    : [`not before ${client.preferences.from ?? 'tomorrow'}`];
  const welcome = describePreferences(client);
  const last =
    client.lastContactOn === undefined ? 'no contact yet' : `last contact ${formatDay(client.lastContactOn, today)}`;
  return {
    id: followUp.id,
    text,
    detail: [last, ...(welcome === '' ? [] : [welcome]), ...hours].join(' · '),
    buttons: [
      onFollowUp(row, 'contacts.reached', 'Reached', { style: 'primary' }),
      onFollowUp(row, 'contacts.missed', 'Left message', { choice: 'left-message' }),
      onFollowUp(row, 'contacts.missed', 'No answer', { choice: 'no-answer' }),
      onFollowUp(row, 'follow-ups.snooze', 'Snooze', { opensForm: true }),
      onFollowUp(row, 'follow-ups.more', 'More'),
    ],
  };
}

/** What somebody will do that is no contact: what it is, and one tap when it is done. */
function taskRow(row: NextRow, today: string, privacy: OrganisationPrivacy): Row {
  const { client, followUp } = row;
  return {
    id: followUp.id,
    text: [...clientSpans(client, privacy), ` · ${client.tier}, ${describeWhen(row, today)}`],
    detail: describeTask(followUp),
    buttons: taskButtons(followUp, 'list'),
  };
}

/** What another noun waits for: what it is, and that noun's own buttons, which answer beside this list. */
function otherRow(row: NextOther, today: string, privacy: OrganisationPrivacy): Row {
  const { item, client, code } = row;
  return {
    id: item.id,
    text: [
      ...(client === undefined ? [{ bold: code }] : clientSpans(client, privacy)),
      ` · ${item.tier}, ${describeWhen(row, today)}`,
    ],
    detail: item.what,
    buttons: item.buttons,
  };
}

/** Everything that waits on this person, due first; `before` stands on top, e.g. what was just logged. */
export function nextCard(list: NextList, privacy: OrganisationPrivacy, before: readonly Node[] = []): Card {
  const { due, coming, today } = list;
  const rows = (some: readonly NextEntry[]): Node => ({
    kind: 'rows',
    rows: some.map((row) => nextRow(row, today, privacy)),
  });
  return {
    kind: nextCardKind,
    summary: due.length === 0 ? 'Nothing is waiting on you.' : `${due.length} on your list today.`,
    nodes: [
      ...before,
      { kind: 'heading', text: due.length === 0 ? 'Nothing is waiting on you' : `Today: ${due.length}` },
      ...(due.length === 0 ? [{ kind: 'text' as const, text: describeQuiet(list) }] : [rows(due)]),
      ...(coming.length === 0 ? [] : [{ kind: 'heading' as const, text: `Coming up: ${coming.length}` }, rows(coming)]),
    ],
  };
}

function describeQuiet(list: NextList): string {
  const next = list.coming[0]?.dueOn ?? list.after;
  return next === undefined ? 'No follow-up is planned for you.' : `Next: ${formatDay(next, list.today)}.`;
}

/** My day: how much, where to start, and the way to the rest. */
export function homeCard(list: NextList, privacy: OrganisationPrivacy, more: readonly Contribution[] = []): Card {
  const { due, today } = list;
  const first = due[0];
  return {
    kind: homeCardKind,
    summary: due.length === 0 ? 'Nothing is waiting on you.' : `${due.length} on your list today.`,
    nodes: [
      {
        kind: 'text',
        text:
          first === undefined
            ? `Nothing is waiting on you. ${describeQuiet(list)}`
            : [{ bold: `${due.length} on your list today. Start with ${first.code}.` }],
      },
      ...(due.length === 0
        ? []
        : [{ kind: 'rows' as const, rows: due.slice(0, startHere).map((row) => nextRow(row, today, privacy)) }]),
      {
        kind: 'buttons',
        buttons: [
          { action: 'follow-ups.all', label: due.length > startHere ? `Show all ${due.length}` : 'Show all' },
          { action: 'contacts.log', label: 'Log a contact', opensForm: true },
          { action: 'clients.search', label: 'Find a client', opensForm: true },
        ],
      },
      ...more.flatMap(({ nodes = [] }) => nodes),
    ],
  };
}

/** What else can be done with one follow-up. */
export function moreCard(followUp: FollowUp, client: Client, today: string, privacy: OrganisationPrivacy): Card {
  const row = { followUp };
  return {
    kind: 'follow-ups.more',
    subject: followUp.id,
    summary: `Follow-up for ${client.code}`,
    nodes: [
      {
        kind: 'text',
        text: [
          ...clientSpans(client, privacy),
          ` · ${client.tier}, ${describeDue(followUp.dueOn, today)}`,
          ...(isContact(followUp) ? [] : [` · ${describeTask(followUp)}`]),
        ],
      },
      {
        kind: 'buttons',
        buttons: [
          { action: 'contacts.log', label: 'Log with details', subject: client.id, opensForm: true },
          onFollowUp(row, 'follow-ups.complete', isContact(followUp) ? 'Done without a contact' : 'Not needed', {
            opensForm: true,
          }),
          onFollowUp(row, 'follow-ups.reassign', 'Hand to…', { opensForm: true }),
          onFollowUp(row, 'follow-ups.snooze', 'Snooze', { opensForm: true }),
          { action: 'clients.show', label: 'Show the client', subject: client.id },
        ],
      },
    ],
  };
}

/** What a change of a follow-up says, privately. */
export function changedCard(client: Client, sentence: string, privacy: OrganisationPrivacy): Card {
  return {
    kind: 'follow-ups.changed',
    summary: `Changed for ${client.code}.`,
    nodes: [
      { kind: 'text', text: [...clientSpans(client, privacy), ` · ${sentence}`] },
      { kind: 'buttons', buttons: [{ action: 'follow-ups.all', label: 'Show my list' }] },
    ],
  };
}

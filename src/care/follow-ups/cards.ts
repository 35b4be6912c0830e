import { SENTENCE_CARD } from '../../chat/sentence-card.ts';
import type { OrganisationPrivacy } from '../../access/records.ts';
import { formatDay } from '../../calendar/local-dates.ts';
import { PAGE_ACTION, type Button, type Card, type Node, type Row, type Span } from '../../chat/card.ts';
import type { Contribution } from '../../feature/feature.ts';
import { clientSpans, describePreferences } from '../clients/cards.ts';
import type { Client } from '../clients/find-allowed-client.ts';
import { isFollowUp, pageSize, type NextEntry, type NextList, type NextRow } from './list-next.ts';
import { describePlace, sayMark, sayToday, sayWatching } from './place-words.ts';
import type { FollowUp } from './records.ts';
import { describeDue, describeTask, isCallable, isContact } from './rules.ts';
import { taskButtons } from './task-buttons.ts';

export const nextCardKind = 'follow-ups.next';
export const homeCardKind = 'home';
/** How many rows home shows before "Show all" (day: at most five "start here"). */
export const startHere = 5;

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
function nextRow(row: NextEntry, { today, marks }: NextList, privacy: OrganisationPrivacy): Row {
  const { item, client } = row;
  const text: Span[] = [
    ...(client === undefined ? [{ bold: item.code }] : clientSpans(client, privacy)),
    ...describePlace(item, today),
  ];
  const mark = sayMark(item, marks);
  if (!isFollowUp(row)) return { id: item.id, text, detail: [item.what, ...mark].join(' · '), buttons: item.buttons };
  const { followUp } = row;
  const said = isContact(followUp) ? describeContact(row, today) : [describeTask(followUp)];
  return {
    id: followUp.id,
    text,
    detail: [...mark, ...said].join(' · '),
    buttons: isContact(followUp) ? contactButtons(row) : taskButtons(followUp, 'list'),
  };
}

function describeContact({ client, clientTime }: NextRow, today: string): readonly string[] {
  const { preferences, lastContactOn } = client;
  const welcome = describePreferences(client);
  return [
    lastContactOn === undefined ? 'no contact yet' : `last contact ${formatDay(lastContactOn, today)}`,
    ...(welcome === '' ? [] : [welcome]),
    ...(isCallable(preferences, clientTime) ? [] : [`not before ${preferences.from ?? 'tomorrow'}`]),
  ];
}

const contactButtons = (row: NextRow): readonly Button[] => [
  onFollowUp(row, 'contacts.reached', 'Reached', { style: 'primary' }),
  onFollowUp(row, 'contacts.missed', 'Left message', { choice: 'left-message' }),
  onFollowUp(row, 'contacts.missed', 'No answer', { choice: 'no-answer' }),
  onFollowUp(row, 'follow-ups.snooze', 'Snooze', { opensForm: true }),
  onFollowUp(row, 'follow-ups.more', 'More'),
];

/** Everything that waits on this person, a page at a time; `before` stands on top, e.g. what was just logged. */
export function nextCard(list: NextList, privacy: OrganisationPrivacy, before: readonly Node[] = []): Card {
  const { due, coming, needing, watching, comingUp, page } = list;
  const rows = (some: readonly NextEntry[]): Node => ({
    kind: 'rows',
    rows: some.map((row) => nextRow(row, list, privacy)),
  });
  const quiet = needing + watching === 0;
  return {
    kind: nextCardKind,
    ...(page === 0 ? {} : { subject: String(page) }),
    summary: sayHowMuch(list),
    nodes: [
      ...before,
      ...(quiet && page === 0
        ? [
            { kind: 'heading' as const, text: 'Nothing is waiting on you' },
            { kind: 'text' as const, text: describeQuiet(list) },
          ]
        : []),
      ...(due.length === 0
        ? []
        : [
            { kind: 'heading' as const, text: sayToday(needing, watching) },
            ...(page === 0 ? [{ kind: 'text' as const, text: sayStart(list) }] : []),
            rows(due),
          ]),
      ...(coming.length === 0 ? [] : [{ kind: 'heading' as const, text: `Coming up: ${comingUp}` }, rows(coming)]),
      ...pagingNodes(list),
    ],
  };
}

/** `Start with K7T2-9.` Who may not be called yet is still where to start; who may stands first until then. */
function sayStart(list: NextList): string {
  const { start, callNow } = list;
  if (start === undefined) return describeQuiet(list);
  return `Start with ${start}.${callNow === undefined ? '' : ` At this hour: ${callNow}.`}`;
}

/** Where one is in a long list, and the way on. */
function pagingNodes({ page, pages, needing, watching, comingUp }: NextList): readonly Node[] {
  if (pages === 1) return [];
  const rest = needing + watching + comingUp - (page + 1) * pageSize;
  const to = (other: number, choice: string, label: string): Button => ({
    action: PAGE_ACTION,
    label,
    subject: `${nextCardKind}/${other}`,
    version: 0,
    choice,
  });
  return [
    { kind: 'text', text: [{ subtle: `Page ${page + 1} of ${pages}` }] },
    {
      kind: 'buttons',
      buttons: [
        ...(page > 0 ? [to(page - 1, 'previous', '‹ Previous')] : []),
        ...(rest > 0 ? [to(page + 1, 'next', `Next ${Math.min(rest, pageSize)} ›`)] : []),
      ],
    },
  ];
}

function sayHowMuch({ needing, watching }: NextList): string {
  if (needing > 0) return `${needing} on your list today.`;
  return watching > 0 ? sayWatching(watching, 'Nothing else waits on you.') : 'Nothing is waiting on you.';
}

function describeQuiet({ next, today }: NextList): string {
  return next === undefined ? 'No follow-up is planned for you.' : `Next: ${formatDay(next, today)}.`;
}

/** My day: how much, where to start, and the way to the rest. */
export function homeCard(list: NextList, privacy: OrganisationPrivacy, more: readonly Contribution[] = []): Card {
  const { due, needing, watching, start } = list;
  const count = needing + watching;
  const said = sayHowMuch(list);
  return {
    kind: homeCardKind,
    summary: said,
    nodes: [
      {
        kind: 'text',
        text: start === undefined ? `${said} ${describeQuiet(list)}` : [{ bold: `${said} Start with ${start}.` }],
      },
      ...(watching > 0 && needing > 0
        ? [{ kind: 'text' as const, text: [{ subtle: sayToday(needing, watching) }] }]
        : []),
      ...(due.length === 0 ? [] : [{ kind: 'rows' as const, rows: due.map((row) => nextRow(row, list, privacy)) }]),
      {
        kind: 'buttons',
        buttons: [
          { action: 'follow-ups.all', label: count > startHere ? `Show all ${count}` : 'Show all' },
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
    kind: SENTENCE_CARD,
    summary: `Changed for ${client.code}.`,
    nodes: [
      { kind: 'text', text: [...clientSpans(client, privacy), ` · ${sentence}`] },
      { kind: 'buttons', buttons: [{ action: 'follow-ups.all', label: 'Show my list' }] },
    ],
  };
}

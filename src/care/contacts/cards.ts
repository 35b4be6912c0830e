import type { OrganisationPrivacy } from '../../access/records.ts';
import { formatDay } from '../../calendar/local-dates.ts';
import type { Button, Card, Node, Span } from '../../chat/card.ts';
import { clientSpans } from '../clients/cards.ts';
import type { Client } from '../clients/find-allowed-client.ts';
import type { Contact } from './records.ts';
import type { Logged } from './log-contact.ts';
import { isReached, minuteChips, modeLabels, outcomeLabels } from './rules.ts';

/** `phone, reached, 15 min` */
export function describeContact(contact: Pick<Contact, 'mode' | 'outcome' | 'minutes'>): string {
  const minutes = contact.minutes === undefined ? [] : [`${contact.minutes} min`];
  return [modeLabels[contact.mode], outcomeLabels[contact.outcome], ...minutes].join(', ');
}

export interface LoggedView {
  readonly contact: Logged['entry'];
  readonly client: Client;
  /** The client's next follow-up. */
  readonly next: { readonly id: string; readonly version: number; readonly dueOn: string } | undefined;
  readonly today: string;
  /** What happened, as the first word: `Logged`, `Corrected`, `Moved here`. */
  readonly said: string;
}

/** The private confirmation: what happened, two identifiers, what is next, and the ways back. */
export function loggedCard(view: LoggedView, privacy: OrganisationPrivacy): Card {
  return {
    kind: 'contacts.logged',
    subject: view.contact.id,
    summary: `${view.said} for ${view.client.code}.`,
    nodes: loggedNodes(view, privacy, undefined),
  };
}

/** The same confirmation as part of another card; `within` names that card, so that its buttons bring it back. */
export function loggedNodes(view: LoggedView, privacy: OrganisationPrivacy, within: string | undefined): Node[] {
  const { contact, client, today } = view;
  const day = contact.occurredOn === today ? '' : `, ${formatDay(contact.occurredOn, today)}`;
  const next = view.next === undefined ? 'nothing planned' : formatDay(view.next.dueOn, today);
  const text: Span[] = [
    `${view.said}: `,
    ...clientSpans(client, privacy),
    ` · ${describeContact(contact)}${day} · next ${next}`,
  ];
  const button = (action: string, label: string, more: Partial<Button> = {}): Button => ({
    action,
    label,
    subject: contact.id,
    version: contact.version,
    ...more,
  });
  const asksMinutes = contact.minutes === undefined && isReached(contact.outcome);
  return [
    { kind: 'text', text },
    ...(asksMinutes
      ? [
          { kind: 'text' as const, text: 'How long?' },
          {
            kind: 'buttons' as const,
            buttons: minuteChips.map((chip) => button('contacts.minutes', `${chip} min`, { choice: String(chip) })),
          },
        ]
      : []),
    {
      kind: 'buttons',
      buttons: [
        button('contacts.undo', 'Undo', within === undefined ? {} : { choice: within }),
        button('contacts.move', 'Wrong client', { opensForm: true }),
        button('contacts.amend', 'Amend', { opensForm: true }),
        button('contacts.note', 'Copy chart note'),
        ...(view.next === undefined
          ? []
          : [
              {
                action: 'follow-ups.replan',
                label: 'Next date',
                subject: view.next.id,
                version: view.next.version,
                opensForm: true,
              },
            ]),
      ],
    },
  ];
}

export function undoneCard(client: Client, contact: Contact, privacy: OrganisationPrivacy): Card {
  return {
    kind: 'contacts.undone',
    subject: contact.id,
    summary: `Undone for ${client.code}.`,
    nodes: undoneNodes(client, contact, privacy),
  };
}

export function undoneNodes(client: Client, contact: Contact, privacy: OrganisationPrivacy): Node[] {
  return [
    {
      kind: 'text',
      text: ['Undone: ', ...clientSpans(client, privacy), ` · ${describeContact(contact)}. It counts nowhere now.`],
    },
  ];
}

/** The note to copy, with the mark to set once it stands in the chart. */
export function chartNoteCard(contact: Contact, client: Client, note: string, privacy: OrganisationPrivacy): Card {
  return {
    kind: 'contacts.chart-note',
    subject: contact.id,
    summary: `Chart note for ${client.code}.`,
    nodes: [
      { kind: 'text', text: ['For the chart of ', ...clientSpans(client, privacy)] },
      { kind: 'copyable', text: note },
      contact.charted
        ? { kind: 'text', text: 'Marked as charted.' }
        : {
            kind: 'buttons',
            buttons: [
              { action: 'contacts.chart', label: 'It is in the chart', subject: contact.id, version: contact.version },
            ],
          },
    ],
  };
}

/** The second of two taps: how long did it take? Nothing is saved before it. Only on the list does it lead back there. */
export function howLongCard(
  followUp: { readonly id: string; readonly version: number },
  client: Client,
  privacy: OrganisationPrivacy,
  where: 'list' | 'aside',
): Card {
  return {
    kind: 'contacts.how-long',
    subject: where === 'list' ? followUp.id : `${followUp.id}/${where}`,
    summary: `How long with ${client.code}?`,
    nodes: [
      { kind: 'text', text: ['Reached ', ...clientSpans(client, privacy), '. How long?'] },
      {
        kind: 'buttons',
        buttons: minuteChips.map((chip) => ({
          action: where === 'list' ? 'contacts.kept' : 'contacts.kept-aside',
          label: `${chip} min`,
          subject: followUp.id,
          version: followUp.version,
          choice: String(chip),
        })),
      },
      {
        kind: 'buttons',
        buttons: [
          { action: 'contacts.log', label: 'Other…', subject: client.id, opensForm: true },
          ...(where === 'list' ? [{ action: 'follow-ups.all', label: 'Back' }] : []),
        ],
      },
    ],
  };
}

/** A client's latest contacts, newest first. */
export function recentNodes(contacts: readonly Contact[], today: string): Node[] {
  return [
    { kind: 'divider' },
    { kind: 'heading', text: 'Recent contacts' },
    ...contacts.map((one): Node => {
      const charted = one.charted ? ' · charted' : '';
      return {
        kind: 'text',
        text: `${formatDay(one.occurredOn, today)} · ${describeContact(one)} · ${one.byName}${charted}`,
      };
    }),
  ];
}

import type { OrganisationPrivacy } from '../../access/records.ts';
import type { Button, Card, Node, Row } from '../../chat/card.ts';
import type { DueItem } from '../../chat/feature.ts';
import { formatDay } from '../../chat/local-date.ts';
import { clientSpans, describePreferences } from '../clients/cards.ts';
import type { Client } from '../clients/find-allowed-client.ts';
import { describeDue, followUpTask } from '../follow-ups/rules.ts';
import { firstOf, type Sections } from './rules.ts';
import type { Digest, TeamDigest } from './view-digest.ts';

export const personCardKind = 'digests.person';
export const personListKind = 'digests.person-list';
export const teamCardKind = 'digests.team';
export const teamListKind = 'digests.team-list';

type Clients = ReadonlyMap<string, Client>;
type DrawRow = (item: DueItem) => Row;

const dueCount = ({ overdue, today }: Sections<DueItem>): number => overdue.length + today.length;
const needs = (count: number): string => (count === 1 ? '1 needs' : `${count} need`);

/**
 * A person's row: the code, their private label where this reader may see the client, what is to be done, and one tap
 * for each answer.
 */
function personalRow(digest: Digest, clients: Clients, privacy: OrganisationPrivacy): DrawRow {
  const { today } = digest;
  return (item) => {
    const client = clients.get(item.client);
    const more = client === undefined ? [] : describeClient(client, today);
    const detail = [...(item.what === followUpTask ? [] : [item.what]), ...more].join(' · ');
    return {
      id: item.id,
      text: [
        ...(client === undefined ? [{ bold: item.code }] : clientSpans(client, privacy)),
        ` · ${item.tier}, ${describeDue(item.dueOn, today)}`,
      ],
      ...(detail === '' ? {} : { detail }),
      buttons: item.buttons,
    };
  };
}

/** `last contact Tue 17 Nov`, `phone · best 10:00–12:00` */
function describeClient(client: Client, today: string): string[] {
  const last = client.lastContactOn;
  const welcome = describePreferences(client);
  return [
    last === undefined ? 'no contact yet' : `last contact ${formatDay(last, today)}`,
    ...(welcome === '' ? [] : [welcome]),
  ];
}

/**
 * A row for a place that several people read: the code, who has it, and which noun it is. Nothing of the client, nor
 * of what exactly is to be done: the name of a partner can say what somebody is treated for.
 */
function sharedRow({ today, owners }: TeamDigest): DrawRow {
  return (item) => {
    const owner = owners.get(item.owner);
    const who = owner === undefined ? 'nobody' : owner.active ? owner.name : `${owner.name}, who has left`;
    return {
      id: item.id,
      text: [{ bold: item.code }, ` · ${item.tier}, ${describeDue(item.dueOn, today)} · ${who}`],
      ...(item.what === followUpTask ? {} : { detail: item.id.split(':')[0]?.replaceAll('-', ' ') ?? '' }),
      buttons: item.buttons,
    };
  };
}

/** `2 over · 1 due today · 4 waiting on others` */
function describeCounts({ overdue, today, waiting }: Sections<DueItem>): string {
  return [
    ...(overdue.length > 0 ? [`${overdue.length} over`] : []),
    ...(today.length > 0 ? [`${today.length} due today`] : []),
    ...(waiting.length > 0 ? [`${waiting.length} waiting on others`] : []),
  ].join(' · ');
}

function describeNext({ next, today }: Digest): string {
  return next === undefined ? 'Nothing is planned.' : `Next: ${formatDay(next, today)}.`;
}

/** Counts on top, at most five rows to start with, and one button to the rest. */
function digestNodes(digest: Digest, headline: string, row: DrawRow, showAll: Omit<Button, 'label'>): Node[] {
  const { sections } = digest;
  const first = firstOf(sections);
  const counts = describeCounts(sections);
  const all = dueCount(sections) + sections.waiting.length;
  return [
    { kind: 'text', text: first.length === 0 ? `${headline} ${describeNext(digest)}` : [{ bold: headline }] },
    ...(counts === '' ? [] : [{ kind: 'text' as const, text: [{ subtle: counts }] }]),
    ...(first.length === 0 ? [] : [{ kind: 'rows' as const, rows: first.map(row) }]),
    ...(all > first.length ? [{ kind: 'buttons' as const, buttons: [{ ...showAll, label: `Show all ${all}` }] }] : []),
  ];
}

/** Everything, section by section; long ones page themselves. */
function listNodes({ sections }: Digest, row: DrawRow): Node[] {
  const named = [
    ['Overdue', sections.overdue],
    ['Due today', sections.today],
    ['Waiting on others', sections.waiting],
    ['Coming up', sections.coming],
  ] as const;
  return named.flatMap(([name, items]): Node[] =>
    items.length === 0
      ? []
      : [
          { kind: 'heading', text: `${name}: ${items.length}` },
          { kind: 'rows', rows: items.map(row) },
        ],
  );
}

/** What one person starts the day with. */
export function personCard(person: string, digest: Digest, clients: Clients, privacy: OrganisationPrivacy): Card {
  const count = dueCount(digest.sections);
  const [start] = firstOf(digest.sections);
  const said = start === undefined ? 'Nothing is waiting on you.' : `${needs(count)} you today.`;
  return {
    kind: personCardKind,
    subject: person,
    summary: said,
    nodes: digestNodes(
      digest,
      start === undefined ? said : `${said} Start with ${start.code}.`,
      personalRow(digest, clients, privacy),
      { action: 'digests.all' },
    ),
  };
}

export function personListCard(person: string, digest: Digest, clients: Clients, privacy: OrganisationPrivacy): Card {
  const nodes = listNodes(digest, personalRow(digest, clients, privacy));
  return {
    kind: personListKind,
    subject: person,
    summary: 'All that waits on you.',
    nodes: nodes.length > 0 ? nodes : [{ kind: 'text', text: `Nothing is waiting on you. ${describeNext(digest)}` }],
  };
}

/** What a team's place starts the day with: codes and who has each, never more. */
export function teamCard(digest: TeamDigest): Card {
  const { team, sections } = digest;
  const count = dueCount(sections);
  const [start] = firstOf(sections);
  const said =
    start === undefined ? `${team.name}: nothing is waiting.` : `${team.name}: ${needs(count)} somebody today.`;
  return {
    kind: teamCardKind,
    subject: team.id,
    summary: said,
    nodes: digestNodes(digest, start === undefined ? said : `${said} Start with ${start.code}.`, sharedRow(digest), {
      action: 'digests.team-all',
      subject: team.id,
    }),
  };
}

export function teamListCard(digest: TeamDigest): Card {
  const nodes = listNodes(digest, sharedRow(digest));
  const { team } = digest;
  return {
    kind: teamListKind,
    subject: team.id,
    summary: `All that waits in ${team.name}.`,
    nodes: nodes.length > 0 ? nodes : [{ kind: 'text', text: `${team.name}: nothing is waiting.` }],
  };
}

/** When the digest comes, and the way to have it at once. */
export function aboutCard(at: string | undefined): Card {
  const text =
    at === undefined
      ? 'No daily digest is scheduled for you. You can have one now.'
      : `Your digest comes on your working days at ${at}. You can have one now.`;
  return {
    kind: 'digests.about',
    summary: text,
    nodes: [
      { kind: 'text', text },
      { kind: 'buttons', buttons: [{ action: 'digests.now', label: 'Send it now', style: 'primary' }] },
    ],
  };
}

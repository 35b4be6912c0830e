import type { OrganisationPrivacy } from '../../access/records.ts';
import type { Button, Card, Node, Row } from '../../chat/card.ts';
import { formatDay } from '../../chat/local-date.ts';
import { clientSpans, describePreferences } from '../clients/cards.ts';
import type { Client } from '../clients/find-allowed-client.ts';
import { followUpTask } from '../follow-ups/rules.ts';
import { describeWhen } from '../follow-ups/work-days.ts';
import { countAll, countNeeding, type CountedSection, type Counts, type DigestStyle } from './rules.ts';
import type { DigestStart, FirstItem, TeamDigestStart } from './start-digest.ts';
import type { Digest, TeamDigest } from './view-digest.ts';

export const personCardKind = 'digests.person';
export const previewKind = 'digests.preview';
export const personListKind = 'digests.person-list';
export const teamCardKind = 'digests.team';
/** The counts of a team's digest, whose list stands in the thread below. */
export const teamLineKind = 'digests.team-line';
export const teamListKind = 'digests.team-list';

type Clients = ReadonlyMap<string, Client>;
type DrawRow = (item: FirstItem) => Row;

const needs = (count: number): string => (count === 1 ? '1 needs' : `${count} need`);

/**
 * A person's row: the code, their private label where this reader may see the client, what is to be done, and one tap
 * for each answer.
 */
function personalRow(today: string, clients: Clients, privacy: OrganisationPrivacy): DrawRow {
  return (item) => {
    const client = clients.get(item.client);
    const more = client === undefined ? [] : describeClient(client, today);
    const detail = [...(item.what === followUpTask ? [] : [item.what]), ...more].join(' · ');
    return {
      id: item.id,
      text: [
        ...(client === undefined ? [{ bold: item.code }] : clientSpans(client, privacy)),
        ` · ${item.tier}, ${describeWhen(item, today)}`,
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
function sharedRow({ today, owners }: Pick<TeamDigest, 'today' | 'owners'>): DrawRow {
  return (item) => {
    const owner = owners.get(item.owner);
    const who = owner === undefined ? 'nobody' : owner.active ? owner.name : `${owner.name}, who has left`;
    return {
      id: item.id,
      text: [{ bold: item.code }, ` · ${item.tier}, ${describeWhen(item, today)} · ${who}`],
      ...(item.what === followUpTask ? {} : { detail: item.id.split(':')[0]?.replaceAll('-', ' ') ?? '' }),
      buttons: item.buttons,
    };
  };
}

/** The sections in the order in which they are read: what each counts as on top, and its heading. */
const words: readonly ({ readonly heading: string } & (
  { readonly section: CountedSection; readonly count: string } | { readonly section: 'coming' }
))[] = [
  { section: 'unacknowledged', count: 'not acknowledged', heading: 'Not acknowledged' },
  { section: 'overdue', count: 'over', heading: 'Overdue' },
  { section: 'today', count: 'due today', heading: 'Due today' },
  { section: 'onMe', count: 'waiting for an answer', heading: 'Waiting for an answer' },
  { section: 'waiting', count: 'waiting on others', heading: 'Waiting on others' },
  { section: 'expiring', count: 'expiring soon', heading: 'Expiring soon' },
  { section: 'coming', heading: 'Coming up' },
];

/** `2 over · 1 due today · 4 waiting on others` */
function describeCounts(counts: Counts): string {
  return words
    .flatMap((one) => ('count' in one && counts[one.section] > 0 ? [`${counts[one.section]} ${one.count}`] : []))
    .join(' · ');
}

function describeNext({ next, today }: Pick<Digest, 'next' | 'today'>): string {
  return next === undefined ? 'Nothing is planned.' : `Next: ${formatDay(next, today)}.`;
}

/** Counts on top, at most five rows to start with, and buttons to the rest. */
function digestNodes(
  digest: DigestStart,
  headline: string,
  drawn: { readonly rows: readonly Row[]; readonly showAll: Omit<Button, 'label'>; readonly more?: readonly Button[] },
): Node[] {
  const { rows, showAll, more = [] } = drawn;
  const counts = describeCounts(digest.counts);
  const all = countAll(digest.counts);
  const buttons = [...(all > rows.length ? [{ ...showAll, label: `Show all ${all}` }] : []), ...more];
  return [
    {
      kind: 'text',
      text: countNeeding(digest.counts) === 0 ? `${headline} ${describeNext(digest)}` : [{ bold: headline }],
    },
    ...(counts === '' ? [] : [{ kind: 'text' as const, text: [{ subtle: counts }] }]),
    ...(rows.length === 0 ? [] : [{ kind: 'rows' as const, rows }]),
    ...(buttons.length === 0 ? [] : [{ kind: 'buttons' as const, buttons }]),
  ];
}

/** Everything, section by section; long ones page themselves. */
function listNodes({ sections }: Digest, row: DrawRow): Node[] {
  return words.flatMap(({ section, heading }): Node[] => {
    const items = sections[section];
    if (items.length === 0) return [];
    return [
      { kind: 'heading', text: `${heading}: ${items.length}` },
      { kind: 'rows', rows: items.map(row) },
    ];
  });
}

/** What stands on a person's list, in one sentence. */
function sayPersonal({ counts }: DigestStart): string {
  const count = countNeeding(counts);
  if (count > 0) return `${needs(count)} you today.`;
  return counts.onMe > 0 ? 'Nothing is due today.' : 'Nothing is waiting on you.';
}

/** The first thing that needs somebody today stands first of all. */
function sayStart(said: string, { counts, first }: DigestStart): string {
  const [start] = countNeeding(counts) > 0 ? first : [];
  return start === undefined ? said : `${said} Start with ${start.code}.`;
}

/** What one person starts the day with: in full, or counts and where to start. */
export function personCard(
  person: string,
  digest: DigestStart,
  look: { readonly clients: Clients; readonly privacy: OrganisationPrivacy; readonly style: DigestStyle },
): Card {
  const { first, today } = digest;
  const said = sayPersonal(digest);
  const condensed = look.style === 'condensed';
  const change: Button = condensed
    ? { action: 'digests.detailed', label: 'More at once', subject: person }
    : { action: 'digests.condensed', label: 'Shorter', subject: person };
  return {
    kind: personCardKind,
    subject: person,
    summary: said,
    nodes: digestNodes(digest, sayStart(said, digest), {
      rows: first.slice(0, condensed ? 1 : first.length).map(personalRow(today, look.clients, look.privacy)),
      showAll: { action: 'digests.all' },
      more: first.length > 1 ? [change] : [],
    }),
  };
}

export function personListCard(person: string, digest: Digest, clients: Clients, privacy: OrganisationPrivacy): Card {
  const nodes = listNodes(digest, personalRow(digest.today, clients, privacy));
  return {
    kind: personListKind,
    subject: person,
    summary: 'All that waits on you.',
    nodes: nodes.length > 0 ? nodes : [{ kind: 'text', text: `Nothing is waiting on you. ${describeNext(digest)}` }],
  };
}

/** What waits in a team, in one sentence. */
function sayTeam({ team, counts }: TeamDigestStart): string {
  const count = countNeeding(counts);
  if (count > 0) return `${team.name}: ${needs(count)} somebody today.`;
  return `${team.name}: ${counts.onMe > 0 ? 'nothing is due today.' : 'nothing is waiting.'}`;
}

/** What a team's place starts the day with: codes and who has each, never more. */
export function teamCard(digest: TeamDigestStart): Card {
  const { team, first } = digest;
  const said = sayTeam(digest);
  return {
    kind: teamCardKind,
    subject: team.id,
    summary: said,
    nodes: digestNodes(digest, sayStart(said, digest), {
      rows: first.map(sharedRow(digest)),
      showAll: { action: 'digests.team-all', subject: team.id },
    }),
  };
}

/** The same in two lines, for a place whose digest stands in a thread: it changes as things are done, too. */
export function teamLineCard(digest: TeamDigestStart): Card {
  const said = sayTeam(digest);
  const waits = countAll(digest.counts) > 0;
  const below = waits ? [describeCounts(digest.counts), 'The list is below.'].join(' · ') : describeNext(digest);
  return {
    kind: teamLineKind,
    subject: digest.team.id,
    summary: said,
    nodes: [
      { kind: 'text', text: [{ bold: said }] },
      { kind: 'text', text: [{ subtle: below }] },
    ],
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

/** A digest as it looks now, for who asked to see it. */
export function previewCard(card: Card): Card {
  const said: Node = { kind: 'text', text: [{ subtle: 'Your digest as it stands now. Nothing was sent.' }] };
  return { ...card, kind: previewKind, nodes: [said, ...card.nodes] };
}

/** When the digest comes, and the way to have it at once, or at another hour. */
export function aboutCard(at: string | undefined, own: boolean): Card {
  const when = own ? ', by your own choice' : '';
  const text =
    at === undefined
      ? 'No daily digest is scheduled for you. You can have one now.'
      : `Your digest comes on your working days at ${at}${when}. You can have one now.`;
  return {
    kind: 'digests.about',
    summary: text,
    nodes: [
      { kind: 'text', text },
      {
        kind: 'text',
        text: [{ subtle: `Type digest at 07:45 for another hour${own ? ', digest at usual for your team’s' : ''}.` }],
      },
      {
        kind: 'buttons',
        buttons: [
          { action: 'digests.now', label: 'Send it now', style: 'primary' },
          { action: 'digests.preview', label: 'Show it here' },
        ],
      },
    ],
  };
}

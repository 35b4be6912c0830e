import type { OrganisationPrivacy } from '../../access/records.ts';
import { formatDay } from '../../calendar/local-dates.ts';
import type { Button, Card, Node, Row } from '../../chat/card.ts';
import { clientSpans, describePreferences } from '../clients/cards.ts';
import type { Client } from '../clients/find-allowed-client.ts';
import { followUpTask } from '../follow-ups/rules.ts';
import { describePlace, sayMark, sayToday, sayWatching } from '../follow-ups/place-words.ts';
import { countAll, countNeeding, needing, startOf, todays, type CountedSection, type Counts } from './arrange.ts';
import type { DigestStyle } from './rules.ts';
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
type Marked = Pick<Digest, 'today' | 'marks'>;

const needs = (count: number): string => (count === 1 ? '1 needs' : `${count} need`);

/**
 * A person's row: the code, their private label where this reader may see the client, what is to be done, and one tap
 * for each answer.
 */
function personalRow({ today, marks }: Marked, clients: Clients, privacy: OrganisationPrivacy): DrawRow {
  return (item) => {
    const client = clients.get(item.client);
    const more = client === undefined ? [] : describeClient(client, today);
    const detail = [...(item.what === followUpTask ? [] : [item.what]), ...sayMark(item, marks), ...more].join(' · ');
    return {
      id: item.id,
      text: [
        ...(client === undefined ? [{ bold: item.code }] : clientSpans(client, privacy)),
        ...describePlace(item, today),
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
function sharedRow({ today, owners, marks }: Pick<TeamDigest, 'today' | 'owners' | 'marks'>): DrawRow {
  return (item) => {
    const owner = owners.get(item.owner);
    const known = owner?.name ?? item.ownerName;
    const who = known === undefined ? 'nobody' : owner?.active === false ? `${known}, who has left` : known;
    const noun = item.what === followUpTask ? [] : [item.id.split(':')[0]?.replaceAll('-', ' ') ?? ''];
    const detail = [...noun, ...sayMark(item, marks)].join(' · ');
    return {
      id: item.id,
      text: [{ bold: item.code }, ...describePlace(item, today), ` · ${who}`],
      ...(detail === '' ? {} : { detail }),
      buttons: item.buttons,
    };
  };
}

/** What each section counts as on top, in the order in which it is read. */
const countWords: readonly { readonly section: CountedSection; readonly count: string }[] = [
  { section: 'unacknowledged', count: 'not acknowledged' },
  { section: 'overdue', count: 'over' },
  { section: 'today', count: 'due today' },
  { section: 'watching', count: 'to watch' },
  { section: 'onMe', count: 'waiting for an answer' },
  { section: 'waiting', count: 'waiting on others' },
  { section: 'expiring', count: 'expiring soon' },
];
/** What stands below today's, each under its heading. */
const laterWords = [
  { section: 'onMe', heading: 'Waiting for an answer' },
  { section: 'waiting', heading: 'Waiting on others' },
  { section: 'expiring', heading: 'Expiring soon' },
  { section: 'coming', heading: 'Coming up' },
] as const;

/** `2 over · 1 due today · 4 waiting on others` */
function describeCounts(counts: Counts): string {
  return countWords
    .flatMap(({ section, count }) => (counts[section] > 0 ? [`${counts[section]} ${count}`] : []))
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

/** Everything: what is today's in the one order, then section by section; long ones page themselves. */
function listNodes({ sections }: Digest, row: DrawRow): Node[] {
  const list = (heading: string, items: readonly FirstItem[]): Node[] =>
    items.length === 0
      ? []
      : [
          { kind: 'heading', text: heading },
          { kind: 'rows', rows: items.map(row) },
        ];
  return [
    ...list(sayToday(needing(sections).length, sections.watching.length), todays(sections)),
    ...laterWords.flatMap(({ section, heading }) => list(`${heading}: ${sections[section].length}`, sections[section])),
  ];
}

/** What stands on a person's list, in one sentence. */
function sayPersonal({ counts }: DigestStart): string {
  const count = countNeeding(counts);
  if (count > 0) return `${needs(count)} you today.`;
  if (counts.watching > 0) {
    return sayWatching(counts.watching, counts.onMe > 0 ? 'Nothing else is due today.' : 'Nothing else waits on you.');
  }
  return counts.onMe > 0 ? 'Nothing is due today.' : 'Nothing is waiting on you.';
}

/** The first thing that needs somebody today stands first of all. */
function sayStart(said: string, { counts, first }: DigestStart): string {
  const start = countNeeding(counts) > 0 ? startOf(first) : undefined;
  return start === undefined ? said : `${said} Start with ${start.code}.`;
}

/** What one person starts the day with: in full, or counts and where to start. */
export function personCard(
  person: string,
  digest: DigestStart,
  look: { readonly clients: Clients; readonly privacy: OrganisationPrivacy; readonly style: DigestStyle },
): Card {
  const { first } = digest;
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
      rows: first.slice(0, condensed ? 1 : first.length).map(personalRow(digest, look.clients, look.privacy)),
      showAll: { action: 'digests.all' },
      more: first.length > 1 ? [change] : [],
    }),
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

/** What waits in a team, in one sentence. */
function sayTeam({ team, counts }: TeamDigestStart): string {
  const count = countNeeding(counts);
  if (count > 0) return `${team.name}: ${needs(count)} somebody today.`;
  if (counts.watching > 0) {
    const rest = counts.onMe > 0 ? 'Nothing else is due today.' : 'Nothing else is waiting.';
    return `${team.name}: ${sayWatching(counts.watching, rest)}`;
  }
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

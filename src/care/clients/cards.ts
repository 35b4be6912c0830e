import type { Card, Node, Span } from '../../chat/card.ts';
import { formatDay } from '../../calendar/local-dates.ts';
import type { OrganisationPrivacy } from '../../access/records.ts';
import type { Contribution } from '../../feature/feature.ts';
import { askToRestore, cannotBeRead } from '../../feature/say-sealed.ts';
import { detailsButton, reachButton } from './reach-buttons.ts';
import type { Client } from './records.ts';
import { privateLabel } from './rules.ts';

/**
 * Two identifiers for a private message: the code, and the label the organisation chose. When it chose none, the
 * accountable coordinator stands in, so that a wrong pick is still seen at once.
 */
export function clientSpans(client: Client, privacy: OrganisationPrivacy): Span[] {
  return [{ bold: client.code }, ` · ${secondIdentifier(client, privacy)}`];
}

/** The same as plain text, for options of a type-ahead and headings. */
export function clientText(client: Client, privacy: OrganisationPrivacy): string {
  return `${client.code} · ${secondIdentifier(client, privacy)}`;
}

/** What tells one client from another. */
type Labelled = Pick<Client, 'code' | 'identity' | 'coordinatorName'>;

/** True where clients are told apart by whose they are, and by nothing of their own. */
export const namesCoordinators = (privacy: OrganisationPrivacy): boolean =>
  privacy.privacy !== 'full' && privacy.label === 'nothing';

function secondIdentifier(client: Labelled, privacy: OrganisationPrivacy): string {
  if (namesCoordinators(privacy)) return `client of ${client.coordinatorName ?? 'nobody yet'}`;
  if (!client.identity.readable) return cannotBeRead;
  const { value: identity } = client.identity;
  if (privacy.privacy === 'full') return `${identity.fullName}, born ${identity.birthDate.slice(0, 4)}`;
  return privateLabel(identity);
}

/** How a client reads in the type-ahead: by name only where the administrator switched names in forms on. */
export function clientOptionLabel(client: Labelled & Pick<Client, 'sharesName'>, privacy: OrganisationPrivacy): string {
  const badge = client.sharesName ? ' · same name as another client' : '';
  const who =
    privacy.namesInForms && client.identity.readable
      ? `${client.identity.value.fullName}, born ${client.identity.value.birthDate.slice(0, 4)}`
      : secondIdentifier(client, privacy);
  return cutToOption(who, ` · ${client.code}${badge}`);
}

/** Options hold 75 characters on Slack: the name gives way, the code and the badge never. */
function cutToOption(who: string, rest: string): string {
  const room = 75 - [...rest].length;
  const letters = [...who];
  return letters.length <= room ? `${who}${rest}` : `${letters.slice(0, Math.max(room - 1, 0)).join('')}…${rest}`;
}

/** One client at a glance, private to who asked; other nouns have added theirs. */
export function snapshotCard(
  client: Client,
  today: string,
  added: readonly Contribution[],
  privacy: OrganisationPrivacy,
): Card {
  const welcome = describePreferences(client);
  return {
    kind: 'clients.snapshot',
    subject: client.id,
    summary: `Client ${client.code}`,
    nodes: [
      { kind: 'text', text: clientSpans(client, privacy) },
      ...(client.sharesName
        ? [{ kind: 'text' as const, text: 'Another client has the same name. Check the birth year before you act.' }]
        : []),
      ...(client.identity.readable ? [] : [unreadableLine]),
      {
        kind: 'facts',
        facts: [
          { label: 'Status', value: client.status },
          { label: 'Tier', value: client.tier },
          { label: 'Coordinator', value: client.coordinatorName ?? 'nobody' },
          { label: 'Team', value: client.teamName },
          ...(client.programme === undefined ? [] : [{ label: 'Programme', value: client.programme }]),
          ...(welcome === '' ? [] : [{ label: 'Prefers', value: welcome }]),
          {
            label: 'Last contact',
            value: client.lastContactOn === undefined ? 'none yet' : formatDay(client.lastContactOn, today),
          },
          ...added.flatMap((one) => one.facts ?? []),
        ],
      },
      {
        kind: 'buttons',
        buttons: [
          ...added.flatMap((one) => one.buttons ?? []),
          { action: 'clients.reveal', label: 'Show name and phone', subject: client.id },
          reachButton(client.id),
          detailsButton(client.id),
        ],
      },
      ...added.flatMap((one) => one.nodes ?? []),
    ],
  };
}

/** `phone · best 10:00–12:00 · es` */
export function describePreferences(client: Pick<Client, 'preferences'>): string {
  const { mode, from, to, language } = client.preferences;
  const hours =
    from !== undefined && to !== undefined
      ? `best ${from}–${to}`
      : from !== undefined
        ? `after ${from}`
        : to !== undefined
          ? `before ${to}`
          : undefined;
  return [mode, hours, language].filter((part) => part !== undefined).join(' · ');
}

/** Of a client whose sealed identity is damaged: what still works, and who can help. */
export const unreadableLine: Node = {
  kind: 'text',
  text: `Name, birth date and phone cannot be read. Everything else works by the code: log, escalate, hand on. ${askToRestore}`,
};

/** What one logged tap reveals, to one person. */
export function revealedCard(client: Client): Card {
  if (!client.identity.readable) return unreadableCard(client, 'clients.revealed');
  const { fullName, birthDate, phone } = client.identity.value;
  return {
    kind: 'clients.revealed',
    subject: client.id,
    summary: `Details of ${client.code}`,
    nodes: [
      { kind: 'text', text: [{ bold: client.code }, ' · shown to you only, and on record'] },
      {
        kind: 'facts',
        facts: [
          { label: 'Name', value: fullName },
          { label: 'Born', value: birthDate },
          { label: 'Phone', value: phone ?? 'none on file' },
        ],
      },
    ],
  };
}

/** In place of a card that shows what is sealed of a client. */
export const unreadableCard = (client: Client, kind: string): Card => ({
  kind,
  subject: client.id,
  summary: `Details of ${client.code}`,
  nodes: [{ kind: 'text', text: [{ bold: client.code }, ` · ${cannotBeRead}`] }, unreadableLine],
});

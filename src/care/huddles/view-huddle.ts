import { allows } from '../../access/policy.ts';
import type { OrganisationPrivacy } from '../../access/records.ts';
import type { Span } from '../../chat/card.ts';
import type { AgendaReasons } from '../../feature/agenda.ts';
import type { Work, ClientMark } from '../../feature/feature.ts';
import { localDate } from '../../calendar/zones.ts';
import { clientSpans } from '../clients/cards.ts';
import { findClientsOf, type Client } from '../clients/find-allowed-client.ts';
import { relationTo } from '../clients/rules.ts';
import { wordsStand } from '../clients/typed-words.ts';
import { readTasks, type Task } from '../follow-ups/plan-task.ts';
import { nameItem } from './describe-item.ts';
import { listOpenRequests, type DiscussionRequest } from './discussion-records.ts';
import type { Huddle, Item } from './records.ts';

/** A huddle with what a card needs beside it, for one reader. */
export interface HuddleView {
  readonly huddle: Huddle;
  /** Of the lines that are shown. */
  readonly clients: ReadonlyMap<string, Client>;
  /** What is open about them at this moment. */
  readonly marks: ReadonlyMap<string, ClientMark>;
  /** How each decision's follow-up stands. */
  readonly tasks: ReadonlyMap<string, Task>;
  /** What was asked for about these clients; sealed words only for a person. */
  readonly requests: readonly DiscussionRequest[];
  /** Whether this reader may see a client as such; a place never does. */
  readonly sees: (client: Client) => boolean;
  readonly reader: { readonly now: Date; readonly zone: string; readonly privacy: OrganisationPrivacy };
  readonly audience: Work['audience'];
  /** This reader asked for it at this moment: words may stand on it. */
  readonly opened: boolean;
  /** How coded reasons of the agenda are said. */
  readonly reasons: AgendaReasons;
  /** Local date of the team. */
  readonly today: string;
}

export async function viewHuddle(
  work: Work,
  huddle: Huddle,
  items: readonly Item[],
  opened = false,
): Promise<HuddleView> {
  const shown = items.flatMap(({ client }) => client?.id ?? []);
  const person = work.audience === 'person';
  const clients = await findClientsOf(work, [...shown, ...huddle.decisions.map(({ client }) => client)]);
  return {
    huddle,
    clients,
    marks: await work.marks(shown),
    tasks: await readTasks(
      work.tx,
      huddle.decisions.map(({ followUp }) => followUp),
    ),
    requests: person && shown.length > 0 ? await listOpenRequests(work.tx, { clients: shown }, true) : [],
    sees: (client) => person && allows(work.actor, 'client.see', relationTo(work.actor, client)),
    reader: { now: work.now, zone: huddle.zone, privacy: work.privacy },
    audience: work.audience,
    opened,
    reasons: work.agendaReasons,
    today: localDate(work.now, huddle.zone),
  };
}

/** Two identifiers where this reader may see the client, else what may stand anywhere. */
export function identify(view: HuddleView, about: Pick<Item, 'client' | 'person'>): Span[] {
  const client = about.client === undefined ? undefined : view.clients.get(about.client.id);
  return client !== undefined && view.sees(client)
    ? clientSpans(client, view.reader.privacy)
    : [{ bold: nameItem(about) }];
}

/** Sealed words are read by a person who may see the client; nowhere else. */
export function mayReadWords(view: HuddleView, item: Pick<Item, 'client'>): boolean {
  if (view.audience !== 'person') return false;
  const client = item.client === undefined ? undefined : view.clients.get(item.client.id);
  return client === undefined || view.sees(client);
}

/** The same, where words may stand: a message that nobody asked for shows none where the least is shown. */
export const showsWords = (view: HuddleView, item: Pick<Item, 'client'>): boolean =>
  mayReadWords(view, item) && wordsStand(view.reader.privacy, view.opened);

import { recordEvent } from '../../audit/record-event.ts';
import type { AgendaItem, AgendaQuery } from '../../chat/agenda.ts';
import type { Ask, Contribution } from '../../chat/feature.ts';
import { localDate } from '../../calendar/zones.ts';
import { Refusal } from '../../chat/refusal.ts';
import { findAllowedClient, type Client } from '../clients/find-allowed-client.ts';
import { servedStatuses } from '../clients/rules.ts';
import { insertRequest, listOpenRequests, withdrawRequest } from './discussion-records.ts';
import { describeReason } from './huddle-words.ts';

/** Puts a client on the next agenda. One open request a client: a second one hears who asked. */
export async function requestDiscussion(
  ask: Ask,
  given: { readonly client: string; readonly reason: string; readonly words: string | undefined },
): Promise<Client> {
  const client = await findAllowedClient(ask, 'discussion.request', { id: given.client });
  if (!servedStatuses.includes(client.status)) {
    throw new Refusal('client-not-active', `${client.code} is ${client.status} here, so nothing was asked for.`);
  }
  const { reason, words } = given;
  const id = await insertRequest(ask.tx, { client: client.id, reason, words, by: ask.actor.person, now: ask.now });
  if (id === undefined) {
    const [first] = await listOpenRequests(ask.tx, { clients: [client.id] });
    const who = first === undefined || first.askedBy === ask.actor.person ? 'You have' : `${first.askedByName} has`;
    throw new Refusal('already-done', `${who} asked for ${client.code} already. It stands on the next agenda.`);
  }
  await record(ask, client, 'discussion.request', { reason });
  return client;
}

/** Takes a request back: whoever may ask may, because the client's card shows who asked. */
export async function withdrawDiscussion(ask: Ask, id: string): Promise<Client> {
  const client = await findAllowedClient(ask, 'discussion.request', { id });
  if (!(await withdrawRequest(ask.tx, client.id, ask.actor.person, ask.now))) {
    throw new Refusal('already-done', `Nothing is asked for ${client.code} any more.`);
  }
  await record(ask, client, 'discussion.withdraw', {});
  return client;
}

/** What stands asked for on a client's card, and the way to ask. */
export async function contributeToClient(ask: Ask, client: string): Promise<Contribution> {
  const [open] = await listOpenRequests(ask.tx, { clients: [client] });
  if (open === undefined) {
    return {
      buttons: [{ action: 'huddles.request', label: 'Request discussion', subject: client, opensForm: true }],
    };
  }
  return {
    facts: [{ label: 'For the huddle', value: `${describeReason(open.reason)}, asked by ${open.askedByName}` }],
    buttons: [{ action: 'huddles.withdraw', label: 'Not for the huddle', subject: client }],
  };
}

/** What was asked for, for the agenda of the client's team. */
export async function addRequests(ask: Ask, { team }: AgendaQuery): Promise<readonly AgendaItem[]> {
  const open = await listOpenRequests(ask.tx, { team });
  return open.map(({ id, client, code, tier, reason, askedAt, zone }) => ({
    id: `discussion:${id}`,
    section: 'discussion',
    client: { id: client, code },
    reason,
    since: localDate(askedAt, zone),
    tier,
  }));
}

async function record(ask: Ask, client: Client, verb: string, detail: Readonly<Record<string, string>>): Promise<void> {
  await recordEvent(ask.tx, {
    actor: ask.actor.person,
    verb,
    subjectKind: 'client',
    subjectId: client.id,
    detail: { client: client.code, ...detail },
    at: ask.now,
  });
}

import { isSelf, requirePerson } from '../../access/actor.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { AgendaItem, AgendaQuery } from '../../feature/agenda.ts';
import type { Work, Contribution } from '../../feature/feature.ts';
import { localDate } from '../../calendar/zones.ts';
import { Refusal } from '../../chat/refusal.ts';
import { findAllowedClient, type Client } from '../clients/find-allowed-client.ts';
import { servedStatuses } from '../clients/rules.ts';
import { insertRequest, listOpenRequests, withdrawRequest } from './discussion-records.ts';
import { describeDiscussion } from './huddle-words.ts';

/** Puts a client on the next agenda. One open request a client: a second one hears who asked. */
export async function requestDiscussion(
  work: Work,
  given: { readonly client: string; readonly reason: string; readonly words: string | undefined },
): Promise<Client> {
  const client = await findAllowedClient(work, 'discussion.request', { id: given.client });
  if (!servedStatuses.includes(client.status)) {
    throw new Refusal('client-not-active', `${client.code} is ${client.status} here, so nothing was asked for.`);
  }
  const { reason, words } = given;
  const id = await insertRequest(work.tx, {
    client: client.id,
    reason,
    words,
    by: requirePerson(work.actor).person,
    now: work.now,
  });
  if (id === undefined) {
    const [first] = await listOpenRequests(work.tx, { clients: [client.id] });
    const who = first === undefined || isSelf(work.actor, first.askedBy) ? 'You have' : `${first.askedByName} has`;
    throw new Refusal('already-done', `${who} asked for ${client.code} already. It stands on the next agenda.`);
  }
  await record(work, client, 'discussion.request', { reason });
  return client;
}

/** Takes a request back: whoever may ask may, because the client's card shows who asked. */
export async function withdrawDiscussion(work: Work, id: string): Promise<Client> {
  const client = await findAllowedClient(work, 'discussion.request', { id });
  if (!(await withdrawRequest(work.tx, client.id, requirePerson(work.actor).person, work.now))) {
    throw new Refusal('already-done', `Nothing is asked for ${client.code} any more.`);
  }
  await record(work, client, 'discussion.withdraw', {});
  return client;
}

/** What stands asked for on a client's card, and the way to ask. */
export async function contributeToClient(work: Work, client: string): Promise<Contribution> {
  const [open] = await listOpenRequests(work.tx, { clients: [client] });
  if (open === undefined) {
    return {
      buttons: [{ action: 'huddles.request', label: 'Request discussion', subject: client, opensForm: true }],
    };
  }
  return {
    facts: [{ label: 'For the huddle', value: `${describeDiscussion(open.reason)}, asked by ${open.askedByName}` }],
    buttons: [{ action: 'huddles.withdraw', label: 'Not for the huddle', subject: client }],
  };
}

/** What was asked for, for the agenda of the client's team. */
export async function addRequests(work: Work, { team }: AgendaQuery): Promise<readonly AgendaItem[]> {
  const open = await listOpenRequests(work.tx, { team });
  return open.map(({ id, client, code, tier, reason, askedAt, zone }) => ({
    id: `discussion:${id}`,
    section: 'discussion',
    client: { id: client, code },
    reason,
    since: localDate(askedAt, zone),
    tier,
  }));
}

async function record(
  work: Work,
  client: Client,
  verb: string,
  detail: Readonly<Record<string, string>>,
): Promise<void> {
  await recordEvent(work.tx, {
    actor: work.actor,
    verb,
    subjectKind: 'client',
    subjectId: client.id,
    detail: { client: client.code, ...detail },
    at: work.now,
  });
}

import { allows } from '../../access/policy.ts';
import { findColleague, listColleagues, type Colleague } from '../../access/records.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Work } from '../../feature/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { moveAssignment } from './assignment-records.ts';
import { findAllowedClient, type Client } from './find-allowed-client.ts';
import { handedCardKind } from './handed-card.ts';
import './events.ts';
import { relationTo } from './rules.ts';
import { leftCardKind } from './left-card.ts';

/** Colleagues who could answer for this client: those of the team first, then those whose roles reach there. */
export async function listTakers(work: Work, client: Client): Promise<readonly Colleague[]> {
  const colleagues = await listColleagues(work.tx);
  const takers = colleagues.filter((one) => one.id !== client.coordinator && mayTake(one, client));
  return [...takers].sort((a, b) => Number(b.team === client.team) - Number(a.team === client.team));
}

const mayTake = (colleague: Colleague, client: Client): boolean =>
  allows(colleague, 'contact.log', relationTo({ person: colleague.id, team: colleague.team }, client));

/** Makes a colleague the accountable coordinator; the client's open follow-ups of the one before go along. */
export async function handOn(
  work: Work,
  given: { readonly client: string; readonly to: string; readonly departure: string },
): Promise<{ readonly client: Client; readonly colleague: Colleague }> {
  const { tx, now, actor } = work;
  const client = await findAllowedClient(work, 'client.hand-on', { id: given.client });
  const colleague = await findColleague(tx, given.to);
  if (colleague === undefined || !mayTake(colleague, client)) {
    const sentence = 'That person does not work with this client. Please choose somebody of the list.';
    throw new Refusal('invalid-value', sentence, { fields: { person: sentence } });
  }
  const from = client.coordinator ?? '';
  if (from === colleague.id || !(await moveAssignment(tx, { client: client.id, from, to: colleague.id, now }))) {
    throw new Refusal('changed-meanwhile', `Somebody handed ${client.code} on meanwhile. Nothing was changed by you.`);
  }
  await recordEvent(tx, {
    actor,
    verb: 'client.hand-on',
    subjectKind: 'client',
    subjectId: client.id,
    detail: { client: client.code, from, to: colleague.id },
    at: now,
  });
  await work.publish('coordinator.changed', { client: client.id, team: client.team, from, to: colleague.id });
  await work.post({
    key: `handed:${client.id}:${now.toISOString()}:${colleague.id}`,
    to: { person: colleague.id },
    kind: handedCardKind,
    subject: client.id,
    priority: 'answer',
  });
  await work.refresh(leftCardKind, given.departure);
  return { client, colleague };
}

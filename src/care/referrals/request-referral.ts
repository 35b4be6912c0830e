import { requirePerson } from '../../access/actor.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Work } from '../../feature/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { findAllowedClient, type Client } from '../clients/find-allowed-client.ts';
import { servedStatuses } from '../clients/rules.ts';
import { chooseReceiver, type Receiver } from './choose-receiver.ts';
import { findReferral } from './records.ts';
import type { Service } from './referral-words.ts';
import type { Urgency } from './rules.ts';
import { findDue } from './save-step.ts';
import { takeStep } from './take-step.ts';
import { tellSides } from './tell-sides.ts';
import { insertEvent, insertReferral } from './write-records.ts';

export interface ReferralToRequest {
  readonly client: { readonly code: string } | { readonly id: string };
  readonly to: Receiver;
  /** The form's field that names the receiver. */
  readonly field?: string;
  readonly urgency: Urgency;
  readonly service?: Service | undefined;
  readonly question?: string | undefined;
  /** A referral that ended without serving the client and is closed by this one. */
  readonly insteadOf?: string | undefined;
}

/**
 * Asks somebody else to serve a client: the referral, its first step, the audit row and the posts to both sides. Who
 * asks stays accountable until it is accepted. Refuses clients this person may not refer, and who is not served.
 */
export async function requestReferral(work: Work, given: ReferralToRequest): Promise<{ id: string; client: Client }> {
  const client = await findAllowedClient(work, 'referral.request', given.client);
  if (!servedStatuses.includes(client.status)) {
    throw new Refusal(
      'client-not-active',
      `${client.code} is ${client.status} here, so nobody was asked. Your supervisor can enrol them again.`,
    );
  }
  const { to, receiver } = await chooseReceiver(work, given.to, given.field);
  const { urgency, service, question } = given;
  const requester = requirePerson(work.actor).person;
  const dueAt = await findDue(work, {
    state: 'requested',
    urgency,
    requester,
    receiver,
    toKind: 'person' in to ? 'person' : 'team' in to ? 'team' : 'partner',
    to: 'team' in to ? to.team : '',
    questionWaits: false,
    lastSide: 'requester',
    dueAt: undefined,
  });
  const id = await insertReferral(
    work.tx,
    { client: client.id, requester, to, receiver, urgency, service, question, dueAt: dueAt ?? work.now },
    work.now,
  );
  await insertEvent(
    work.tx,
    { referral: id, by: requester, step: 'request', from: undefined, to: 'requested' },
    work.now,
    undefined,
  );
  await recordEvent(work.tx, {
    actor: work.actor,
    verb: 'referral.request',
    subjectKind: 'referral',
    subjectId: id,
    detail: { client: client.code, ...to, urgency },
    at: work.now,
  });
  const referral = await findReferral(work.tx, id);
  if (referral === undefined) throw new Error('a referral that was just written cannot be read');
  await tellSides(work, referral, client, { from: 'start', tells: true, taken: false });
  if (given.insteadOf !== undefined) await takeStep(work, { id: given.insteadOf }, 'close', { reason: 'redirected' });
  return { id, client };
}

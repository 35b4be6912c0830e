import { recordEvent } from '../../audit/record-event.ts';
import type { Ask } from '../../chat/feature.ts';
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
export async function requestReferral(ask: Ask, given: ReferralToRequest): Promise<{ id: string; client: Client }> {
  const client = await findAllowedClient(ask, 'referral.request', given.client);
  if (!servedStatuses.includes(client.status)) {
    throw new Refusal(
      'client-not-active',
      `${client.code} is ${client.status} here, so nobody was asked. Your supervisor can enrol them again.`,
    );
  }
  const { to, receiver } = await chooseReceiver(ask, given.to, given.field);
  const { urgency, service, question } = given;
  const requester = ask.actor.person;
  const dueAt = await findDue(ask, {
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
    ask.tx,
    { client: client.id, requester, to, receiver, urgency, service, question, dueAt: dueAt ?? ask.now },
    ask.now,
  );
  await insertEvent(
    ask.tx,
    { referral: id, by: requester, step: 'request', from: undefined, to: 'requested' },
    ask.now,
    undefined,
  );
  await recordEvent(ask.tx, {
    actor: requester,
    verb: 'referral.request',
    subjectKind: 'referral',
    subjectId: id,
    detail: { client: client.code, ...to, urgency },
    at: ask.now,
  });
  const referral = await findReferral(ask.tx, id);
  if (referral === undefined) throw new Error('a referral that was just written cannot be read');
  await tellSides(ask, referral, client, { from: 'start', tells: true, taken: false });
  if (given.insteadOf !== undefined) await takeStep(ask, { id: given.insteadOf }, 'close', { reason: 'redirected' });
  return { id, client };
}

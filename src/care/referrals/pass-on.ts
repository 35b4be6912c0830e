import { recordEvent } from '../../audit/record-event.ts';
import type { Ask } from '../../chat/feature.ts';
import { localDate } from '../../chat/local-date.ts';
import { findClientsOf } from '../clients/find-allowed-client.ts';
import { swapSides } from './hand-over-records.ts';
import { findReferrals, listUnclosed, lockReferral, type Referral } from './records.ts';
import { whoActsNext } from './rules.ts';
import { referralCardKind } from './tell-sides.ts';
import { insertEvent } from './write-records.ts';

/** Which of a referral's sides are somebody's own. */
export type OwnSide = 'requester' | 'receiver' | 'both';

/**
 * What of a person's referrals cannot wait until they are back: every crisis they stand in, and what the other side
 * waits for by then. Those times are promised to somebody else, so they never move.
 */
export async function listUrgentReferrals(
  ask: Ask,
  who: { readonly person: string; readonly until: string; readonly zone: string },
): Promise<readonly { readonly id: string; readonly client: string; readonly side: OwnSide }[]> {
  const open = await listUnclosed(ask.tx, [who.person]);
  return open.flatMap((referral) => {
    const turn = whoActsNext(referral);
    const side = sideOf(referral, who.person);
    if (turn === undefined || side === undefined) return [];
    const theirs = turn.person === who.person && turn.by !== undefined && localDate(turn.by, who.zone) <= who.until;
    return theirs || referral.urgency === 'crisis' ? [{ id: referral.id, client: referral.client, side }] : [];
  });
}

function sideOf({ requester, receiver }: Referral, person: string): OwnSide | undefined {
  if (requester === person) return receiver === person ? 'both' : 'requester';
  return receiver === person ? 'receiver' : undefined;
}

/** Puts one person in another's place on these sides; every copy says who acts now. Its time does not begin anew. */
export async function passReferral(
  ask: Ask,
  id: string,
  pass: { readonly from: string; readonly to: string; readonly side: OwnSide; readonly step: 'cover' | 'return' },
): Promise<void> {
  const referral = await lockReferral(ask.tx, id);
  if (referral === undefined) return;
  const { from, to, side, step } = pass;
  await swapSides(ask.tx, id, { to, requester: side !== 'receiver', receiver: side !== 'requester' });
  const event = { referral: id, by: ask.actor.person, step, from: referral.state, to: referral.state, reason: 'away' };
  await insertEvent(ask.tx, event, ask.now, referral.events.at(-1));
  const client = (await findClientsOf(ask, [referral.client])).get(referral.client);
  await recordEvent(ask.tx, {
    actor: ask.actor.person,
    verb: `referral.${step}`,
    subjectKind: 'referral',
    subjectId: id,
    detail: { client: client?.code ?? '', from, to },
    at: ask.now,
  });
  await ask.refresh(referralCardKind, id);
  if (client === undefined) return;
  const people = new Set([from, to, referral.requester, referral.receiver ?? from]);
  await ask.publish('due.changed', { team: client.team, people: [...people] });
}

/** How a referral stands: who is on each side, whether its loop is closed, who did something in it, and when. */
export interface StandingReferral {
  readonly id: string;
  readonly closed: boolean;
  readonly requester: string;
  readonly receiver: string | undefined;
  readonly acts: readonly { readonly by: string; readonly at: Date }[];
}

export async function listReferralStandings(ask: Ask, ids: readonly string[]): Promise<readonly StandingReferral[]> {
  return (await findReferrals(ask.tx, ids)).map((one) => ({
    id: one.id,
    closed: whoActsNext(one) === undefined,
    requester: one.requester,
    receiver: one.receiver,
    acts: one.events.filter(({ step }) => !['cover', 'return', 'inherit'].includes(step)),
  }));
}

import { actorText } from '../../access/recorded-doer.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Work } from '../../feature/feature.ts';
import { localDate } from '../../calendar/zones.ts';
import { findClientsOf } from '../clients/find-allowed-client.ts';
import { swapSides } from './hand-over-records.ts';
import { findReferrals, listUnclosed, lockReferral } from './records.ts';
import { ownSideOf, whoActsNext, type OwnSide } from './rules.ts';
import { referralCardKind } from './tell-sides.ts';
import { insertEvent } from './write-records.ts';

/**
 * What of a person's referrals cannot wait until they are back: every crisis they stand in, and what the other side
 * waits for by then. Those times are promised to somebody else, so they never move.
 */
export async function listUrgentReferrals(
  work: Work,
  who: { readonly person: string; readonly until: string; readonly zone: string },
): Promise<readonly { readonly id: string; readonly client: string; readonly side: OwnSide }[]> {
  const open = await listUnclosed(work.tx, [who.person]);
  return open.flatMap((referral) => {
    const turn = whoActsNext(referral);
    const side = ownSideOf(referral, who.person);
    if (turn === undefined || side === undefined) return [];
    const theirs = turn.person === who.person && turn.by !== undefined && localDate(turn.by, who.zone) <= who.until;
    return theirs || referral.urgency === 'crisis' ? [{ id: referral.id, client: referral.client, side }] : [];
  });
}

/** How one person comes into another's place: for a time, back again, or by being asked to. */
export interface Pass {
  readonly from: string;
  readonly to: string;
  readonly side: OwnSide;
  readonly step: 'cover' | 'return' | 'hand-over';
  readonly words?: string | undefined;
}

/** Puts one person in another's place on these sides; every copy says who acts now. Its time does not begin anew. */
export async function passReferral(work: Work, id: string, pass: Pass): Promise<void> {
  const referral = await lockReferral(work.tx, id);
  if (referral === undefined) return;
  const { from, to, side, step, words } = pass;
  await swapSides(work.tx, id, { to, requester: side !== 'receiver', receiver: side !== 'requester' });
  const stays = { from: referral.state, to: referral.state, words };
  const reason = step === 'hand-over' ? undefined : 'away';
  const event = { referral: id, by: actorText(work.actor), step, reason, ...stays };
  await insertEvent(work.tx, event, work.now, referral.events.at(-1));
  const client = (await findClientsOf(work, [referral.client])).get(referral.client);
  await recordEvent(work.tx, {
    actor: work.actor,
    verb: `referral.${step}`,
    subjectKind: 'referral',
    subjectId: id,
    detail: { client: client?.code ?? '', from, to },
    at: work.now,
  });
  await work.refresh(referralCardKind, id);
  if (client === undefined) return;
  const people = new Set([from, to, referral.requester, referral.receiver ?? from]);
  await work.publish('due.changed', { team: client.team, people: [...people] });
}

/** How a referral stands: who is on each side, whether its loop is closed, who did something in it, and when. */
export interface StandingReferral {
  readonly id: string;
  readonly closed: boolean;
  readonly requester: string;
  readonly receiver: string | undefined;
  readonly acts: readonly { readonly by: string; readonly at: Date }[];
}

export async function listReferralStandings(work: Work, ids: readonly string[]): Promise<readonly StandingReferral[]> {
  return (await findReferrals(work.tx, ids)).map((one) => ({
    id: one.id,
    closed: whoActsNext(one) === undefined,
    requester: one.requester,
    receiver: one.receiver,
    acts: one.events.filter(({ step }) => !['cover', 'return', 'inherit'].includes(step)),
  }));
}

import { keepPresent } from '../../access/find-away.ts';
import { allows } from '../../access/policy.ts';
import { listColleagues, type Colleague } from '../../access/records.ts';
import type { Work } from '../../feature/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import type { Client } from '../clients/find-allowed-client.ts';
import { relationTo } from '../clients/rules.ts';
import { findActableReferral, type ActableReferral, type WhichReferral } from './find-referral.ts';
import { passReferral } from './pass-on.ts';
import { ownSideOf, type OwnSide } from './rules.ts';
import { postCopy } from './tell-sides.ts';

/** A referral, and the side of it that would be somebody else's. */
export interface Handed {
  readonly found: ActableReferral;
  readonly side: OwnSide;
  /** Whose side it is now: the actor's, or that of somebody who left and for whom they stand in. */
  readonly from: string;
}

/** The referral, locked, when this person has a side of it to hand over now. */
export async function findHanded(work: Work, which: WhichReferral): Promise<Handed> {
  const found = await findActableReferral(work, which, 'hand-over');
  const { referral, side } = found;
  const from = side === 'requester' ? referral.requester : referral.receiver;
  const own = from === undefined ? undefined : ownSideOf(referral, from);
  if (from === undefined || own === undefined) {
    throw new Refusal(
      'invalid-value',
      `Nobody of ${referral.toName} has taken it yet, so there is nothing to hand over.`,
    );
  }
  return { found, from, side: own };
}

/** Who could take over: whoever may do what the side has to do, is here, and is not the other side. */
export async function listHeirs(work: Work, { found, side, from }: Handed): Promise<readonly Colleague[]> {
  const { referral, client } = found;
  const other = side === 'requester' ? referral.receiver : side === 'receiver' ? referral.requester : undefined;
  const able = (await listColleagues(work.tx)).filter(
    (one) => one.id !== from && one.id !== other && mayTake(one, side, client),
  );
  return keepPresent(work.tx, able, work.now);
}

/** Who serves may stand anywhere; who asks, or tracks a partner, works with the client. */
function mayTake(one: Colleague, side: OwnSide, client: Client): boolean {
  if (side === 'receiver') return allows(one, 'referral.answer', 'organisation');
  const relation = relationTo({ person: one.id, team: one.team }, client);
  return allows(one, 'referral.close', relation) && allows(one, 'client.see', relation);
}

/** Gives a side of a referral to a colleague, who reads of it at once. Whose turn it is and by when stay as they are. */
export async function handOverReferral(
  work: Work,
  which: WhichReferral,
  given: { readonly to: string; readonly words: string | undefined },
): Promise<{ readonly client: Client; readonly colleague: Colleague }> {
  const handed = await findHanded(work, which);
  const { found, from, side } = handed;
  const colleague = (await listHeirs(work, handed)).find(({ id }) => id === given.to);
  if (colleague === undefined) {
    const sentence = 'That person cannot take it now. Please choose somebody of the list.';
    throw new Refusal('invalid-value', sentence, { fields: { person: sentence } });
  }
  const { referral, client } = found;
  await passReferral(work, referral.id, { from, to: colleague.id, side, step: 'hand-over', words: given.words });
  const next = { ...referral, version: referral.version + 1 };
  await postCopy(work, next, side === 'receiver' ? 'target' : 'requester', { person: colleague.id });
  return { client, colleague };
}

import { isSelf } from '../../access/actor.ts';
import { allows, type Verb } from '../../access/policy.ts';
import type { Button } from '../../chat/card.ts';
import type { Work } from '../../feature/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { findClientsOf, type Client } from '../clients/find-allowed-client.ts';
import { relationTo } from '../clients/rules.ts';
import { findReferral, lockReferral, type Referral } from './records.ts';
import { stateLabels } from './referral-words.ts';
import { can, canNote, referralNotes, referralSteps, sidesOf, type ReferralNote } from './rules.ts';
import type { ReferralStep, Side } from './rules.ts';

export const listButton: Button = { action: 'referrals.list', label: 'My referrals' };
export const openButton = (referral: string): Button => ({
  action: 'referrals.show',
  label: 'Open referral',
  subject: referral,
});

/** A referral as one person may see it. */
export interface SeenReferral {
  readonly referral: Referral;
  readonly client: Client;
  /** Sides this person may act for; empty for somebody who only works with the client. */
  readonly sides: readonly Side[];
  /** False when policy shows this person the code only. Accepting does not change it: the client's team decides. */
  readonly seesClient: boolean;
}

export interface WhichReferral {
  readonly id: string;
  readonly version?: number | undefined;
}

const verbOf: Readonly<Record<Side, Verb>> = { requester: 'referral.close', target: 'referral.answer' };

const unknownReferral = (): Refusal =>
  new Refusal('unknown-button', 'I cannot find that referral among yours. Please open your list again.', {
    offers: [listButton],
    denial: true,
  });

/** The referral, when this person stands on one of its sides or may see its client. */
export async function findSeenReferral(work: Work, id: string): Promise<SeenReferral> {
  return see(work, await findReferral(work.tx, id));
}

async function see(work: Work, referral: Referral | undefined): Promise<SeenReferral> {
  const client =
    referral === undefined ? undefined : (await findClientsOf(work, [referral.client])).get(referral.client);
  if (referral === undefined || client === undefined) throw unknownReferral();
  const relation = relationTo(work.actor, client);
  const sides = sidesFor(work, referral).filter((side) => allows(work.actor, verbOf[side], relation));
  const seesClient = allows(work.actor, 'client.see', relation);
  if (sides.length === 0 && !seesClient) throw unknownReferral();
  return { referral, client, sides, seesClient };
}

/** A supervisor stands in for somebody who left, so that the loop can always be closed; never against themselves. */
function sidesFor(work: Work, referral: Referral): readonly Side[] {
  const own = sidesOf(referral, work.actor);
  if (!work.actor.roles.includes('supervisor')) return own;
  const left: Side[] = [
    ...(referral.requesterActive ? [] : (['requester'] as const)),
    ...(referral.receiverActive || own.includes('requester') ? [] : (['target'] as const)),
  ];
  return [...new Set([...own, ...left])];
}

export interface ActableReferral extends SeenReferral {
  /** For which side this person acts. */
  readonly side: Side;
}

/**
 * The referral, locked, when this person may take this step, or say this, now. Whoever comes second is told who was
 * first; a side that is not theirs is refused and on record.
 */
export async function findActableReferral(
  work: Work,
  which: WhichReferral,
  act: ReferralStep | ReferralNote,
): Promise<ActableReferral> {
  const seen = await see(work, await lockReferral(work.tx, which.id));
  const { referral, client, sides } = seen;
  const by = isNote(act) ? referralNotes[act].by : referralSteps[act].by;
  if (!sides.some((side) => by === 'either' || by === side)) {
    const who = by === 'requester' ? referral.requesterName : (referral.receiverName ?? referral.toName);
    throw new Refusal('not-allowed', `Only ${who} can do that. Nothing was changed.`, {
      offers: [openButton(referral.id)],
      denial: true,
    });
  }
  const side = sides.find((one) => (isNote(act) ? canNote(act, referral.state, one) : can(act, referral.state, one)));
  if (side === undefined) throw tooLate(work, referral, client, 'already-done');
  if (which.version !== undefined && which.version !== referral.version) {
    throw tooLate(work, referral, client, 'changed-meanwhile');
  }
  return { ...seen, side };
}

const isNote = (act: ReferralStep | ReferralNote): act is ReferralNote => act in referralNotes;

function tooLate(work: Work, referral: Referral, client: Client, code: 'already-done' | 'changed-meanwhile'): Refusal {
  const last = referral.events.at(-1);
  const first = last === undefined || isSelf(work.actor, last.by) ? '' : `${last.byName} was first. `;
  const sentence = `${first}The referral of ${client.code} is ${stateLabels[referral.state]} now. Nothing was changed by you.`;
  return new Refusal(code, sentence, { offers: [openButton(referral.id)] });
}

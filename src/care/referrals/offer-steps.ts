import { sentenceCase } from '../../chat/sentence-case.ts';
import type { Button } from '../../chat/card.ts';
import type { SeenReferral } from './find-referral.ts';
import { attemptLabels, attemptSchema, reasonLabels, unsaidReason, type Reason } from './referral-words.ts';
import { can, canNote, type ReferralNote, type ReferralStep, type Side } from './rules.ts';

/** How a step is offered: its label, whether it opens a form, and whether it stands on the card or behind More. */
interface Offer {
  readonly act: ReferralStep | ReferralNote;
  readonly side: Side;
  readonly label: string;
  /** What a person who tracks a partner by hand presses. */
  readonly partnerLabel?: string;
  readonly opensForm?: true;
  readonly style?: Button['style'];
  readonly behindMore?: true;
  readonly confirm?: Button['confirm'];
}

const offers: readonly Offer[] = [
  { act: 'accept', side: 'target', label: 'Accept', partnerLabel: 'They accepted', style: 'primary' },
  { act: 'start', side: 'target', label: 'Start', partnerLabel: 'It has begun', style: 'primary' },
  { act: 'resume', side: 'target', label: 'Resume', partnerLabel: 'It goes on', style: 'primary' },
  { act: 'complete', side: 'target', label: 'Outcome', opensForm: true },
  { act: 'hold', side: 'target', label: 'Hold', opensForm: true },
  { act: 'ask', side: 'target', label: 'Ask', opensForm: true },
  { act: 'decline', side: 'target', label: 'Decline', partnerLabel: 'Declined', opensForm: true },
  { act: 'fail', side: 'target', label: 'Did not work out', opensForm: true, behindMore: true },
  { act: 'close', side: 'requester', label: 'Close', style: 'primary' },
  { act: 'tell', side: 'requester', label: 'Add a word', opensForm: true, behindMore: true },
  { act: 'cancel', side: 'requester', label: 'Cancel', opensForm: true, behindMore: true },
  { act: 'cancel', side: 'target', label: 'Cancel', opensForm: true, behindMore: true },
  { act: 'hand-over', side: 'target', label: 'Hand over', opensForm: true, behindMore: true },
  { act: 'hand-over', side: 'requester', label: 'Hand over', opensForm: true, behindMore: true },
  {
    act: 'enter-in-error',
    side: 'requester',
    label: 'Entered in error',
    style: 'danger',
    behindMore: true,
    confirm: {
      title: 'Entered in error',
      text: 'It stays in history, and counts nowhere.',
      yes: 'Entered in error',
      no: 'Keep it',
    },
  },
];

const isNote = (act: Offer['act']): act is ReferralNote => act === 'ask' || act === 'tell' || act === 'hand-over';

/** A referral and the sides on which somebody stands. */
export type Acting = Pick<SeenReferral, 'referral' | 'sides'>;

/** The steps this reader may take now: those of the card, and those behind More. The table of steps decides. */
export function offerSteps(seen: Acting): { readonly main: readonly Button[]; readonly more: readonly Button[] } {
  const { referral, sides } = seen;
  const partner = referral.toKind === 'partner';
  const possible = offers.filter(({ act, side }) => {
    if (!sides.includes(side)) return false;
    // Who stands on both sides hands both over at once; what a team has not taken yet is nobody's to hand over.
    if (act === 'hand-over' && side === 'target')
      return !sides.includes('requester') && referral.receiver !== undefined;
    if (isNote(act)) return canNote(act, referral.state, side) && !(act === 'ask' && partner);
    if (!can(act, referral.state, side)) return false;
    // Who tracks a partner cancels once, as who asked; who was asked says no by declining.
    return act !== 'cancel' || side === 'requester' || (!partner && referral.state !== 'requested');
  });
  const answers = referral.questionWaits ? possible.filter(({ act }) => act === 'tell') : [];
  return {
    main: [
      ...answers.map((offer) => draw(seen, { ...offer, label: 'Answer', style: 'primary' })),
      ...possible.filter((offer) => offer.behindMore !== true).map((offer) => draw(seen, offer)),
      ...partnerButtons(seen),
      ...onward(seen),
    ],
    more: possible
      .filter((offer) => offer.behindMore === true && !answers.includes(offer))
      .map((offer) => draw(seen, offer)),
  };
}

function draw({ referral }: Acting, offer: Offer): Button {
  const partner = referral.toKind === 'partner';
  // After a call one tap must do: why they declined may follow.
  const oneTap = partner && offer.act === 'decline';
  return {
    action: `referrals.${offer.act}`,
    label: partner ? (offer.partnerLabel ?? offer.label) : offer.label,
    subject: referral.id,
    version: referral.version,
    ...(oneTap ? { choice: unsaidReason } : {}),
    ...(offer.style === undefined ? {} : { style: offer.style }),
    ...(offer.opensForm === undefined || oneTap ? {} : { opensForm: true }),
    ...(offer.confirm === undefined ? {} : { confirm: offer.confirm }),
  };
}

/** Steps of one tap that a list offers too. There the answer comes beside the list, which follows by itself. */
const asides = ['accept', 'start', 'resume', 'close', 'attempt', 'decline'].map((act) => `referrals.${act}`);

/** What stands in a row of a list of all that is due; the rest is found by opening it. */
export function offerAside(seen: Acting): readonly Button[] {
  const { main, more } = offerSteps(seen);
  const here = main.flatMap((button) => {
    if (button.opensForm === true) return [button];
    return asides.includes(button.action) ? [{ ...button, action: `${button.action}-aside` }] : [];
  });
  return [...here, ...more.filter(({ action }) => action === 'referrals.hand-over').slice(0, 1)];
}

/** Why a partner may have declined: the ones heard most, each one tap. */
const declineChips: readonly Reason[] = ['no-capacity', 'ineligible', 'insurance', 'wrong-service', 'client-declined'];

function partnerButtons({ referral, sides }: Acting): readonly Button[] {
  if (referral.toKind !== 'partner' || !sides.includes('target')) return [];
  const button = (action: string, label: string, choice: string): Button => ({
    action,
    label,
    subject: referral.id,
    version: referral.version,
    choice,
  });
  if (canNote('attempt', referral.state, 'target')) {
    return attemptSchema.options.map((attempt) =>
      button('referrals.attempt', sentenceCase(attemptLabels[attempt]), attempt),
    );
  }
  if (!canNote('explain', referral.state, 'target') || referral.reason !== unsaidReason) return [];
  return declineChips.map((reason) => button('referrals.explain', sentenceCase(reasonLabels[reason]), reason));
}

/** What did not serve the client can be asked of somebody else, with what is known filled in. */
function onward({ referral, sides }: Acting): readonly Button[] {
  if (!sides.includes('requester') || !['rejected', 'failed', 'cancelled'].includes(referral.state)) return [];
  return [{ action: 'referrals.refer-on', label: 'Refer elsewhere', subject: referral.id, opensForm: true }];
}
